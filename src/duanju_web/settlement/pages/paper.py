"""A statement on paper, set by typst with the font that the package brings."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from noto_cjk_sans_otc import FONT_PATH

from duanju.kernel import Text
from duanju.settlement import Statement
from duanju_web.deals.selectors import in_reader_language, money_in_words, role_in_words
from duanju_web.settlement.models import StatementRecord
from duanju_web.settlement.pages.flow_words import FlowInWords, flows_in_words
from duanju_web.settlement.selectors.reading import LineInWords, Wording

TEMPLATE = Path(__file__).resolve().parents[1] / "paper" / "statement.typ"


def print_statement(record: StatementRecord, issued: Statement, wording: Wording) -> bytes:
    """Return a statement as PDF in the active language; no font of the machine is used.

    Args:
        record: The statement as it is kept.
        issued: The same as the engine issued it.
        wording: The words of its deal.
    """
    lines = tuple(wording.line(*own) for own in enumerate(issued.lines, start=1))
    flows = flows_in_words(record, issued, wording)
    data = json.dumps(_data(record, lines, flows), ensure_ascii=False)
    return typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=[Path(str(FONT_PATH)).parent],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
    )


def _data(
    record: StatementRecord, lines: Sequence[LineInWords], flows: Sequence[FlowInWords]
) -> dict[str, Any]:
    return {
        "language": "zh" if get_language() == "zh-hans" else "en",
        "title": _("Statement %(number)s") % {"number": record.number},
        "subtitle": _("for %(month)s") % {"month": record.close.period},
        "platform": _name(record.close.platform.name),
        "total_label": _("This period"),
        "totals": [money_in_words(own["amount_minor"], own["currency"]) for own in record.totals]
        or ["0"],
        "facts": _facts(record),
        "flows": [_flow(flow) for flow in flows],
        "lines_label": _("Lines"),
        "columns": [
            _("Clause"),
            _("Title"),
            _("Measure, month and since the start"),
            _("Earned, and posted before"),
            _("This period"),
        ],
        "lines": [_line(own) for own in lines],
        "deductions_label": _("Deductions, one by one"),
        "deductions": _deductions(lines),
        "digest_label": _("Digest"),
        "digest": record.digest,
        "foot": _(
            "Every line opens down to its events in Duanju; the JSON bundle computes it again."
        ),
    }


def _facts(record: StatementRecord) -> list[dict[str, str]]:
    deal, close = record.deal, record.close
    version = deal.policy_version
    policy = f"{_name(version.title)} · {version.policy_id} {version.version}"
    facts = [
        (_("Payer"), _name(close.platform.name)),
        (_("Payee"), f"{_name(record.party.name)} · {role_in_words(record.role)}"),
        (_("Deal"), deal.number),
        (_("Policy"), policy),
        (_("Closed on"), date_format(close.closed_at, "DATE_FORMAT")),
        (_("Digest of the policy"), deal.policy_digest[:32] + "…"),
    ]
    return [{"label": label, "value": value} for label, value in facts]


def _flow(flow: FlowInWords) -> list[dict[str, str]]:
    rows = [(own.name, own.amount_minor) for own in flow.rows]
    rows.append((_("To %(payee)s this period") % {"payee": flow.payee}, flow.amount_minor))
    return [
        {"label": label, "amount": money_in_words(amount, flow.currency)} for label, amount in rows
    ]


def _line(own: LineInWords) -> dict[str, str]:
    line, code = own.line, own.currency
    before = line.previous_cumulative_minor + line.posted_before_minor
    return {
        "clause": own.clause,
        "title": own.title,
        "correction": _("Correction of %(month)s") % {"month": own.corrects}
        if own.corrects
        else "",
        "quantity": own.quantity,
        "cumulative_quantity": own.cumulative_quantity,
        "cumulative": money_in_words(line.cumulative_minor, code),
        "before": money_in_words(before, code),
        "amount": money_in_words(line.amount_minor, code),
    }


def _deductions(lines: Sequence[LineInWords]) -> list[dict[str, str]]:
    return [
        {
            "line": line.title,
            "name": own.name,
            "receiver": own.receiver,
            "amount": money_in_words(own.amount_minor, line.currency),
        }
        for line in lines
        for own in line.deductions
    ]


def _name(name: dict[str, str]) -> str:
    return in_reader_language(Text(name))
