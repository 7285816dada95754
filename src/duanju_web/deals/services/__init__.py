"""What can be done with policies, offers and deals."""

from duanju_web.deals.services.amending import (
    AmendmentDraft,
    accept_amendment,
    amended_contract,
    decline_amendment,
    find_amendment_problems,
    propose_amendment,
    withdraw_amendment,
)
from duanju_web.deals.services.drafts import (
    begin_draft,
    bring_draft,
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
    "AmendmentDraft",
    "OfferDraft",
    "PolicyImport",
    "accept_amendment",
    "accept_offer",
    "amended_contract",
    "begin_draft",
    "bring_draft",
    "change_draft",
    "decline_amendment",
    "decline_offer",
    "discard_draft",
    "find_amendment_problems",
    "find_draft_problems",
    "find_fact_problems",
    "import_policies",
    "make_offer",
    "propose_amendment",
    "publish_draft",
    "record_facts",
    "withdraw_amendment",
    "withdraw_offer",
]
