"""Write the tables anew that tests keep of what terms come to, and of what is refused.

    python -m tests.told

What changed is read line by line before it is committed: each line is a promise.
"""

from importlib import import_module

ROOMS = (
    "engine.deals.test_refused_deals",
    "engine.deals.test_spoiled_facts",
    "engine.deals.test_spoiled_values",
    "engine.deals.test_what_each_value_earns",
    "engine.deals.test_what_is_read_of_clauses",
    "engine.documents.test_refused_terms",
    "golden.test_words_of_proofs",
)


def main() -> None:
    """Let each test write its own."""
    for room in ROOMS:
        import_module(f"tests.{room}").write_tables()


if __name__ == "__main__":
    main()
