"""What is refused of a deal, of deals beside one another, and of facts."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import (
    Contract,
    Fact,
    Given,
    Parameter,
    ParameterKind,
    Stretch,
    Unit,
    check_contracts,
    check_facts,
    check_terms,
    find_subjects,
    read_parameters,
)
from duanju.kernel import Party, Text
from tests.support.terms import (
    OCTOBER,
    OTHER_TITLE,
    a_channel_fee,
    a_contract,
    a_policy,
    a_revenue_share,
    a_tiered_rate,
    terms_of,
    unlocked,
    watched,
)

NAMED = Text({"en": "Named"})
RIGHTS = Parameter(
    "rights", ParameterKind.CHOICE, NAMED, {"sole": NAMED, "shared": NAMED}, required=True
)
SPLIT = Parameter("split", ParameterKind.SHARE, NAMED, {}, Fraction(1, 2))


def test_what_a_form_holds_is_read_as_typed_values() -> None:
    policy = a_policy(a_tiered_rate(), parameters=(RIGHTS, SPLIT))
    assert read_parameters(policy=policy, chosen={"rights": "sole", "split": "12.5%"}) == (
        {"rights": "sole", "split": Fraction(1, 8)},
        (),
    )


def test_every_wrong_or_missing_parameter_is_named_at_once() -> None:
    policy = a_policy(a_tiered_rate(), parameters=(RIGHTS, SPLIT))
    values, problems = read_parameters(
        policy=policy, chosen={"rights": "", "split": "1.5", "extra": 1}
    )
    assert values == {}
    assert [(problem.code, problem.where.path) for problem in problems] == [
        ("deals.not-a-share", "parameters.split"),
        ("deals.unknown-parameter", "parameters.extra"),
        ("deals.missing-parameter", "parameters.rights"),
    ]


@pytest.mark.parametrize("value", [0.5, True, "NaN", "1e999999999", "½", "1/0", "1/2/3", "%", None])
def test_no_number_is_guessed(value: object) -> None:
    policy = a_policy(a_tiered_rate(), parameters=(replace(SPLIT, default=None, required=True),))
    values, problems = read_parameters(policy=policy, chosen={"split": value})
    assert values == {}
    assert len(problems) == 1


def test_terms_need_titles_parties_and_dates() -> None:
    terms = terms_of(
        a_tiered_rate(), titles=(), ends_on=date(2026, 9, 1), parties=(Party("platform", "aurora"),)
    )
    assert [(problem.code, problem.where.path) for problem in check_terms(terms)] == [
        ("deals.no-title", "titles"),
        ("deals.ends-before-it-starts", "ends_on"),
        ("deals.missing-party", "parties.studio"),
    ]


def test_party_stands_under_its_own_role() -> None:
    terms = replace(
        terms_of(a_tiered_rate()),
        parties={"platform": Party("platform", "aurora"), "studio": Party("writer", "lanxi")},
    )
    assert [problem.code for problem in check_terms(terms)] == ["deals.party-in-another-role"]


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2026, 1, 1)])
def test_policy_must_be_in_force_on_the_day_of_signing(day: date) -> None:
    terms = terms_of(a_tiered_rate())
    policy = replace(terms.policy, valid_until=date(2026, 1, 1))
    assert [p.code for p in check_terms(replace(terms, policy=policy, signed_on=day))] == [
        "deals.policy-not-in-force"
    ]
    assert check_terms(replace(terms, policy=policy, signed_on=date(2025, 1, 1))) == ()


def test_gross_share_that_leaves_too_little_for_a_channels_fee_is_refused() -> None:
    clause = a_revenue_share(
        a_channel_fee(web="0", app_store="0.3"), base="gross", shares={"studio": Given("split")}
    )
    terms = terms_of(clause, parameters=(SPLIT,), chosen={"split": Fraction(4, 5)})
    (problem,) = check_terms(terms)
    assert problem.code == "deals.pays-out-more-than-comes-in"
    assert problem.params == {"total": "11/10", "channel": "app_store"}
    after_the_fee = replace(clause, base="after_channel_fee")
    assert check_terms(replace(terms, policy=a_policy(after_the_fee, parameters=(SPLIT,)))) == ()
    assert check_terms(replace(terms, parameters={"split": Fraction(7, 10)})) == ()


def test_two_deals_that_claim_one_measure_of_one_title_are_both_named() -> None:
    first = Contract("a", terms_of(a_tiered_rate(), ends_on=date(2026, 10, 1)))
    second = Contract("b", terms_of(a_tiered_rate(), starts_on=date(2026, 9, 30)))
    (problem,) = check_contracts([second, first])
    assert problem.code == "deals.double-claim"
    assert problem.params == {
        "deal": "a",
        "other": "b",
        "measure": "effective_minutes",
        "title": "101",
    }


@pytest.mark.parametrize(
    "second",
    [
        terms_of(a_tiered_rate(), starts_on=date(2026, 10, 1)),
        terms_of(a_tiered_rate(), titles=(OTHER_TITLE,)),
        terms_of(a_revenue_share()),
        terms_of(
            a_tiered_rate(), parties=(Party("platform", "elsewhere"), Party("studio", "lanxi"))
        ),
    ],
    ids=["afterwards", "another title", "another measure", "another platform"],
)
def test_deals_that_do_not_meet_claim_nothing_twice(second: object) -> None:
    first = a_contract(terms_of(a_tiered_rate(), ends_on=date(2026, 10, 1)))
    assert check_contracts([first, Contract("b", second)]) == ()  # type: ignore[arg-type]


def test_deals_without_a_payer_or_with_an_open_currency_count_nothing_yet() -> None:
    nobody = terms_of(a_tiered_rate(), parties=(Party("studio", "lanxi"),))
    unsaid = terms_of(replace(a_revenue_share(), currency=Given("currency")))
    for terms in (nobody, unsaid):
        assert find_subjects(terms) == frozenset()
        assert check_contracts([Contract("a", terms), Contract("b", terms)]) == ()


WRONG_UNIT = replace(watched(1), unit=Unit.MINOR)
EARLY = Stretch(date(2026, 9, 1), date(2026, 9, 20))


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ([WRONG_UNIT], ["deals.wrong-unit"]),
        ([watched(-1)], ["deals.negative-measure"]),
        ([watched(1), watched(2)], ["deals.contradicting-facts"]),
        ([watched(1), watched(1, EARLY)], ["deals.contradicting-facts"]),
        ([unlocked(1, currency="USD")], ["deals.other-currency"]),
        ([unlocked(1, channel="google_play")], ["deals.channel-without-rate"]),
        ([unlocked(0, channel="google_play", currency="USD")], []),
        ([unlocked(1), unlocked(1), unlocked(1, OCTOBER)], []),
    ],
)
def test_facts_that_terms_do_not_speak_of_are_problems_and_never_zero(
    facts: list[Fact], codes: list[str]
) -> None:
    terms = terms_of(a_tiered_rate(), a_revenue_share())
    assert [problem.code for problem in check_facts(terms=terms, facts=facts)] == codes


def test_parameter_without_which_a_clause_comes_to_nothing_must_be_filled_in() -> None:
    optional = replace(SPLIT, default=None)
    terms = terms_of(a_revenue_share(shares={"studio": Given("split")}), parameters=(optional,))
    assert [(own.code, own.where.path) for own in check_terms(terms)] == [
        ("deals.missing-parameter", "parameters.split")
    ]
    required = replace(
        terms, policy=replace(terms.policy, parameters=(replace(optional, required=True),))
    )
    assert [own.code for own in check_terms(required)] == ["deals.missing-parameter"]
    assert check_terms(replace(terms, parameters={"split": Fraction(1, 3)})) == ()


def test_channel_whose_fee_the_deal_leaves_open_is_a_problem() -> None:
    fee = replace(a_channel_fee(), rate_by_channel={"web": Given("web_fee")})
    open_fee = Parameter("web_fee", ParameterKind.SHARE, NAMED, {})
    terms = terms_of(a_revenue_share(fee), parameters=(open_fee,))
    (problem,) = check_facts(terms=terms, facts=[unlocked(1)])
    assert problem.code == "deals.channel-without-rate"
    assert problem.params["channel"] == "web"
    filled = replace(terms, parameters={"web_fee": Fraction(0)})
    assert check_facts(terms=filled, facts=[unlocked(1)]) == ()
