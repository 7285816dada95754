"""The money flow of a statement in words: rows of a table, on the page and on paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duanju.kernel import Party, Text
from duanju.settlement import Statement
from duanju_web.deals.selectors import (
    in_reader_language,
    measure_in_words,
    money_in_words,
    role_in_words,
)
from duanju_web.settlement.models import StatementRecord
from duanju_web.settlement.pages.flow_drawing import Drawing, draw_flow
from duanju_web.settlement.selectors.flowing import (
    SOURCES,
    Beside,
    MoneyFlow,
    Place,
    Stage,
    flows_of,
    gather_small,
)
from duanju_web.settlement.selectors.reading import Wording, receiver_in_words

PLACES_MAX = 8
"""How many sources, deductions and clauses are named; the smallest are gathered beyond."""

TWO_SIDES = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the flow, with its sign as it adds up to the total.

    `clause_id` names a clause whose lines can be shown alone.
    """

    stage: str
    name: str
    amount_minor: int
    clause_id: str = ""


@dataclass(frozen=True, slots=True)
class FlowInWords:
    """How money comes to a payee in one currency, for readers.

    `rows` add up to the total: what comes in, what is taken, what is not drawn. `clauses` divide
    what is drawn of it.
    """

    currency: str
    payee: str
    rows: tuple[Row, ...]
    clauses: tuple[Row, ...]
    has_beside: bool
    drawn_minor: int
    amount_minor: int
    drawings: tuple[Drawing, ...]


def flows_in_words(
    record: StatementRecord, issued: Statement, wording: Wording
) -> tuple[FlowInWords, ...]:
    """Return the flows of a statement, a currency each.

    Args:
        record: The statement as it is kept.
        issued: The same as the engine issued it.
        wording: The words of its deal.
    """
    names = _Names(record, issued, wording)
    flows = (gather_small(own, places_max=PLACES_MAX) for own in flows_of(issued.lines))
    return tuple(_in_words(own, names) for own in flows)


@dataclass(frozen=True, slots=True)
class _Names:
    """What places are called."""

    record: StatementRecord
    issued: Statement
    wording: Wording

    def of(self, place: Place) -> str:
        """Return a place's name."""
        if place.gathered:
            return self._gathered(place)
        if place.stage in SOURCES:
            return self._source(place)
        if place.stage is Stage.TAKEN:
            role, _colon, own_id = place.receiver.partition(":")
            return f"{self._deduction(place.name)} · {receiver_in_words(Party(role, own_id))}"
        if place.stage is Stage.CLAUSE:
            return self.wording.clause(place.name).title
        is_rest = place.stage is Stage.OTHERS
        return self._others() if is_rest else in_reader_language(Text(self.record.party.name))

    def _source(self, place: Place) -> str:
        measure = measure_in_words(place.name) if place.name else ""
        if place.stage is Stage.INCOME:
            return measure or _("Several incomes together")
        return _("Owed for: %(measure)s") % {"measure": measure} if measure else _("Owed as agreed")

    def _gathered(self, place: Place) -> str:
        count = place.gathered
        words = {
            Stage.TAKEN: ngettext("%(count)s other deduction", "%(count)s other deductions", count),
            Stage.CLAUSE: ngettext("%(count)s other clause", "%(count)s other clauses", count),
        }
        other = ngettext("%(count)s other source", "%(count)s other sources", count)
        return words.get(place.stage, other) % {"count": count}

    def _deduction(self, name: str) -> str:
        for line in self.issued.lines:
            if any(own.name == name for own in line.deductions):
                return self.wording.clause(line.key.clause_id).names.get(name, name)
        return name

    def _others(self) -> str:
        """Return who has the rest of a divided income: the payer, or others besides."""
        payer = self._party(self.issued.payer)
        if len(self.wording.contract.terms.parties) <= TWO_SIDES:
            return _("Kept by %(party)s") % {"party": payer}
        return _("Shares of %(party)s and of others") % {"party": payer}

    def _party(self, party: Party) -> str:
        deal = self.record.deal
        for own in (deal.platform, deal.studio, self.record.party):
            if own.slug == party.id:
                return in_reader_language(Text(own.name))
        return role_in_words(party.role)


def _in_words(flow: MoneyFlow, names: _Names) -> FlowInWords:
    places = flow.places(*Stage)
    called = {own: names.of(own) for own in places}
    amounts = {own: money_in_words(flow.amount_of(own), flow.currency) for own in places}
    beside = [_beside(own, names) for own in flow.beside]
    return FlowInWords(
        currency=flow.currency,
        payee=names.of(Place(Stage.PAYEE)),
        rows=(
            *_rows(flow, called, flow.places(*SOURCES), 1),
            *_rows(flow, called, flow.places(Stage.TAKEN, Stage.OTHERS), -1),
            *beside,
        ),
        clauses=tuple(_rows(flow, called, flow.places(Stage.CLAUSE), 1)),
        has_beside=bool(beside),
        drawn_minor=flow.drawn_minor,
        amount_minor=flow.amount_minor,
        drawings=draw_flow(flow, names=called, amounts=amounts),
    )


def _rows(
    flow: MoneyFlow, names: dict[Place, str], places: Iterable[Place], sign: int
) -> Iterable[Row]:
    for own in places:
        clause_id = own.name if own.stage is Stage.CLAUSE else ""
        yield Row(own.stage, names[own], sign * flow.amount_of(own), clause_id)


def _beside(own: Beside, names: _Names) -> Row:
    title = names.wording.clause(own.clause_id).title
    if own.corrects is not None:
        words = {"clause": title, "month": own.corrects}
        title = _("%(clause)s, correction of %(month)s") % words
    if own.line_count > 1:
        lines = ngettext("%(count)s line", "%(count)s lines", own.line_count)
        title = f"{title} · {lines % {'count': own.line_count}}"
    return Row("beside", title, own.amount_minor, own.clause_id)
