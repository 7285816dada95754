"""All that a statement rests on, in one document."""

from typing import Any

from duanju.adapters.lake import TitleMeasure
from duanju.deals import Stretch
from duanju.kernel import Month
from duanju_web.deals.selectors import contract_of
from duanju_web.settlement.models import StatementRecord
from duanju_web.settlement.selectors.lake import measure_deals, zone_of

FORMAT = "duanju-statement-bundle/1"


def bundle_of(record: StatementRecord) -> dict[str, Any]:
    """Return terms, measures, postings, statement and the chain's digests of one statement."""
    deal, close = record.deal, record.close
    contract = contract_of(deal)
    measures = measure_deals(
        contracts=[contract],
        until=Month.parse(close.period),
        zone=zone_of(close.platform),
        position=close.lake_position,
    )
    return {
        "format": FORMAT,
        "statement": record.document,
        "deal": {
            "id": contract.id,
            "parties": {role: party.id for role, party in contract.terms.parties.items()},
            "policy": {"id": deal.policy_version.policy_id, "version": deal.policy_version.version},
            "policy_digest": deal.policy_digest,
            "policy_document": deal.policy_version.document,
            "parameters": deal.parameters,
            "titles": {str(title.pk): title.name for title in deal.titles.all()},
            "starts_on": deal.starts_on.isoformat(),
            "ends_on": deal.ends_on.isoformat() if deal.ends_on else None,
            "time_zone": close.platform.time_zone,
        },
        "measures": [_measure(stretch, row) for stretch, rows in measures.items() for row in rows],
        "postings": _postings(record),
        "close": {
            "period": close.period,
            "closed_at": close.closed_at.isoformat(),
            "lake_position": close.lake_position,
            "digest": close.digest,
            "previous_digest": close.previous_digest,
        },
    }


def _measure(stretch: Stretch, row: TitleMeasure) -> dict[str, Any]:
    return {
        "starts_on": stretch.starts_on.isoformat(),
        "ends_on": stretch.ends_on.isoformat(),
        "title_id": row.title_id,
        "channel": row.channel,
        "currency": row.currency,
        "effective_ms": row.effective_ms,
        "amount_minor": row.amount_minor,
    }


def _postings(record: StatementRecord) -> list[dict[str, Any]]:
    rows = record.deal.transactions.filter(close__period__lte=record.close.period)
    return [
        {
            "id": row.pk,
            "period": row.close.period,
            "concerns_period": row.concerns_period,
            "clause_id": row.clause_id,
            "title_id": row.title_id,
            "legs": [
                {
                    "account": leg.account,
                    "amount_minor": leg.amount_minor,
                    "currency": leg.currency,
                }
                for leg in row.postings.all()
            ],
        }
        for row in rows.select_related("close")
        .prefetch_related("postings")
        .order_by("close__period", "number")
    ]
