"""Facts of every measure that the clauses of `full_clauses` count, over an autumn of two titles."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from duanju.deals import Fact, Terms
from duanju.deals.clauses import Clause
from duanju.kernel import Party
from tests.support.full_clauses import PARAMETERS, policy_with
from tests.support.rates import a_fact, reached
from tests.support.terms import AUTUMN, OTHER_TITLE, TITLE, terms_of

ROLES = {
    "platform": "aurora",
    "studio": "lanxi",
    "agent": "quick",
    "director": "lin",
    "screenwriter": "shen",
    "investor": "hippo",
}
ENDS_ON = date(2028, 1, 1)
NEW_YEAR = date(2027, 1, 1)


def full_terms(clause: Clause, **parties: str) -> Terms:
    """Return terms over two titles by a clause and what it can name, of grade A, open at 1/2."""
    return terms_of(
        *policy_with(clause).clauses,
        titles=(TITLE, OTHER_TITLE),
        ends_on=ENDS_ON,
        parties=tuple(Party(role, own) for role, own in {**ROLES, **parties}.items()),
        parameters=PARAMETERS,
        chosen={"grade": "A", "open": Fraction(1, 2)},
    )


def _facts() -> Iterator[Fact]:
    for place, month in enumerate(AUTUMN, start=1):
        yield a_fact("member_pool", 90_000 * place, month, title_id="", territory="CN")
        yield a_fact("all_effective_minutes", 60_000_000, month, title_id="", territory="CN")
        for weight, title in enumerate((TITLE, OTHER_TITLE), start=1):
            yield from _of_month(title, month, place * weight)
    for weight, title in enumerate((TITLE, OTHER_TITLE), start=1):
        yield reached("delivery", date(2026, 9, 8 + weight), title_id=title)
        yield reached("release", date(2026, 9, 20 + weight), title_id=title)
        yield reached("exclusivity_ended", date(2026, 11, weight), title_id=title)
        yield a_fact("award", 7_000 * weight, date(2026, 10, 5), title_id=title, item="director")
        yield a_fact("award", 4_000, date(2026, 10, 9), title_id=title, item="screenwriter")
        yield a_fact("investment", 5_000, date(2026, 9, 3), title_id=title, item="investor")
        yield a_fact("production_cost", 9_000, date(2026, 9, 4), title_id=title)
    yield reached("cancelled", date(2026, 12, 7))


def _of_month(title: str, month: object, size: int) -> Iterator[Fact]:
    def told(measure: str, quantity: int, **more: object) -> Fact:
        return a_fact(measure, quantity, month, title_id=title, **more)  # type: ignore[arg-type]

    yield told("effective_minutes", 60_000 * 3 * size)
    yield told("effective_minutes", 60_000, is_fraud=True)
    yield told("member_minutes", 60_000 * 40 * size, territory="CN")
    yield told("plays", 120 * size, over_seconds=30, territory="CN")
    yield told("plays", 30 * size, over_seconds=30, territory="SG")
    yield told("search_index", 3 * size)
    yield told("unlock_income", 1_300 * size, channel="web")
    yield told("unlock_income", 700 * size, channel="app")
    yield told("advert_income", 100 * size, channel="web")
    yield told("advert_income", 200 * size, channel="app")
    yield told("traffic_cost", 110 * size)
    yield told("reported_income", 400 * size, item="box_office")
    year, number = month.year, month.number  # type: ignore[attr-defined]
    for day in range(1, 9):
        yield a_fact("plays", 3 * size, date(year, number, day), title_id=title)


FACTS = tuple(_facts())
"""What happened; sums differ from title to title and from month to month."""
