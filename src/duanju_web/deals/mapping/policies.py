"""Between a stored policy version and the policy that the engine computes with."""

from functools import lru_cache

from duanju.adapters.documents import policy_from_text
from duanju.deals import Policy
from duanju_web.deals.models import PolicyVersion

POLICIES_KEPT = 64


def policy_of(version: PolicyVersion) -> Policy:
    """Return the policy that a stored version is; the same object while it is remembered."""
    return _policy(version.digest, version.document)


@lru_cache(maxsize=POLICIES_KEPT)
def _policy(digest: str, document: str) -> Policy:
    policy = policy_from_text(document)
    assert policy.digest == digest, "a stored policy is not the one that was imported"
    return policy
