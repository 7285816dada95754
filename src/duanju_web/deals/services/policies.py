"""Bringing published policies into the library."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from duanju.adapters.documents import policy_from_text
from duanju.deals import Policy
from duanju.kernel import Problem, ProblemsFound, Where
from duanju_web.deals.mapping.library import kinds_of, words_of
from duanju_web.deals.models import PolicyVersion
from duanju_web.shared.actor import Actor
from duanju_web.shared.services import record_audit


@dataclass(frozen=True, slots=True)
class PolicyImport:
    """What an import found.

    Attributes:
        added: Versions that are new in the library.
        unchanged: How many files held a version that was there already.
    """

    added: tuple[PolicyVersion, ...]
    unchanged: int


@transaction.atomic
def import_policies(*, folder: Path, now: datetime) -> PolicyImport:
    """Add every policy version of a folder's `*.toml` files that the library does not have.

    Importing again adds nothing. Nothing at all is added where one file is at fault, or holds an
    id and version that the library knows with other contents.

    Raises:
        ProblemsFound: All problems of all files.
    """
    problems: list[Problem] = []
    added: list[PolicyVersion] = []
    unchanged = 0
    for path in sorted(folder.glob("*.toml")):
        document = path.read_text(encoding="utf-8")
        try:
            policy = policy_from_text(document, file=path.name)
        except ProblemsFound as found:
            problems.extend(found.problems)
            continue
        known = PolicyVersion.objects.filter(policy_id=policy.id, version=policy.version).first()
        if known is None:
            added.append(_add(policy, document, now))
        elif known.digest == policy.digest:
            unchanged += 1
        else:
            problems.append(_changed(policy, path))
    if problems:
        raise ProblemsFound(tuple(problems))
    return PolicyImport(tuple(added), unchanged)


def _add(policy: Policy, document: str, now: datetime) -> PolicyVersion:
    version = PolicyVersion.objects.create(
        policy_id=policy.id,
        version=policy.version,
        title=dict(policy.title),
        summary=dict(policy.summary),
        document=document,
        digest=policy.digest,
        valid_from=policy.valid_from,
        valid_until=policy.valid_until,
        imported_at=now,
        kinds=kinds_of(policy),
        words=words_of(policy),
    )
    record_audit(
        actor=Actor(),
        action="deals.import-policy",
        target=version,
        before=None,
        after={"policy": policy.id, "version": policy.version, "digest": policy.digest},
        now=now,
    )
    return version


def _changed(policy: Policy, path: Path) -> Problem:
    return Problem(
        "deals.policy-version-changed",
        Where(file=path.name),
        {"policy": policy.id, "version": policy.version},
    )
