"""What is refused of policies' headers, of deals, of amendments, and of deals beside one another.

The table keeps all that is told: code, place, parameters and the English sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from duanju.adapters.documents import explain_problem
from duanju.deals import (
    AmendedBy,
    Amendment,
    AmendmentMode,
    Contract,
    Fact,
    Given,
    Parameter,
    ParameterIs,
    ParameterKind,
    Stretch,
    Terms,
    check_contract,
    check_contracts,
    check_facts,
    check_policy,
    check_terms,
    read_parameters,
)
from duanju.kernel import Party, Problem
from tests.support.full_clauses import HALF, NAMED, ONE
from tests.support.obligations import a_commission, a_fee, a_reserve, bargain, on_signing
from tests.support.rates import NEW_YEAR, a_rate, a_term, minutes, reached
from tests.support.terms import (
    OTHER_TITLE,
    PLATFORM,
    STUDIO,
    TITLE,
    a_channel_fee,
    a_policy,
    a_revenue_share,
    a_tiered_rate,
    terms_of,
)

TOLD = Path(__file__).with_name("refused_deals.md")
GRADE = Parameter("grade", ParameterKind.CHOICE, NAMED, {"A": NAMED, "B": NAMED}, required=True)
SPLIT = Parameter("split", ParameterKind.SHARE, NAMED, {})
DAY = date(2026, 10, 10)
LAST = date(2027, 1, 1)
OVER, BESIDE = AmendmentMode.OVER, AmendmentMode.BESIDE
PLAY, SIGNING = AmendedBy.PLAY_DATE, AmendedBy.SIGNING_DATE
HOURS = terms_of(a_tiered_rate(), ends_on=LAST)
SHARE = terms_of(a_revenue_share(), ends_on=LAST)

Refused = tuple[str, Sequence[Problem]]


def of_policies() -> Iterator[Refused]:
    """Yield headers and parameters that are refused."""
    good = a_policy(a_tiered_rate())
    yield "no source", check_policy(replace(good, sources=()))
    yield "no clause", check_policy(replace(good, clauses=()))
    for until in (date(2024, 12, 31), good.valid_from, date(2025, 1, 2)):
        yield f"valid until {until}", check_policy(replace(good, valid_until=until))
    yield "a clause twice", check_policy(a_policy(*good.clauses, *good.clauses, *good.clauses))
    for parameters in (
        (GRADE, SPLIT, GRADE, GRADE),
        (replace(GRADE, options={}),),
        (replace(GRADE, options={}, default="A"),),
        (replace(GRADE, default="C"),),
        (replace(GRADE, default="A"),),
        (replace(GRADE, at_least=ONE),),
        (replace(GRADE, at_most=ONE),),
        (replace(SPLIT, options={"A": NAMED}),),
        (replace(SPLIT, at_least=ONE, at_most=HALF),),
        (replace(SPLIT, at_least=HALF, at_most=HALF),),
        (replace(SPLIT, at_least=HALF, default=Fraction(1, 4)),),
        (replace(SPLIT, at_most=HALF, default=Fraction(3, 4)),),
        (replace(SPLIT, at_most=HALF, default=HALF),),
    ):
        yield _words(*parameters), check_policy(a_policy(*good.clauses, parameters=parameters))


def of_values() -> Iterator[Refused]:
    """Yield values at the limits of each kind of parameter, and beyond them."""
    for kind in ParameterKind:
        parameter = replace(GRADE if kind is ParameterKind.CHOICE else SPLIT, kind=kind)
        policy = a_policy(a_tiered_rate(), parameters=(parameter,))
        for value in ("-1", "0", "1", "3/2", "2", "A", "C", ""):
            chosen = {parameter.id: value, "other": ""}
            yield f"{kind} {value or '-'}", read_parameters(policy=policy, chosen=chosen)[1]
    yield "unknown", read_parameters(policy=HOURS.policy, chosen={"other": "1"})[1]
    limited = replace(SPLIT, at_least=Fraction(1, 4), at_most=HALF, required=True, default=HALF)
    policy = a_policy(a_tiered_rate(), parameters=(limited,))
    for value in ("1/5", "1/4", "1/2", "3/5", ""):
        yield f"limited {value or '-'}", read_parameters(policy=policy, chosen={"split": value})[1]


def of_deals() -> Iterator[Refused]:
    """Yield deals that are refused, and some at the limit that are not."""
    yield "no title", check_terms(replace(HOURS, title_ids=frozenset()))
    for day in (date(2026, 8, 31), HOURS.starts_on, date(2026, 9, 2)):
        yield f"ends on {day}", check_terms(replace(HOURS, ends_on=day))
    policy = replace(HOURS.policy, valid_until=date(2026, 1, 1))
    for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)):
        yield f"signed on {day}", check_terms(replace(HOURS, policy=policy, signed_on=day))
    yield "no studio", check_terms(replace(HOURS, parties={"platform": PLATFORM}))
    writer = {"platform": PLATFORM, "studio": Party("writer", "lanxi")}
    yield "a writer as the studio", check_terms(replace(HOURS, parties=writer))
    by_grade = replace(a_fee(), when=(ParameterIs(parameter="grade", options=("A",)),))
    for chosen in ({}, {"grade": "A"}, {"grade": "B"}, {"grade": "C"}):
        parties = (PLATFORM,) if chosen == {"grade": "B"} else (PLATFORM, STUDIO)
        terms = terms_of(by_grade, parameters=(GRADE,), chosen=chosen, parties=parties)
        yield f"grade {chosen.get('grade', '-')}", check_terms(terms)
    yield from _of_filled_values()


def _of_filled_values() -> Iterator[Refused]:
    given = Given("split")
    rate = a_rate(term=replace(a_term(1), months=given))
    for words, clauses in {
        "share": (a_revenue_share(base="gross", shares={"studio": given}),),
        "commission": (a_tiered_rate(), a_commission(given)),
        "reserve": (a_tiered_rate(), a_reserve(months=given)),
        "two commissions": (
            a_tiered_rate(),
            a_commission("0.5"),
            a_commission(given, own_id="second"),
        ),
        "two reserves": (
            a_tiered_rate(),
            a_reserve("0.5"),
            replace(a_reserve(), id="second", rate=given),
        ),
        "instalment": (a_fee(1000, on_signing("0.5"), replace(on_signing("1"), share=given)),),
        "term": (rate,),
        "fee of a channel": (
            a_revenue_share(replace(a_channel_fee(), rate_by_channel={"w": given})),
        ),
    }.items():
        for value in (None, "0", "1/2", "3/4", "1", "3/2"):
            chosen = {} if value is None else {"split": Fraction(value)}
            terms = replace(bargain(*clauses), parameters=chosen)
            is_months = words in {"reserve", "term"}
            kind = ParameterKind.COUNT if is_months else ParameterKind.FACTOR
            policy = replace(terms.policy, parameters=(replace(SPLIT, kind=kind),))
            yield f"{words} {value or '-'}", check_terms(replace(terms, policy=policy))


def of_amendments() -> Iterator[Refused]:
    """Yield amendments that are refused, and some at the limit that are not."""
    for day in (date(2026, 8, 31), HOURS.starts_on, date(2026, 12, 31), LAST):
        for by in AmendedBy:
            own = Amendment("a", HOURS, day, OVER, by)
            yield f"from {day} by {by}", check_contract(Contract("d", HOURS, (own,)))
    twice = (Amendment("a", HOURS, DAY), Amendment("b", HOURS, DAY), Amendment("a", HOURS, DAY))
    yield "one id twice", check_contract(Contract("d", HOURS, twice))
    others = replace(HOURS, parties={**HOURS.parties, "studio": Party("studio", "other")})
    yield "other parties", check_contract(Contract("d", HOURS, (Amendment("a", others, DAY),)))
    wrong = replace(HOURS, title_ids=frozenset(), parties={})
    yield "wrong terms", check_contract(Contract("d", HOURS, (Amendment("a", wrong, DAY),)))
    for words, own in _beside().items():
        amendments = (Amendment("z", SHARE, DAY, OVER, PLAY), Amendment("b", own, DAY, BESIDE))
        for place, terms in (("beside hours", HOURS), ("beside a share", SHARE)):
            contract = Contract("d", terms, amendments[1:])
            yield f"{words} {place}", check_contract(contract)
        yield (
            f"{words} beside what stands over hours",
            check_contract(Contract("d", HOURS, amendments)),
        )


def _beside() -> dict[str, Terms]:
    usd = replace(a_revenue_share(), currency="USD")
    to_agent = replace(a_tiered_rate(), payee="agent")
    agent = Party("agent", "quick")
    return {
        "hours": HOURS,
        "a share": SHARE,
        "a share in dollars": terms_of(usd),
        "hours of another title": terms_of(a_tiered_rate(), titles=(OTHER_TITLE,)),
        "hours of both titles": terms_of(a_tiered_rate(), titles=(TITLE, OTHER_TITLE)),
        "hours of the agent": terms_of(to_agent, parties=(PLATFORM, agent)),
        "hours of income": terms_of(replace(a_rate(), counted=a_revenue_share().counted[0])),
    }


def of_deals_beside() -> Iterator[Refused]:
    """Yield deals beside one another."""
    until = replace(HOURS, ends_on=DAY)
    for day in (date(2026, 10, 9), DAY):
        later = replace(HOURS, starts_on=day)
        yield (
            f"ends on {DAY}, starts on {day}",
            check_contracts([Contract("b", later), Contract("a", until)]),
        )
    for words, own in _beside().items():
        for place, terms in (("hours", HOURS), ("a share", SHARE)):
            yield (
                f"{words} and {place}",
                check_contracts([Contract("b", own), Contract("a", terms)]),
            )
    amended = Contract("a", HOURS, (Amendment("m", SHARE, DAY, BESIDE, SIGNING),))
    yield "amended", check_contracts([amended, Contract("b", SHARE), Contract("c", HOURS)])


def of_facts() -> Iterator[Refused]:
    """Yield facts at the edges of a deal and of a term, and milestones told otherwise."""
    terms = terms_of(a_rate(term=a_term(1)), starts_on=date(2026, 9, 10), ends_on=date(2026, 11, 5))
    for first, last in (
        ((2026, 9, 1), (2026, 9, 10)),
        ((2026, 9, 9), (2026, 9, 11)),
        ((2026, 9, 10), (2026, 10, 1)),
        ((2026, 10, 1), (2026, 10, 10)),
        ((2026, 10, 9), (2026, 10, 11)),
        ((2026, 11, 4), (2026, 11, 6)),
        ((2026, 11, 5), (2026, 11, 6)),
    ):
        fact = minutes(1, Stretch(date(*first), date(*last)))
        yield str(fact.stretch), check_facts(terms=terms, facts=[fact])
    fee = bargain(a_fee(100, replace(on_signing("1"), milestone="release")))
    untold = replace(reached("release", DAY), quantity=0)
    for day in (date(2026, 10, 9), date(2026, 10, 11)):
        facts: list[Fact] = [reached("release", day), untold]
        yield f"release on {day}, not on {DAY}", check_facts(terms=fee, facts=facts)
    assert DAY < NEW_YEAR


def _words(*parameters: Parameter) -> str:
    return "; ".join(
        f"{own.id} {own.kind} {'/'.join(own.options)} {own.default} {own.at_least} {own.at_most}"
        for own in parameters
    )


SUBJECTS = (
    of_policies,
    of_values,
    of_deals,
    of_amendments,
    of_deals_beside,
    of_facts,
)


def told_of_all() -> Iterator[str]:
    """Yield all that is told, in lines."""
    for subject in SUBJECTS:
        yield f"# {subject.__name__}"
        for words, problems in subject():
            yield f"- {words}: {'refused' if problems else 'good'}"
            for own in problems:
                params = ", ".join(f"{name}={value}" for name, value in own.params.items())
                explained = explain_problem(own, language="en")
                yield f"  - `{own.code}` at `{own.where.path or ''}` ({params})"
                yield f"    {explained.sentence} {explained.hint}"


def test_all_that_is_told_of_refused_deals() -> None:
    assert list(told_of_all()) == TOLD.read_text("utf-8").splitlines()


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda own: own.__name__)
def test_each_subject_has_good_and_refused(subject: object) -> None:
    outcomes = {bool(problems) for _, problems in subject()}  # type: ignore[operator]
    assert outcomes == {True, False}


def write_tables() -> None:
    """Write the table anew, to be read before it is kept."""
    TOLD.write_text("\n".join(told_of_all()) + "\n", "utf-8")
