"""Drafts of policies for tests of the builder.

draft = a_draft_of(platform, "minimum_guarantee")
"""

from datetime import datetime

from duanju_web.deals.models import PolicyDraft, PolicyVersion
from duanju_web.deals.pages.building.drafting import add_clause
from duanju_web.deals.services import begin_draft, change_draft
from duanju_web.shared.actor import Actor
from tests.support.agreements import SIGNED_AT


def a_draft_of(
    platform: Actor,
    *kinds: str,
    version: PolicyVersion | None = None,
    now: datetime = SIGNED_AT,
) -> PolicyDraft:
    """Begin a draft with an example of each kind of clause, or with a published version."""
    draft = begin_draft(actor=platform, now=now, version=version)
    assert isinstance(draft, PolicyDraft), draft
    data = draft.data
    for kind in kinds:
        add_clause(data, kind)
    changed = change_draft(
        actor=platform, draft_id=draft.pk, revision=draft.revision, data=data, now=now
    )
    assert isinstance(changed, PolicyDraft), changed
    return changed
