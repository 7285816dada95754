"""The decision on a grade: a person's, with a reason, and chained to the one before."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from duanju.kernel import chain_digest, digest


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeDecision:
    """What somebody decided about the grade of a script, and on what.

    Attributes:
        script: Which script.
        grade: What was decided; it need not be what the panel thinks.
        decided_by: The person.
        decided_at: When, in UTC.
        reason: In their words; a grade other than the panel's needs one all the more.
        rubric: Version of the rubric.
        evidence: Digest of the scores and of the opinion that lay before them.
        appeal: Digest of the decision that this one answers an appeal against; empty for none.
    """

    script: str
    grade: str
    decided_by: str
    decided_at: datetime
    reason: str
    rubric: str
    evidence: str
    appeal: str = ""


def chain_decisions(decisions: Sequence[GradeDecision], *, start: str = "") -> tuple[str, ...]:
    """Return the digest of each decision, over it and over the digest before.

    Args:
        decisions: In the order in which they were made.
        start: Digest of the decision before the first of these.
    """
    digests: list[str] = []
    for decision in decisions:
        told = asdict(decision) | {"decided_at": decision.decided_at.isoformat()}
        start = chain_digest(start, digest(told))
        digests.append(start)
    return tuple(digests)


def find_break(
    decisions: Sequence[GradeDecision], digests: Sequence[str], *, start: str = ""
) -> int | None:
    """Return the place of the first decision that is not what its digest says; none if all are."""
    computed = chain_decisions(decisions, start=start)
    for place, (ours, theirs) in enumerate(zip(computed, digests, strict=False)):
        if ours != theirs:
            return place
    return None if len(computed) == len(digests) else min(len(computed), len(digests))
