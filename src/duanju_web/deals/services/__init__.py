"""What can be done with policies, offers and deals."""

from duanju_web.deals.services.drafts import (
    begin_draft,
    change_draft,
    discard_draft,
    publish_draft,
)
from duanju_web.deals.services.facts import find_fact_problems, record_facts
from duanju_web.deals.services.offers import (
    OfferDraft,
    decline_offer,
    find_draft_problems,
    make_offer,
    withdraw_offer,
)
from duanju_web.deals.services.policies import PolicyImport, import_policies
from duanju_web.deals.services.signing import accept_offer

__all__ = [
    "OfferDraft",
    "PolicyImport",
    "accept_offer",
    "begin_draft",
    "change_draft",
    "decline_offer",
    "discard_draft",
    "find_draft_problems",
    "find_fact_problems",
    "import_policies",
    "make_offer",
    "publish_draft",
    "record_facts",
    "withdraw_offer",
]
