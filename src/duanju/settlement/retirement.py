"""What an amendment took away: claims and parts of zero, so that what was posted is given back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from duanju.kernel import Month, Party, ProofStep
from duanju.settlement.claim import FEE, POOLED, Claim, ClaimKey, Direction, Part, PartKind
from duanju.settlement.ledger import Transaction

_OBLIGED, _DIVIDED = "expense", "income"
"""What the account begins with out of which the parts of a claim come."""

_Place = tuple[Month, ClaimKey]


def with_retired(
    *,
    claims_by_month: Mapping[Month, Sequence[Claim]],
    posted: Iterable[Transaction],
    period: Month,
) -> dict[Month, list[Claim]]:
    """Return the claims of an amended deal, and zeros for what was posted and nobody claims now.

    Settling a zero posts the difference to zero, and states it in a line whose proof says that the
    terms no longer hold the clause.

    Args:
        claims_by_month: What the deal's terms claim now.
        posted: What was posted for the deal.
        period: The month that is settled; what concerns later months is left alone.

    Returns:
        Month to claims, rising: those given, with a part of zero for each account that they no
        longer fill, and a claim of zero for each key that they no longer have.
    """
    accounts: dict[_Place, dict[str, None]] = {}
    sources: dict[ClaimKey, str] = {}
    for transaction in posted:
        named = dict.fromkeys(leg.account for leg in transaction.legs)
        sources.update((transaction.key, own) for own in named if _is_source(own))
        if transaction.concerns_period <= period:
            place = transaction.concerns_period, transaction.key
            accounts[place] = accounts.get(place, {}) | named
    months = sorted({*claims_by_month, *(month for month, _ in accounts)})
    kept = {
        month: [
            _with_zero_parts(claim, accounts.pop((month, claim.key), {}))
            for claim in claims_by_month.get(month, ())
        ]
        for month in months
    }
    for month, key in sorted(accounts):
        if key in sources:
            kept[month].append(_zero_claim(key, sources[key], accounts[month, key]))
    return kept


def _with_zero_parts(claim: Claim, accounts: Iterable[str]) -> Claim:
    filled = {account for account, _ in claim.accounts()}
    lost = [own for own in accounts if own not in filled and not _is_source(own)]
    if not lost:
        return claim
    zeros = tuple(_zero_part(claim.key, account) for account in sorted(lost))
    return replace(claim, parts=(*claim.parts, *zeros))


def _zero_claim(key: ClaimKey, source: str, accounts: Iterable[str]) -> Claim:
    """Return the claim that filled some accounts, with nothing left in its parts."""
    kind, _, rest = source.partition(":")
    measure, payer = rest.split(":", 1) if kind == _DIVIDED else ("", rest)
    empty = Claim(
        key=key,
        direction=Direction.DISTRIBUTION if kind == _DIVIDED else Direction.OBLIGATION,
        payer=_party(payer),
        measure="" if measure == POOLED else measure,
        quantity=0,
        parts=(),
    )
    return _with_zero_parts(empty, accounts)


def _zero_part(key: ClaimKey, account: str) -> Part:
    kind, _, rest = account.partition(":")
    name, party = rest.split(":", 1) if kind == FEE else ("", rest)
    proof = ProofStep(
        code="retired",
        formula="nothing",
        inputs={"clause": key.clause_id, "nothing": Fraction(0)},
        result=Fraction(0),
        unit="minor",
        currency=key.currency,
    )
    own = _party(party)
    share = PartKind.DEDUCTION if kind == FEE else PartKind.SHARE
    return Part(own, share, name or own.role, Fraction(0), proof)


def _is_source(account: str) -> bool:
    return account.partition(":")[0] in {_OBLIGED, _DIVIDED}


def _party(text: str) -> Party:
    role, _, own_id = text.partition(":")
    return Party(role, own_id)
