"""Published policies, the offers made on them, and the deals that were signed."""

from duanju_web.deals.models.deal import Deal, DealIsFinal
from duanju_web.deals.models.offer import Offer, OfferState
from duanju_web.deals.models.policy import PolicyVersion, PolicyVersionIsFinal

__all__ = [
    "Deal",
    "DealIsFinal",
    "Offer",
    "OfferState",
    "PolicyVersion",
    "PolicyVersionIsFinal",
]
