"""Published policies and drafts, offers, signed deals, their amendments, what is recorded."""

from duanju_web.deals.models.amendment import DealAmendment, DealAmendmentIsFinal, code_at
from duanju_web.deals.models.deal import Deal, DealIsFinal
from duanju_web.deals.models.draft import PolicyDraft
from duanju_web.deals.models.offer import Offer, OfferState
from duanju_web.deals.models.policy import PolicyVersion, PolicyVersionIsFinal
from duanju_web.deals.models.reported_fact import ReportedFact, ReportedFactIsFinal

__all__ = [
    "Deal",
    "DealAmendment",
    "DealAmendmentIsFinal",
    "DealIsFinal",
    "Offer",
    "OfferState",
    "PolicyDraft",
    "PolicyVersion",
    "PolicyVersionIsFinal",
    "ReportedFact",
    "ReportedFactIsFinal",
    "code_at",
]
