"""A statement computed again is the same, or every difference is named."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duanju.adapters.documents import read_bundle
from duanju.deals import Scope
from duanju.kernel import ProofStep
from duanju.settlement import PeriodClosed
from duanju.workflows import Bundle, Deviation, Settled, bundles_of, replay, settle_facts
from tests.support.bundles import a_bundle, changed, in_file
from tests.support.terms import (
    OCTOBER,
    OTHER_TITLE,
    SEPTEMBER,
    a_contract,
    a_tiered_rate,
    terms_of,
    unlocked,
    watched,
)

BUNDLE = a_bundle()


def with_line(bundle: Bundle, **fields: object) -> Bundle:
    """Return a bundle whose first line says something else."""
    (statement,) = bundle.statements
    first, *rest = statement.lines
    lines = (replace(first, **fields), *rest)  # type: ignore[arg-type]
    return replace(bundle, statements=(replace(statement, lines=lines),))


def test_bundle_replays_to_the_fen() -> None:
    done = replay(BUNDLE)
    assert done.is_equal
    assert done.statements == BUNDLE.statements
    assert [str(line.corrects) for line in done.statements[0].lines if line.corrects] == ["2026-09"]


def test_amount_that_is_a_fen_too_low_is_named_with_both() -> None:
    line = BUNDLE.statements[0].lines[0]
    stated = replay(with_line(BUNDLE, amount_minor=line.amount_minor - 1))
    assert not stated.is_equal
    assert stated.deviations == (
        Deviation(
            "hours 101 CNY 2026-09",
            "amount_minor",
            str(line.amount_minor - 1),
            str(line.amount_minor),
        ),
    )


def test_proof_that_says_otherwise_is_named_step_by_step() -> None:
    proof = BUNDLE.statements[0].lines[0].proof
    first, *rest = proof.steps
    wrong = replace(first, inputs={**first.inputs, "quantity": Fraction(1)}, result=Fraction(7))
    stated = replay(with_line(BUNDLE, proof=replace(proof, steps=(wrong, *rest))))
    assert {own.field for own in stated.deviations} == {
        "proof.steps.0.result",
        "proof.steps.0.inputs.quantity",
    }
    shorter = replay(with_line(BUNDLE, proof=replace(proof, steps=())))
    assert "proof.steps" in {own.field for own in shorter.deviations}


def test_line_that_is_missing_or_invented_is_named() -> None:
    (statement,) = BUNDLE.statements
    first, *rest = statement.lines
    short = replace(BUNDLE, statements=(replace(statement, lines=tuple(rest)),))
    assert (
        Deviation("hours 101 CNY 2026-09", "amount_minor", "", str(first.amount_minor))
        in replay(short).deviations
    )
    other = replace(first, key=replace(first.key, clause_id="gift"))
    long = replace(BUNDLE, statements=(replace(statement, lines=(*statement.lines, other)),))
    assert (
        Deviation("gift 101 CNY 2026-09", "amount_minor", str(first.amount_minor), "")
        in replay(long).deviations
    )


def test_statement_that_nobody_owes_is_named() -> None:
    (statement,) = BUNDLE.statements
    other = replace(statement, payee=replace(statement.payee, id="other"))
    done = replay(replace(BUNDLE, statements=(statement, other)))
    assert [own.field for own in done.deviations] == ["statement"]


def test_ledger_that_says_otherwise_is_named() -> None:
    own = [one for one in BUNDLE.ledger if one.period == OCTOBER]
    rest = tuple(one for one in BUNDLE.ledger if one not in own[:1])
    done = replay(replace(BUNDLE, ledger=rest))
    assert {deviation.field for deviation in done.deviations} == {"ledger"}


def test_deal_that_cannot_be_settled_says_why() -> None:
    done = replay(replace(BUNDLE, facts=(*BUNDLE.facts, unlocked(1, OCTOBER, currency="USD"))))
    assert not done.is_equal
    assert {problem.code for problem in done.problems} == {"deals.other-currency"}


def test_bundle_of_a_month_that_was_closed_before_is_refused() -> None:
    with pytest.raises(PeriodClosed):
        replay(replace(BUNDLE, closed=(SEPTEMBER, OCTOBER)))


def first_policy(data: dict[str, Any]) -> None:
    """Change a rate in a policy's text, and pin what it then is."""
    from duanju.adapters.documents import policy_from_text

    for own in data["policies"]:
        before = own["digest"]
        own["document"] = own["document"].replace("0.12", "0.13")
        own["digest"] = policy_from_text(own["document"]).digest
        for terms in (data["deal"]["terms"], data["deal"]["amendments"][0]["terms"]):
            if terms["policy"] == before:
                terms["policy"] = own["digest"]
    data["policies"].sort(key=lambda own: own["digest"])


def raised(*keys: str | int) -> Callable[[dict[str, Any]], None]:
    """Return a change that adds one to a number."""

    def change(data: dict[str, Any]) -> None:
        inner: Any = data
        for key in keys[:-1]:
            inner = inner[key]
        inner[keys[-1]] += 1

    return change


def earlier(data: dict[str, Any]) -> None:
    """Let the amendment hold from September on."""
    data["deal"]["amendments"][0]["effective_on"] = "2026-09-01"


def ledger_moved(data: dict[str, Any]) -> None:
    """Post a fen more in September, on both sides."""
    legs = data["ledger"][0]["legs"]
    legs[0]["amount_minor"] -= 1
    legs[1]["amount_minor"] += 1


@pytest.mark.parametrize(
    "change",
    [
        first_policy,
        earlier,
        ledger_moved,
        raised("facts", 0, "quantity"),
        raised("facts", 3, "quantity"),
        *(
            raised("statements", 0, "lines", 0, name)
            for name in (
                *("quantity", "cumulative_quantity", "previous_cumulative_minor"),
                *("cumulative_minor", "posted_before_minor", "amount_minor"),
            )
        ),
        raised("statements", 0, "lines", -1, "gross_minor"),
        raised("statements", 0, "totals", 0, "amount_minor"),
        lambda data: data["settlement"].update(period="2026-11"),
        lambda data: data["statements"][0].update(digest="0" * 64),
    ],
)
def test_change_that_hides_behind_new_hashes_comes_out_otherwise(
    change: Callable[[dict[str, Any]], None], tmp_path: Path
) -> None:
    content = changed(BUNDLE, change, rehash=True)
    done = replay(read_bundle(in_file(tmp_path, content)))
    assert not done.is_equal
    assert done.deviations


def test_bundle_holds_what_a_partners_other_deals_had_and_nothing_else() -> None:
    clause = a_tiered_rate((0, "1"), (60, "2"), scope=Scope.STUDIO)
    stranger = terms_of(a_tiered_rate((0, "1")), titles=("103",))
    deals = [
        a_contract(terms_of(clause), "a"),
        a_contract(terms_of(clause, titles=(OTHER_TITLE,)), "b"),
        a_contract(replace(stranger, policy=replace(stranger.policy, id="other")), "c"),
    ]
    facts = [watched(60), watched(180, title=OTHER_TITLE), watched(9, title="103")]
    settlement = settle_facts(contracts=deals, facts=facts, posted=[], period=SEPTEMBER)
    settled = Settled(deals, facts, (), settlement, "UTC")
    bundles = bundles_of(settled)
    assert [own.contract.id for own in bundles] == ["a", "b", "c"]
    assert [{fact.title_id for fact in own.facts} for own in bundles] == [
        {"101", OTHER_TITLE},
        {"101", OTHER_TITLE},
        {"103"},
    ]
    assert all(replay(own).is_equal for own in bundles)


@settings(max_examples=25)
@given(st.lists(st.integers(min_value=0, max_value=10**7), min_size=4, max_size=4))
def test_every_bundle_replays_and_no_other_amount_does(quantities: list[int]) -> None:
    facts = (
        replace(watched(1), quantity=quantities[0]),
        unlocked(quantities[1], channel="wechat_ios"),
        replace(watched(1, OCTOBER), quantity=quantities[2]),
        unlocked(quantities[3], OCTOBER),
    )
    bundle = a_bundle(facts=facts)
    assert replay(bundle).is_equal
    for line in bundle.statements[0].lines[:1]:
        wrong = with_line(bundle, cumulative_minor=line.cumulative_minor + 1)
        assert not replay(wrong).is_equal
        step = line.proof
        other = ProofStep(step.code, step.formula, step.inputs, step.result + 1, step.unit)
        assert not replay(with_line(bundle, proof=other)).is_equal
