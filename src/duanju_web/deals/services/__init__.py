"""What can be done with policies, offers and deals."""

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
    "decline_offer",
    "find_draft_problems",
    "import_policies",
    "make_offer",
    "withdraw_offer",
]
