"""What settlement waits for is said, and hinders nothing."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from click.testing import CliRunner

from duanju.cli import main
from duanju.deals import Instalment, find_open_conditions
from duanju.workflows import open_conditions_of
from tests.support.obligations import a_fee, an_award, awarded, bargain, hours, reached
from tests.support.repository import ROOT
from tests.support.terms import NOVEMBER, OCTOBER, SEPTEMBER, a_contract, watched

CASE = ROOT / "tests" / "golden" / "b1-commissioned"


def waiting(period) -> list[tuple[str, str]]:
    """Return the codes and names of what a deal of a fee and an award waits for."""
    terms = bargain(
        hours(), a_fee(1000, Instalment(milestone="delivery", share=Fraction(1))), an_award()
    )
    facts = [
        watched(60),
        reached("delivery", date(2026, 10, 5)),
        awarded("director", 100, date(2026, 11, 2)),
    ]
    found = open_conditions_of(contracts=[a_contract(terms)], facts=facts, period=period)
    return [(own.code, *own.params.values()) for conditions in found.values() for own in conditions]


def test_condition_is_open_until_a_fact_tells_of_it() -> None:
    delivery = ("condition.milestone-decides", "delivery")
    director = ("condition.award-is-decided", "director")
    assert {delivery, director} <= set(waiting(SEPTEMBER))
    assert delivery not in waiting(OCTOBER)
    assert director in waiting(OCTOBER)
    assert director not in waiting(NOVEMBER)


def test_terms_that_wait_for_nothing_have_no_open_condition() -> None:
    assert find_open_conditions(bargain(hours()), [], date(2026, 10, 1)) == ()
    contracts = [a_contract(bargain(hours()))]
    assert open_conditions_of(contracts=contracts, facts=[], period=SEPTEMBER) == {}


def test_command_says_what_is_still_open_and_settles_all_the_same(tmp_path: Path) -> None:
    words = ["settle", "--deals", str(CASE / "deals.toml"), "--policies", str(ROOT / "policies")]
    words += ["--facts", str(CASE / "facts-2026-09.csv"), "--period", "2026-09"]
    english = CliRunner().invoke(main, [*words, "--out", str(tmp_path / "en")])
    chinese = CliRunner().invoke(main, [*words, "--out", str(tmp_path / "zh"), "--lang", "zh-Hans"])
    assert (english.exit_code, chinese.exit_code) == (0, 0)
    assert "Still open in deal" in english.stdout
    assert "待定：" in chinese.stdout
