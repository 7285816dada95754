"""What happens in the theater: playing, buying coins, unlocking, keeping the place."""

from duanju_web.theater.services.carrying import carry_unlocks, mark_carried, seal_events
from duanju_web.theater.services.plays import OpenedPlay, keep_place, open_play, renew_play
from duanju_web.theater.services.purchases import (
    NoSuchPack,
    buy_pack,
    settle_purchase,
)
from duanju_web.theater.services.unlocks import (
    NothingToUnlock,
    OverDailyCap,
    UnlockAnswer,
    unlock_episodes,
)
from duanju_web.theater.services.viewers import create_viewer, link_viewer
from duanju_web.theater.services.wallets import KeyUsedOtherwise, change_wallet_rules

__all__ = [
    "KeyUsedOtherwise",
    "NoSuchPack",
    "NothingToUnlock",
    "OpenedPlay",
    "OverDailyCap",
    "UnlockAnswer",
    "buy_pack",
    "carry_unlocks",
    "change_wallet_rules",
    "create_viewer",
    "keep_place",
    "link_viewer",
    "mark_carried",
    "open_play",
    "renew_play",
    "seal_events",
    "settle_purchase",
    "unlock_episodes",
]
