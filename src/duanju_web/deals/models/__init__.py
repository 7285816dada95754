"""Published policies and their drafts, offers, signed deals, and what is recorded about them."""

from duanju_web.deals.models.deal import Deal, DealIsFinal
from duanju_web.deals.models.draft import PolicyDraft
from duanju_web.deals.models.offer import Offer, OfferState
from duanju_web.deals.models.policy import PolicyVersion, PolicyVersionIsFinal
from duanju_web.deals.models.reported_fact import ReportedFact, ReportedFactIsFinal

__all__ = [
    "Deal",
    "DealIsFinal",
    "Offer",
    "OfferState",
    "PolicyDraft",
    "PolicyVersion",
    "PolicyVersionIsFinal",
    "ReportedFact",
    "ReportedFactIsFinal",
]
