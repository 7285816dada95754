"""What the library knows of a policy without reading it: kinds of clause, words to search."""

from duanju.deals import Policy


def kinds_of(policy: Policy) -> str:
    """Return the kinds of a policy's clauses between commas, so that each can be looked for."""
    kinds = dict.fromkeys(clause.kind for clause in policy.clauses)
    return f",{','.join(kinds)}," if kinds else ""


def words_of(policy: Policy) -> str:
    """Return all that a search looks through, in lower case."""
    texts = [
        policy.id,
        *policy.title.values(),
        *policy.summary.values(),
        *(word for source in policy.sources for word in source.title.values()),
        *(word for clause in policy.clauses for word in clause.title.values()),
    ]
    return "\n".join(texts).lower()
