"""The wallets of simulated viewers: what they bought, what they unlocked, entry by entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from duanju.kernel import new_id
from duanju_web.demo.viewing import SEED, UnlockWish, Viewing
from duanju_web.theater.lots import Lot, consume_lots
from duanju_web.theater.models import (
    CoinLot,
    CoinPack,
    EntryKind,
    Purchase,
    PurchaseState,
    Unlock,
    Viewer,
    Wallet,
    WalletEntry,
)

SMALL_PACKS_BEFORE_LARGE = 2
BATCH = 1000


@dataclass(slots=True)
class _Book:
    """One simulated wallet while it is being written."""

    wallet: Wallet
    packs: Sequence[CoinPack]
    purchases: list[Purchase] = field(default_factory=list)
    lots: list[CoinLot] = field(default_factory=list)
    unlocks: list[Unlock] = field(default_factory=list)
    entries: list[WalletEntry] = field(default_factory=list)

    def spend(self, wish: UnlockWish, *, episode_id: int, unlock_id: object) -> None:
        """Buy coins where they do not reach, then unlock."""
        at = datetime.fromtimestamp(wish.at_us / 1_000_000, UTC)
        while self.wallet.balance_coins < wish.coins:
            self._buy(at)
        open_lots = [lot for lot in self.lots if lot.coins_left]
        amount_minor = 0
        for taken in consume_lots(
            [Lot(n, lot.coins_left, lot.amount_left_minor) for n, lot in enumerate(open_lots)],
            coins=wish.coins,
        ):
            lot = open_lots[taken.lot_id]
            lot.coins_left -= taken.coins
            lot.amount_left_minor -= taken.amount_minor
            amount_minor += taken.amount_minor
        unlock = Unlock(
            id=unlock_id,
            viewer_id=wish.viewer_id,
            episode_id=episode_id,
            coins=wish.coins,
            amount_minor=amount_minor,
            currency=self.wallet.currency,
            channel=self.wallet.channel,
            at=at,
        )
        self.unlocks.append(unlock)
        self._enter(EntryKind.UNLOCK, -wish.coins, at, unlock=unlock)

    def _buy(self, at: datetime) -> None:
        pack = self.packs[min(len(self.purchases) // SMALL_PACKS_BEFORE_LARGE, 1)]
        purchase = Purchase(
            wallet=self.wallet,
            idempotency_key=f"demo-{len(self.purchases)}",
            pack=pack,
            coins=pack.coins,
            bonus_coins=0,
            amount_minor=pack.price_minor,
            currency=pack.currency,
            provider="sandbox",
            provider_reference="demo",
            state=PurchaseState.PAID,
            created_at=at,
            settled_at=at,
        )
        self.purchases.append(purchase)
        self.lots.append(
            CoinLot(
                wallet=self.wallet,
                purchase=purchase,
                coins=pack.coins,
                coins_left=pack.coins,
                amount_minor=pack.price_minor,
                amount_left_minor=pack.price_minor,
            )
        )
        self._enter(EntryKind.PURCHASE, pack.coins, at, purchase=purchase)

    def _enter(self, kind: EntryKind, coins: int, at: datetime, **behind: object) -> None:
        self.wallet.balance_coins += coins
        self.wallet.entry_count += 1
        self.entries.append(
            WalletEntry(
                wallet=self.wallet,
                sequence=self.wallet.entry_count,
                kind=kind,
                coins=coins,
                balance_after_coins=self.wallet.balance_coins,
                at=at,
                **behind,
            )
        )


class Spending:
    """What simulated viewers paid, handed to the database as time goes by."""

    def __init__(self, books: Sequence[_Book]) -> None:
        """Keep books whose wallets are saved."""
        self._unlocks = [row for book in books for row in book.unlocks]
        self._entries = [row for book in books for row in book.entries]

    def tell(self, *, since: datetime, until: datetime) -> int:
        """Save the unlocks and entries of a half-open stretch of time; the outbox carries them.

        Returns:
            How many unlocks there were.
        """
        unlocks = [row for row in self._unlocks if since <= row.at < until]
        Unlock.objects.bulk_create(unlocks, batch_size=BATCH)
        entries = [row for row in self._entries if since <= row.at < until]
        WalletEntry.objects.bulk_create(entries, batch_size=BATCH)
        return len(unlocks)


def load_spending(
    *,
    viewing: Viewing,
    episode_ids: Mapping[tuple[int, int], int],
    currencies: Mapping[str, str],
    first_moment: datetime,
) -> Spending:
    """Write the viewers, and for those who paid their wallets, purchases and lots.

    Args:
        viewing: What was simulated.
        episode_ids: (title number, episode number) to the episode's key.
        currencies: Audience to the currency of its wallets.
        first_moment: When the viewers' pseudonyms were made.
    """
    Viewer.objects.bulk_create(
        [Viewer(id=number, created_at=first_moment) for number in viewing.viewer_ids],
        batch_size=BATCH,
    )
    books = _write_books(viewing.wishes, episode_ids, currencies)
    Wallet.objects.bulk_create([book.wallet for book in books], batch_size=BATCH)
    purchases = [row for book in books for row in book.purchases]
    Purchase.objects.bulk_create(purchases, batch_size=BATCH)
    CoinLot.objects.bulk_create([row for book in books for row in book.lots], batch_size=BATCH)
    return Spending(books)


def _write_books(
    wishes: Sequence[UnlockWish],
    episode_ids: Mapping[tuple[int, int], int],
    currencies: Mapping[str, str],
) -> list[_Book]:
    random = Random(SEED)
    packs = {code: load_packs(code) for code in set(currencies.values())}
    books: dict[int, _Book] = {}
    for wish in wishes:
        currency = currencies[wish.audience]
        book = books.get(wish.viewer_id)
        if book is None:
            wallet = Wallet(viewer_id=wish.viewer_id, currency=currency, channel=wish.channel)
            book = books[wish.viewer_id] = _Book(wallet, packs[currency])
        book.spend(
            wish,
            episode_id=episode_ids[wish.title_id, wish.episode_number],
            unlock_id=new_id(time_ms=wish.at_us // 1000, random_bits=random.getrandbits(74)),
        )
    return list(books.values())


PACKS = {"CNY": ((600, 600), (3300, 3000)), "USD": ((500, 499), (2200, 1999))}
"""Coins and price in the minor unit; the dollar packs are the field's usual ones."""


def load_packs(currency: str) -> list[CoinPack]:
    """Offer the packs of a currency and return them, small one first."""
    offered = list(CoinPack.objects.filter(currency=currency, offered=True))
    if offered:
        return offered[:2] if len(offered) > 1 else [offered[0], offered[0]]
    return [
        CoinPack.objects.create(coins=coins, price_minor=price_minor, currency=currency)
        for coins, price_minor in PACKS[currency]
    ]
