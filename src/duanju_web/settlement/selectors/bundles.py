"""All that a statement rests on, in one document that computes it again anywhere."""

from collections.abc import Sequence
from io import BytesIO

from duanju.adapters.documents import write_bundle
from duanju.deals import Contract, Fact, distinct_facts, parts_of
from duanju.kernel import Month, Text
from duanju.settlement import Transaction
from duanju.workflows import Bundle, FactsByDeal, SnapshotLink, facts_of_measures
from duanju_web.deals.selectors import contract_of, deals_begun, reported_facts
from duanju_web.settlement.mapping.ledger import transaction_of
from duanju_web.settlement.mapping.statements import statement_of
from duanju_web.settlement.models import Close, StatementRecord
from duanju_web.settlement.selectors.lake import measure_deals, zone_of
from duanju_web.settlement.selectors.reports import report_facts


def bundle_of(record: StatementRecord) -> Bundle:
    """Return the bundle of one statement: what was known when its month was closed."""
    deal, close = record.deal, record.close
    contract = contract_of(deal, known_at=close.known_at)
    return Bundle(
        period=Month.parse(close.period),
        zone=close.platform.time_zone,
        closed=tuple(_closed_before(close)),
        contract=contract,
        titles={str(title.pk): Text(title.name) for title in deal.titles.all()},
        facts=_facts_of(contract, close),
        ledger=tuple(_ledger_of(record)),
        statements=(statement_of(record),),
        snapshot=SnapshotLink(Month.parse(close.period), close.digest, close.previous_digest),
    )


def bundle_as_bytes(record: StatementRecord) -> bytes:
    """Return the bundle of one statement as the file that `duanju replay` reads."""
    stream = BytesIO()
    write_bundle(bundle_of(record), stream=stream)
    return stream.getvalue()


def _closed_before(close: Close) -> Sequence[Month]:
    earlier = Close.objects.filter(platform=close.platform, period__lt=close.period)
    return [
        Month.parse(period)
        for period in earlier.order_by("period").values_list("period", flat=True)
    ]


def _facts_of(contract: Contract, close: Close) -> tuple[Fact, ...]:
    """Return what the deal was settled on, as the lake was known at the close."""
    month, zone = Month.parse(close.period), zone_of(close.platform)
    begun = deals_begun(platform=close.platform, before=month.period(zone).end)
    near = [
        other
        for deal in begun.filter(signed_at__lte=close.known_at)
        if _may_matter(other := contract_of(deal, known_at=close.known_at), contract)
    ]
    measures = measure_deals(contracts=near, until=month, zone=zone, position=close.lake_position)
    told = reported_facts(
        deals=[own for own in begun if own.number == contract.id], known_at=close.known_at
    )
    others = report_facts(platform=close.platform, until=month, known_at=close.known_at)
    facts = (*facts_of_measures(measures), *others)
    measured = FactsByDeal.of(near, facts).facts_of(contract)
    return distinct_facts((*measured, *told.get(contract.id, ())))


def _may_matter(other: Contract, own: Contract) -> bool:
    """Tell whether a deal can change which facts another is handed: by a title or a partner."""
    pairs = [(part.terms, mine.terms) for part in parts_of(other) for mine in parts_of(own)]
    return any(
        not first.title_ids.isdisjoint(second.title_ids)
        or (first.policy.id == second.policy.id and first.parties == second.parties)
        for first, second in pairs
    )


def _ledger_of(record: StatementRecord) -> Sequence[Transaction]:
    rows = record.deal.transactions.filter(close__period__lte=record.close.period)
    return [
        transaction_of(row)
        for row in rows.select_related("close", "deal")
        .defer("close__snapshot")
        .prefetch_related("postings")
        .order_by("close__period", "number")
    ]
