"""A policy in the reader's language: what the library says, never a text beside it."""

from duanju.adapters import prose
from duanju.adapters.prose import ClauseInWords, PolicyInWords
from duanju.deals import Policy
from duanju_web.deals.mapping.words import reader_language

__all__ = [
    "ClauseInWords",
    "PolicyInWords",
    "explain_policy",
    "put_policy_in_words",
    "titles_in_proofs",
]


def explain_policy(policy: Policy, values: prose.Values, *, reader: str = "") -> PolicyInWords:
    """Say all of a policy in the active language.

    Args:
        policy: The policy.
        values: The parameters that are known; what hangs on others is shown for every option.
        reader: The role that reads; empty for somebody who may see all.
    """
    return prose.explain_policy(policy, values, reader_language(), reader=reader)


def put_policy_in_words(
    policy: Policy, values: prose.Values, *, reader: str = ""
) -> tuple[ClauseInWords, ...]:
    """Say every clause of a policy that a role may see in the active language."""
    return explain_policy(policy, values, reader=reader).clauses


def titles_in_proofs(policy: Policy) -> dict[str, str]:
    """Return the titles of clauses, deductions, steps and coefficients by the id proofs use."""
    return prose.policy_titles(policy, reader_language())
