"""What a platform owes and has not made due, and what it has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Concat, Substr

from duanju.kernel import Month, Problem
from duanju.settlement import (
    PAYABLE,
    RESERVE,
    AccountKey,
    HeldReserve,
    PinnedRates,
    Remittance,
    RemittanceTerms,
    TaxRule,
    remit,
)
from duanju_web.settlement.models import (
    LedgerPosting,
    LedgerTransfer,
    LedgerTransferLeg,
    RatePin,
    RemittanceAdvice,
    RemittingMonth,
)
from duanju_web.settlement.selectors.lake import zone_of
from duanju_web.settlement.selectors.rates import find_remitting, no_rates, pins_of, rates_on
from duanju_web.settlement.selectors.taxes import known_tax_rules, known_terms
from duanju_web.shared.models import Organisation

_HELD, _RELEASED = "reserve-", "release-"
_BEFORE_ALL = ""


@dataclass(frozen=True, slots=True)
class RemittingBasis:
    """By what a month is made due.

    Attributes:
        day: Whose rules of tax hold.
        pin: Which rates were pinned; None where none were.
        rates: The same as the engine takes them.
        rules: Of tax, all that are known.
        terms: Role and id of a party to how it is paid.
        is_begun: Whether something was made due by it, so that it stays.
    """

    day: date
    pin: RatePin | None
    rates: PinnedRates
    rules: Sequence[TaxRule]
    terms: Mapping[tuple[str, str], RemittanceTerms]
    is_begun: bool


@dataclass(frozen=True, slots=True)
class DueNow:
    """What could be made due of all that was posted.

    Attributes:
        moving: What would be due.
        carried: What waits, each with why.
        problems: What keeps parties from being paid; with one, nothing is to be booked.
    """

    moving: tuple[Remittance, ...]
    carried: tuple[Remittance, ...]
    problems: tuple[Problem, ...]


def find_basis(platform: Organisation, month: Month, *, now: datetime) -> RemittingBasis:
    """Return by what a month is made due: as it was when that began, else as it is now."""
    begun = find_remitting(platform, month)
    pin = begun.pin if begun else pins_of(platform, month).first()
    known_at = begun.begun_at if begun else None
    return RemittingBasis(
        day=begun.day if begun else now.astimezone(zone_of(platform)).date(),
        pin=pin,
        rates=rates_on(pin.table, pin.day) if pin else no_rates(month),
        rules=known_tax_rules(platform, at=known_at),
        terms=known_terms(platform, at=known_at),
        is_begun=begun is not None,
    )


def find_due_now(platform: Organisation, month: Month, basis: RemittingBasis) -> DueNow:
    """Return what each party is owed by the platform and was not made due.

    It takes six queries for any number of parties. Who has no terms is paid each currency as it was
    earned, without tax. A party that was told what a month came to waits for the next month with
    what has come since.

    Args:
        platform: Whose ledger.
        month: The last that was closed.
        basis: Of the month.
    """
    told = _told(platform, month)
    reserves = _reserves(platform, month)
    moving: list[Remittance] = []
    carried: list[Remittance] = []
    problems: list[Problem] = []
    for terms, balances, earned in _owed(platform, month, basis.terms, reserves):
        if (terms.role, terms.party_id, terms.currency) in told:
            continue
        found = remit(
            period=month,
            day=basis.day,
            terms=terms,
            balances=balances,
            rules=basis.rules,
            rates=basis.rates,
            earned=earned,
            reserves=reserves.get(terms.party, ()),
        )
        if not isinstance(found, Remittance):
            problems += found
        elif found.transfer:
            moving.append(found)
        elif found.owed or found.transfers:
            carried.append(found)
    return DueNow(tuple(moving), tuple(carried), tuple(problems))


def advices_of(platform: Organisation, month: Month) -> QuerySet[RemittanceAdvice]:
    """Return what parties were told of a month, by party."""
    return RemittanceAdvice.objects.filter(platform=platform, period=str(month)).order_by(
        "role", "party_id", "currency"
    )


def _told(platform: Organisation, month: Month) -> set[tuple[str, str, str]]:
    rows = advices_of(platform, month).values_list("role", "party_id", "currency")
    return {(role, party, code) for role, party, code in rows}


def _owed(
    platform: Organisation,
    month: Month,
    terms: Mapping[tuple[str, str], RemittanceTerms],
    reserves: Mapping[str, Sequence[HeldReserve]],
) -> Iterable[tuple[RemittanceTerms, dict[AccountKey, int], dict[str, int]]]:
    """Yield how each party is paid, what its accounts have, and what it has earned since."""
    held: dict[tuple[str, str], dict[AccountKey, int]] = defaultdict(lambda: defaultdict(int))
    earned: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for name, title_id, code, amount, gained in _posted(platform, month):
        party = _party_of(name, PAYABLE)
        held[party][AccountKey(name, title_id, code)] += int(amount)
        earned[party][code] += int(gained)
    for name, title_id, code, amount in _moved(platform):
        held[_party_of(name, PAYABLE)][AccountKey(name, title_id, code)] += int(amount)
    for name in reserves:
        held[_party_of(name)] |= {}
    for party in sorted(held):
        accounts = {key: amount for key, amount in held[party].items() if amount}
        if party in terms:
            yield terms[party], accounts, dict(earned[party])
            continue
        role, party_id = party
        for code in sorted({key.currency for key in accounts}):
            own = RemittanceTerms(role=role, party_id=party_id, taxpayer="", currency=code)
            of_code = {key: amount for key, amount in accounts.items() if key.currency == code}
            yield own, of_code, {code: earned[party][code]}


def _party_of(name: str, prefix: str = "") -> tuple[str, str]:
    role, _colon, party_id = name.removeprefix(prefix).partition(":")
    return role, party_id


def _posted(platform: Organisation, month: Month) -> Iterable[tuple[str, str, str, int, int]]:
    """Return what closes brought, of what the platform itself pays; others owe among them.

    The last is what came after the month before that was made due.
    """
    own_side = f":platform:{platform.slug}"
    sources = LedgerPosting.objects.filter(
        Q(account__startswith="expense:") | Q(account__startswith="income:"),
        transaction=OuterRef("transaction"),
        account__endswith=own_side,
    )
    legs = LedgerPosting.objects.filter(
        Exists(sources),
        transaction__close__platform=platform,
        account__startswith=PAYABLE,
    )
    since = Q(transaction__close__period__gt=_last_made_due(platform, month))
    return (
        legs.order_by()
        .values_list("account", "transaction__title_id", "currency")
        .annotate(
            Sum("amount_minor"),
            gained=Coalesce(
                Sum(
                    "amount_minor",
                    filter=since & Q(transaction__close__period__lte=str(month)),
                ),
                0,
            ),
        )
    )


def _last_made_due(platform: Organisation, month: Month) -> str:
    """Return the last month before that was made due."""
    found = RemittingMonth.objects.filter(platform=platform, period__lt=str(month))
    return found.aggregate(last=Max("period"))["last"] or _BEFORE_ALL


def _moved(platform: Organisation) -> Iterable[tuple[str, str, str, int]]:
    legs = LedgerTransferLeg.objects.filter(
        transfer__platform=platform,
        transfer__action__in=("move", "post"),
        account__name__startswith=PAYABLE,
    )
    return (
        legs.order_by()
        .values_list("account__name", "account__title_id", "currency")
        .annotate(Sum("amount_minor"))
    )


def _reserves(platform: Organisation, month: Month) -> dict[str, list[HeldReserve]]:
    """Return what is held and not released, and all that was held of a month, by party."""
    releases = LedgerTransfer.objects.filter(
        platform=platform,
        transfer_id=Concat(
            Value(_RELEASED), Substr(OuterRef("transfer__transfer_id"), len(_HELD) + 1)
        ),
    )
    legs = (
        LedgerTransferLeg.objects.filter(
            transfer__platform=platform,
            transfer__transfer_id__startswith=_HELD,
            account__name__startswith=RESERVE,
            amount_minor__gt=0,
        )
        .annotate(is_released=Exists(releases))
        .filter(Q(is_released=False) | Q(transfer__transfer_id__startswith=f"{_HELD}{month}-"))
        .values_list(
            F("transfer__transfer_id"), "account__name", "currency", "amount_minor", "is_released"
        )
    )
    found: dict[str, list[HeldReserve]] = defaultdict(list)
    for own_id, name, code, amount, is_released in legs.order_by("pk"):
        party = name.removeprefix(RESERVE)
        period = Month.parse(own_id.removeprefix(_HELD)[:7])
        found[party].append(HeldReserve(period, party, code, amount, is_released))
    return dict(found)
