"""What is refused of rates, bonuses, bands, coefficients, terms and conditions when written."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from duanju.deals import (
    Counted,
    FromDay,
    Given,
    MeasureReached,
    Parameter,
    ParameterIs,
    ParameterKind,
    PoolShare,
    Reset,
    Scope,
    check_policy,
    check_terms,
    read_parameters,
)
from duanju.deals.clauses import Clause
from duanju.kernel import Text
from tests.support.rates import (
    HEAT,
    INCOME,
    MINUTES,
    NAMED,
    PLAYS,
    SEARCH,
    a_bonus,
    a_coefficient,
    a_rate,
    a_term,
    bands_of,
    some_bands,
)
from tests.support.terms import a_policy, terms_of

BONUS = a_bonus((0, "0.1"), counted=(INCOME,))
BANDS = some_bands((10, 5))
FACTOR = a_coefficient("a", "2")
BANDED = a_coefficient("a", "1", counted=SEARCH, bands=bands_of((10, "2")))
RIGHTS = Parameter("rights", ParameterKind.CHOICE, NAMED, {"sole": NAMED, "shared": NAMED})
AMOUNT = Parameter("amount", ParameterKind.AMOUNT, NAMED, {})


def found_in(clause: Clause, *parameters: Parameter) -> list[tuple[str, str]]:
    """Return codes and places of the problems of a policy of one clause."""
    problems = check_policy(a_policy(clause, parameters=parameters))
    return [(problem.code, problem.where.path) for problem in problems]


@pytest.mark.parametrize(
    "clause",
    [
        BONUS,
        BANDS,
        a_rate(coefficients=(FACTOR, a_coefficient("b", "3", steps_down_to="1")), cap="8"),
        a_rate(coefficients=(BANDED,)),
        a_rate(counted=Counted(measure="plays", over_seconds=Fraction(30))),
        a_rate(term=a_term(12, (10, 24), (20, 36), counted=INCOME), reset=Reset.YEAR),
        a_rate(scope=Scope.STUDIO, coefficients=(FACTOR,)),
        a_bonus((0, "0"), (5, "1"), counted=(INCOME,), by=HEAT, scope=Scope.POOL),
        replace(BANDS, bands=bands_of((0, 1), (10, 0))),
    ],
)
def test_what_can_be_settled_is_good(clause: Clause) -> None:
    assert found_in(clause) == []


@pytest.mark.parametrize(
    ("clause", "code", "place"),
    [
        (a_rate(counted=HEAT), "level-does-not-add-up", "measure"),
        (a_rate(counted=SEARCH), "level-does-not-add-up", "measure"),
        (
            a_rate(counted=Counted(measure="effective_minutes", over_seconds=Fraction(3))),
            "seconds-of-no-plays",
            "measure.over_seconds",
        ),
        (
            a_rate(counted=Counted(measure="plays", over_seconds=Fraction(1, 2))),
            "not-whole",
            "measure.over_seconds",
        ),
        (
            a_rate(counted=Counted(measure="plays", items=("release",))),
            "measure-without-items",
            "measure.items",
        ),
        (a_rate(term=a_term(0)), "not-whole-months", "term.months"),
        (
            a_rate(term=replace(a_term(1), months=Fraction(3, 2))),
            "not-whole-months",
            "term.months",
        ),
        (a_rate(term=a_term(12, (5, 24))), "lengthened-by-nothing", "term"),
        (a_rate(term=a_term(12, counted=INCOME)), "lengthened-by-nothing", "term"),
        (
            a_rate(term=a_term(12, (5, 12), counted=INCOME)),
            "lengthening-not-rising",
            "term.lengthening.0",
        ),
        (
            a_rate(term=a_term(12, (5, 24), (5, 36), counted=INCOME)),
            "lengthening-not-rising",
            "term.lengthening.1",
        ),
        (a_rate(coefficients=(FACTOR, FACTOR)), "duplicate-coefficient", "coefficient.1.name"),
        (a_rate(cap="2"), "cap-of-no-coefficients", "coefficient_cap"),
        (
            a_rate(coefficients=(a_coefficient("a", "0"),)),
            "not-positive",
            "coefficient.0.value",
        ),
        (
            a_rate(coefficients=(a_coefficient("a", "1", steps_down_to="-1"),)),
            "not-positive",
            "coefficient.0.step_down.value",
        ),
        (
            a_rate(coefficients=(replace(BANDED, counted=None),)),
            "bands-of-nothing",
            "coefficient.0",
        ),
        (
            a_rate(coefficients=(replace(BANDED, bands=bands_of((9, "1"), (9, "2"))),)),
            "tiers-not-rising",
            "coefficient.0.band.1",
        ),
        (
            a_rate(coefficients=(replace(BANDED, bands=bands_of((9, "0"))),)),
            "not-positive",
            "coefficient.0.band.0.value",
        ),
        (
            a_rate(scope=Scope.STUDIO, coefficients=(BANDED,)),
            "unknown-of-other-deals",
            "coefficient.0",
        ),
        (a_rate(scope=Scope.STUDIO, term=a_term(12)), "unknown-of-other-deals", "term"),
        (a_bonus((0, "1.1"), counted=(INCOME,)), "share-out-of-range", "tier.0.rate"),
        (a_bonus((1, "0.1"), counted=(INCOME,)), "first-tier-not-zero", "tier.0"),
        (a_bonus((0, "0.1")), "bonus-of-one-amount", "of"),
        (a_bonus((0, "0.1"), counted=(MINUTES,)), "not-an-income", "measure"),
        (replace(BONUS, by=Counted(measure="laughs")), "unknown-measure", "by"),
        (replace(BONUS, scope=Scope.STUDIO), "scope-of-a-studio", "scope"),
        (replace(BONUS, reading="sliding"), "unknown-reading", "reading"),
        (replace(BANDS, bands=()), "no-band", "band"),
        (replace(BANDS, bands=bands_of((9, "1"), (9, "2"))), "tiers-not-rising", "band.1"),
        (replace(BANDS, bands=bands_of((9, "-1"))), "negative-amount", "band.0.value"),
        (replace(BANDS, bands=bands_of((-9, "1"))), "negative-amount", "band.0"),
        (replace(BANDS, reading="marginal"), "unknown-reading", "reading"),
        (replace(BANDS, scope=Scope.STUDIO), "scope-of-a-studio", "scope"),
        (
            a_rate(when=(MeasureReached(counted=PLAYS, at_least=Fraction(-1)),)),
            "negative-amount",
            "when.0.at_least",
        ),
        (
            a_rate(when=(ParameterIs(parameter="grade", options=("S",)),)),
            "unknown-parameter",
            "when.0.parameter",
        ),
        (
            a_rate(when=(ParameterIs(parameter="amount", options=("S",)),)),
            "parameter-not-a-choice",
            "when.0.parameter",
        ),
        (
            a_rate(when=(ParameterIs(parameter="rights", options=("S",)),)),
            "unknown-option",
            "when.0.options",
        ),
        (
            a_rate(when=(ParameterIs(parameter="rights", options=()),)),
            "condition-never-holds",
            "when.0.options",
        ),
    ],
)
def test_what_cannot_be_settled_is_refused_when_it_is_written(
    clause: Clause, code: str, place: str
) -> None:
    assert found_in(clause, RIGHTS, AMOUNT) == [(f"deals.{code}", f"clause.0.{place}")]


def test_bonus_on_clauses_has_no_term_and_names_each_once() -> None:
    bonus = replace(a_bonus((0, "0.1"), of=("rate", "rate")), term=a_term(12))
    problems = check_policy(a_policy(a_rate(), bonus))
    assert [problem.code for problem in problems] == [
        "deals.names-a-clause-twice",
        "deals.term-of-other-clauses",
    ]


def test_parts_of_a_pool_are_checked_like_any_measure() -> None:
    pool = PoolShare(
        id="pool",
        title=NAMED,
        explanation=NAMED,
        pool=Counted(measure="laughs"),
        own=Counted(measure="effective_minutes"),
        all=Counted(measure="all_effective_minutes"),
        when_empty=None,
        currency="CNY",
        coefficients=(FACTOR, FACTOR),
    )
    codes = {code for code, _ in found_in(pool)}
    assert {"deals.unknown-measure", "deals.duplicate-coefficient"} <= codes


UP_TO = replace(AMOUNT, at_least=Fraction(10), at_most=Fraction(120))


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("9.99", ["deals.below-the-least"]),
        ("10", []),
        ("120", []),
        ("120.01", ["deals.above-the-most"]),
    ],
)
def test_parameter_keeps_within_its_least_and_most(value: str, codes: list[str]) -> None:
    policy = a_policy(a_rate(), parameters=(UP_TO,))
    values, problems = read_parameters(policy=policy, chosen={"amount": value})
    assert [problem.code for problem in problems] == codes
    assert values == ({} if codes else {"amount": Fraction(value)})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"at_least": Fraction(200)}, "deals.least-above-most"),
        ({"default": Fraction(5)}, "deals.below-the-least"),
        (
            {"kind": ParameterKind.CHOICE, "options": {"a": Text({"en": "A"})}},
            "deals.limit-of-a-choice",
        ),
    ],
)
def test_limits_of_a_parameter_make_sense(changes: Mapping[str, object], code: str) -> None:
    parameter = replace(UP_TO, **changes)  # type: ignore[arg-type]
    problems = check_policy(a_policy(a_rate(), parameters=(parameter,)))
    assert [problem.code for problem in problems] == [code]


def test_every_number_that_a_deal_leaves_open_is_asked_for() -> None:
    kinds = {"months": "count", "least": "count", "factor": "factor", "cap": "factor"}
    names = (*kinds, "amount")
    parameters = tuple(
        Parameter(name, ParameterKind(kinds.get(name, "amount")), NAMED, {}) for name in names
    )
    rate = replace(
        a_rate(
            coefficients=(a_coefficient("a", Given("factor")),),
            term=replace(a_term(1), months=Given("months")),
            when=(MeasureReached(counted=MINUTES, at_least=Given("least")),),
        ),
        coefficient_cap=Given("cap"),
    )
    (band,) = BANDS.bands
    bands = replace(BANDS, bands=(replace(band, value=Given("amount")),))
    problems = check_terms(terms_of(rate, bands, parameters=parameters))
    assert sorted(str(problem.params["parameter"]) for problem in problems) == sorted(names)
    assert {problem.code for problem in problems} == {"deals.missing-parameter"}


def test_every_role_that_a_clause_names_needs_a_party() -> None:
    agent = replace(BONUS, payee="agent", binds=("studio", "writer"))
    problems = check_terms(terms_of(agent))
    roles = [problem.params["role"] for problem in problems]
    assert roles == ["agent", "writer"]


def test_day_from_which_a_clause_holds_may_be_any() -> None:
    from_day = FromDay(day=terms_of(BONUS).starts_on)
    assert found_in(a_rate(when=(from_day,))) == []
