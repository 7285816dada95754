"""Writing a policy: beginning, changing, throwing away, publishing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from duanju.adapters.documents import policy_from_text
from duanju.kernel import Problem, ProblemsFound, Where
from duanju_web.deals.mapping.contracts import day_in_zone
from duanju_web.deals.mapping.documents import document_as_text, document_of, read_document
from duanju_web.deals.mapping.library import kinds_of, words_of
from duanju_web.deals.models import PolicyDraft, PolicyVersion
from duanju_web.shared.actor import Actor
from duanju_web.shared.services import record_audit

DRAFTS_MAX = 200
"""Open drafts of one organisation."""
CONTENT_CHARACTERS_MAX = 400_000
CLAUSES_MAX = 60
PARAMETERS_MAX = 60


@transaction.atomic
def begin_draft(
    *, actor: Actor, now: datetime, version: PolicyVersion | None = None
) -> PolicyDraft | Problem:
    """Begin a policy of the actor's organisation, blank or as a copy of a published version.

    A copy of the organisation's own policy becomes its next version; of another's, a new policy.

    Args:
        actor: A member of a platform who may publish.
        now: The time, aware.
        version: What to begin with, or None for a blank sheet.
    """
    assert actor.user is not None
    assert actor.organisation is not None
    owner = actor.organisation
    open_drafts = PolicyDraft.objects.filter(owner=owner, published_as=None)
    if open_drafts.count() >= DRAFTS_MAX:
        return Problem("deals.too-many-drafts", params={"max": DRAFTS_MAX})
    today = day_in_zone(now, owner.time_zone).isoformat()
    data = _blank(owner.name, today) if version is None else document_of(version.document)
    if version is None or version.owner_id != owner.pk:
        data["id"] = _free_id(owner.slug, version.policy_id if version else "policy")
        data["version"] = "1"
    else:
        data["version"] = str(_next_version(version.policy_id))
    if version is not None:
        data["valid_from"] = today
        data.pop("valid_until", None)
    draft = PolicyDraft(
        owner=owner, begun_by=actor.user, begun_at=now, changed_by=actor.user, changed_at=now
    )
    draft.data = data
    draft.save()
    after = {"policy": data["id"], "from": str(version) if version else ""}
    _record(actor, "deals.begin-draft", draft, None, after, now)
    return draft


@transaction.atomic
def bring_draft(
    *, actor: Actor, now: datetime, text: str, file: str = ""
) -> PolicyDraft | tuple[Problem, ...]:
    """Begin a draft with a policy that was written as TOML elsewhere.

    Args:
        actor: A member of a platform who may publish.
        now: The time, aware.
        text: The document.
        file: Its name, for the places of problems.

    Returns:
        The draft, which holds all that the document says; or every problem with its line, and then
        nothing was begun.
    """
    assert actor.user is not None
    assert actor.organisation is not None
    if len(text) > CONTENT_CHARACTERS_MAX:
        return (Problem("deals.draft-too-long", params={"max": CONTENT_CHARACTERS_MAX}),)
    try:
        policy_from_text(text, file=file)
    except ProblemsFound as found:
        return found.problems
    open_drafts = PolicyDraft.objects.filter(owner=actor.organisation, published_as=None)
    if open_drafts.count() >= DRAFTS_MAX:
        return (Problem("deals.too-many-drafts", params={"max": DRAFTS_MAX}),)
    draft = PolicyDraft(
        owner=actor.organisation,
        begun_by=actor.user,
        begun_at=now,
        changed_by=actor.user,
        changed_at=now,
    )
    draft.data = document_of(text)
    too_much = _too_much(draft)
    if too_much is not None:
        return (too_much,)
    draft.save()
    after = {"policy": draft.data.get("id", ""), "from": file}
    _record(actor, "deals.begin-draft", draft, None, after, now)
    return draft


@transaction.atomic
def change_draft(
    *, actor: Actor, draft_id: int, revision: int, data: Mapping[str, Any], now: datetime
) -> PolicyDraft | Problem:
    """Save what was written, unless somebody else has saved meanwhile.

    Args:
        actor: A member of the owner who may publish.
        draft_id: A draft of that organisation which is not published.
        revision: The revision that the writer saw.
        data: The whole document.
        now: The time, aware.

    Returns:
        The draft with its new revision; or a problem, and then nothing was saved.
    """
    assert actor.user is not None
    draft = PolicyDraft.objects.select_for_update().get(
        pk=draft_id, owner=actor.organisation, published_as=None
    )
    if draft.revision != revision:
        return Problem("deals.draft-changed", params={"by": str(draft.changed_by)})
    before = draft.data
    if before == data:
        return draft
    draft.data = dict(data)
    too_much = _too_much(draft)
    if too_much is not None:
        return too_much
    draft.revision += 1
    draft.changed_by, draft.changed_at = actor.user, now
    draft.save(update_fields=["content", "revision", "changed_by", "changed_at"])
    changed = sorted(key for key in {*before, *data} if before.get(key) != data.get(key))
    _record(
        actor,
        "deals.change-draft",
        draft,
        {"revision": revision},
        {"revision": draft.revision, "changed": changed},
        now,
    )
    return draft


@transaction.atomic
def discard_draft(*, actor: Actor, draft_id: int, now: datetime) -> None:
    """Throw away a draft of the actor's organisation that was not published."""
    draft = PolicyDraft.objects.select_for_update().get(
        pk=draft_id, owner=actor.organisation, published_as=None
    )
    _record(actor, "deals.discard-draft", draft, {"policy": draft.data.get("id", "")}, None, now)
    draft.delete()


@transaction.atomic
def publish_draft(
    *, actor: Actor, draft_id: int, revision: int, now: datetime
) -> PolicyVersion | tuple[Problem, ...]:
    """Make a draft a version of the library that never changes again.

    It is written as TOML, so that importing the file elsewhere gives the same digest. Its number
    is the next of its policy. Publishing a second time returns the version of the first.

    Args:
        actor: An owner or producer of the platform that owns the draft.
        draft_id: The draft.
        revision: The revision that was read before publishing.
        now: The time, aware.

    Returns:
        The version; or all problems, and then nothing was published.
    """
    draft = (
        PolicyDraft.objects.select_for_update(of=("self",))
        .select_related("published_as")
        .get(pk=draft_id, owner=actor.organisation)
    )
    if draft.published_as is not None:
        return draft.published_as
    if draft.revision != revision:
        return (Problem("deals.draft-changed", params={"by": str(draft.changed_by)}),)
    data = draft.data
    policy_id = str(data.get("id", ""))
    foreign = PolicyVersion.objects.filter(policy_id=policy_id).exclude(owner=draft.owner)
    if foreign.exists():
        return (Problem("deals.policy-id-taken", Where(path="id"), {"policy": policy_id}),)
    data["version"] = str(_next_version(policy_id))
    policy, problems = read_document(data)
    if policy is None:
        return problems
    version = PolicyVersion(
        policy_id=policy.id,
        version=policy.version,
        title=dict(policy.title),
        summary=dict(policy.summary),
        document=document_as_text(policy),
        digest=policy.digest,
        valid_from=policy.valid_from,
        valid_until=policy.valid_until,
        owner=draft.owner,
        imported_at=now,
        kinds=kinds_of(policy),
        words=words_of(policy),
    )
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError:
        return (Problem("deals.policy-id-taken", Where(path="id"), {"policy": policy_id}),)
    draft.published_as = version
    draft.save(update_fields=["published_as"])
    after = {"policy": policy.id, "version": policy.version, "digest": policy.digest}
    _record(actor, "deals.publish-policy", version, None, after, now)
    return version


def _too_much(draft: PolicyDraft) -> Problem | None:
    data = draft.data
    for key, most in (("clause", CLAUSES_MAX), ("parameter", PARAMETERS_MAX)):
        if len(data.get(key, [])) > most:
            return Problem("deals.draft-too-long", Where(path=key), {"max": most})
    if len(draft.content) > CONTENT_CHARACTERS_MAX:
        return Problem("deals.draft-too-long", params={"max": CONTENT_CHARACTERS_MAX})
    return None


def _next_version(policy_id: str) -> int:
    found = PolicyVersion.objects.filter(policy_id=policy_id).aggregate(last=Max("version"))
    return int(found["last"] or 0) + 1


def _free_id(slug: str, policy_id: str) -> str:
    """Return an id that no published policy and no draft has, made of the owner's and another."""
    stem = f"{slug}-{policy_id}"[:56]
    taken = set(
        PolicyVersion.objects.filter(policy_id__startswith=stem).values_list("policy_id", flat=True)
    ) | {str(own.data.get("id")) for own in PolicyDraft.objects.filter(published_as=None)}
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name


def _blank(owner_name: Mapping[str, str], today: str) -> dict[str, Any]:
    english, chinese = owner_name.get("en", ""), owner_name.get("zh-Hans", "")
    return {
        "id": "",
        "version": "1",
        "valid_from": today,
        "title": {
            "en": f"{english or chinese}: cooperation policy",
            "zh-Hans": f"{chinese or english}合作政策",
        },
        "summary": {
            "en": "What we offer to those who make dramas.",
            "zh-Hans": "面向内容制作方的合作方案。",
        },
        "source": [
            {
                "title": {
                    "en": f"Announced by {english or chinese}",
                    "zh-Hans": f"{chinese or english}公告",
                }
            }
        ],
        "parameter": [],
        "clause": [],
    }


def _record(
    actor: Actor,
    action: str,
    target: PolicyDraft | PolicyVersion,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    now: datetime,
) -> None:
    record_audit(actor=actor, action=action, target=target, before=before, after=after, now=now)
