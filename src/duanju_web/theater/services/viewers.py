"""Viewers come, log in, and bring along what their device had."""

from datetime import datetime

from django.db import transaction

from duanju_web.shared.actor import Actor
from duanju_web.shared.models import User
from duanju_web.shared.services import record_audit
from duanju_web.theater.models import EntryKind, Viewer, Wallet, WatchProgress
from duanju_web.theater.services.wallets import Change, lock_wallet, write_changes


@transaction.atomic
def create_viewer(*, user: User | None, now: datetime) -> Viewer:
    """Make a viewer; an account gets one only, whoever asks first."""
    if user is None:
        return Viewer.objects.create(created_at=now)
    viewer, _made = Viewer.objects.get_or_create(user=user, defaults={"created_at": now})
    return viewer


@transaction.atomic
def link_viewer(*, device: Viewer, user: User, now: datetime) -> Viewer:
    """Give a device's viewer to the account that logged in on it.

    An account without viewer takes the device's own. Otherwise the device's coins move over with
    the money in them, what it unlocked opens for the account too, and the later place in each
    title stays.
    """
    device = Viewer.objects.select_for_update().get(pk=device.pk)
    if device.user_id is not None or device.merged_into_id is not None:
        return device.merged_into or device
    account = Viewer.objects.filter(user=user).first()
    if account is None:
        device.user = user
        device.save(update_fields=["user"])
        return device
    for wallet in Wallet.objects.filter(viewer=device).order_by("id"):
        _move_coins(wallet=wallet, account=account, user=user, now=now)
    _move_places(device=device, account=account)
    device.merged_into = account
    device.save(update_fields=["merged_into"])
    return account


def _move_coins(*, wallet: Wallet, account: Viewer, user: User, now: datetime) -> None:
    source = Wallet.objects.select_for_update().get(pk=wallet.pk)
    coins = source.balance_coins
    if coins == 0:
        return
    target = lock_wallet(viewer=account, channel=source.channel)
    source.lots.filter(coins_left__gt=0).update(wallet=target)
    write_changes(wallet=source, changes=[Change(EntryKind.TRANSFER, -coins)], at=now)
    write_changes(wallet=target, changes=[Change(EntryKind.TRANSFER, coins)], at=now)
    record_audit(
        actor=Actor(user=user),
        action="theater.move-coins",
        target=target,
        before={"viewer": str(source.viewer_id), "coins": coins},
        after={"viewer": str(account.pk), "balance_coins": target.balance_coins},
        now=now,
    )


def _move_places(*, device: Viewer, account: Viewer) -> None:
    own = {place.title_id: place for place in WatchProgress.objects.filter(viewer=account)}
    for place in WatchProgress.objects.filter(viewer=device):
        kept = own.get(place.title_id)
        if kept is None:
            place.viewer = account
            place.save(update_fields=["viewer"])
        elif place.updated_at > kept.updated_at:
            kept.episode_number = place.episode_number
            kept.position_ms = place.position_ms
            kept.updated_at = place.updated_at
            kept.save(update_fields=["episode_number", "position_ms", "updated_at"])
