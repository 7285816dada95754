"""Viewers, their wallets, what they unlocked, and how far they watched."""

from duanju_web.theater.models.correction import EventCorrection, EventCorrectionKind
from duanju_web.theater.models.progress import WatchProgress
from duanju_web.theater.models.purchase import CoinPack, Purchase, PurchaseState
from duanju_web.theater.models.unlock import Unlock, UnlockRequest
from duanju_web.theater.models.viewer import Viewer
from duanju_web.theater.models.wallet import (
    CoinLot,
    EntryKind,
    Wallet,
    WalletEntry,
    WalletEntryIsFinal,
)

__all__ = [
    "CoinLot",
    "CoinPack",
    "EntryKind",
    "EventCorrection",
    "EventCorrectionKind",
    "Purchase",
    "PurchaseState",
    "Unlock",
    "UnlockRequest",
    "Viewer",
    "Wallet",
    "WalletEntry",
    "WalletEntryIsFinal",
    "WatchProgress",
]
