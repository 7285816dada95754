"""Which kinds of parameter can stand for each number of each kind of clause."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from duanju.adapters.documents import policy_from_text
from duanju.deals import ParameterKind, check_policy
from duanju.kernel import ProblemsFound
from tests.support.full_clauses import FULL, policy_with
from tests.support.hostile_terms import COMMISSION, FEE, RATE, again, policy_text
from tests.support.spoiling import spoiled

TABLE = Path(__file__).with_name("kinds_of_parameters.txt")
OTHER_KIND = "deals.parameter-of-another-kind"
NUMBERS = [kind for kind in ParameterKind if kind is not ParameterKind.CHOICE]


def told_of_all() -> Iterator[str]:
    """Yield a line a number: the kind of clause, the path without indices, the kinds that fit."""
    fitting: dict[str, set[str]] = {}
    for clause in FULL:
        for path, words, changed in spoiled(clause):
            if words != "of open":
                continue
            place = f"{clause.kind} {re.sub('[.][0-9]+', '', path)}"
            for kind in NUMBERS:
                policy = policy_with(changed)
                parameters = tuple(
                    replace(own, kind=kind) if own.id == "open" else own
                    for own in policy.parameters
                )
                codes = {own.code for own in check_policy(replace(policy, parameters=parameters))}
                if "deals.parameter-not-a-choice" not in codes and OTHER_KIND not in codes:
                    fitting.setdefault(place, set()).add(kind.value)
    for place, kinds in sorted(fitting.items()):
        yield f"{place}: {', '.join(sorted(kinds))}"


def test_each_number_takes_its_own_kinds_of_parameter() -> None:
    assert list(told_of_all()) == TABLE.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("kind", "fitting", "clauses"),
    [
        ("factor", "amount", [again(FEE, ("100", '{ parameter = "open" }'))]),
        ("count", "amount", [again(RATE, ("rate = 1", 'rate = { parameter = "open" }'))]),
        ("amount", "share, factor", [RATE, again(COMMISSION, ("0.6", '{ parameter = "open" }'))]),
        (
            "amount",
            "share, factor",
            [
                RATE
                + 'coefficient = [{ name = "c", title = { en = "C", zh-Hans = "系数" },'
                + ' value = { parameter = "open" } }]\n'
            ],
        ),
        ("amount", "count", [RATE + 'term = { months = { parameter = "open" } }\n']),
    ],
)
def test_parameter_of_another_kind_is_refused_with_the_kinds_that_fit(
    kind: str, fitting: str, clauses: list[str]
) -> None:
    text = policy_text(clauses).replace('kind = "share"', f'kind = "{kind}"')
    with pytest.raises(ProblemsFound) as refused:
        policy_from_text(text)
    (problem,) = refused.value.problems
    assert problem.code == OTHER_KIND
    assert dict(problem.params) == {"parameter": "open", "kind": kind, "known": fitting}


def write_table() -> None:
    """Write the table anew, to be read before it is kept."""
    TABLE.write_text("\n".join(told_of_all()) + "\n", "utf-8")
