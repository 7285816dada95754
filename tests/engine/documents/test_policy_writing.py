"""A policy that is written is read again as it was."""

import json
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings

from duanju.adapters.documents import (
    clause_from_data,
    clause_to_data,
    policy_from_data,
    policy_from_text,
    policy_to_data,
    policy_to_text,
    read_policy,
)
from duanju.adapters.documents.policy_tables import HeaderTable, ParameterTable, SourceTable
from duanju.deals import Terms, check_terms
from duanju.deals.clauses import Clause
from duanju.deals.policy import Policy
from duanju.kernel import ProblemsFound, digest, stated
from tests.support.generated_policies import good_terms
from tests.support.generated_terms import clauses_of, policies
from tests.support.terms import a_policy, a_revenue_share, a_tiered_rate

POLICIES = sorted((Path(__file__).parents[3] / "policies").glob("*.toml"))
wide = settings(
    max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_published_policy_is_read_again_with_the_same_digest(path: Path) -> None:
    policy = read_policy(path)
    again = policy_from_text(policy_to_text(policy))
    assert again == policy
    assert again.digest == policy.digest


def read_without_asking_what_it_means(text: str) -> Policy:
    """Return the policy that a text says, whatever it is worth."""
    data = tomllib.loads(text, parse_float=Decimal)
    header = {key: data[key] for key in HeaderTable.model_fields if key in data}
    head = HeaderTable.model_validate(header)
    clauses = [clause_from_data(own) for own in data.get("clause", [])]
    return Policy(
        **dict(head),
        sources=tuple(SourceTable.model_validate(own).as_value() for own in data.get("source", [])),
        parameters=tuple(
            ParameterTable.model_validate(own).as_value() for own in data.get("parameter", [])
        ),
        clauses=tuple(clauses),  # type: ignore[arg-type]
    )


@given(policies())
@wide
def test_any_policy_is_read_again_as_it_was_written(policy: Policy) -> None:
    again = read_without_asking_what_it_means(policy_to_text(policy))
    assert again == policy
    assert again.digest == policy.digest


@given(good_terms())
@wide
def test_good_terms_are_good_and_read_again(terms: Terms) -> None:
    assert check_terms(terms) == ()
    again = policy_from_text(policy_to_text(terms.policy))
    assert again == terms.policy
    assert again.digest == terms.policy.digest


@pytest.mark.parametrize("kind", get_args(Clause), ids=lambda kind: kind.__name__)
def test_any_clause_goes_through_json_and_back(kind: type[Clause]) -> None:
    @given(clauses_of(kind))
    @wide
    def goes_through_json_and_back(clause: Clause) -> None:
        data = json.loads(json.dumps(clause_to_data(clause), default=str))
        again = clause_from_data(data)
        assert again == clause
        assert digest(stated(again)) == digest(stated(clause))

    goes_through_json_and_back()


def test_policy_is_plain_data_and_back() -> None:
    policy = a_policy(a_tiered_rate((0, "1.5"), (60, "1/3")), a_revenue_share())
    data = policy_to_data(policy)
    assert data["clause"][0]["tier"] == [
        {"above": 0, "rate": Decimal("1.5")},
        {"above": 60, "rate": "1/3"},
    ]
    assert data["clause"][0]["measure"] == "effective_minutes"
    assert "payer" not in data["clause"][0]
    assert policy_from_data(data) == policy


def test_problem_of_plain_data_has_its_path_and_no_line() -> None:
    data = policy_to_data(a_policy(a_tiered_rate((0, "1.5"), (60, "3"))))
    data["clause"][0]["tier"][1]["above"] = "-5"
    data["clause"][0]["measure"] = {"measure": "plays", "over_seconds": "soon"}
    with pytest.raises(ProblemsFound) as refused:
        policy_from_data(data, file="the form")
    assert [(own.where.file, own.where.line, own.where.path) for own in refused.value.problems] == [
        ("the form", None, "clause.0.measure.over_seconds"),
    ]


def test_clause_that_cannot_be_read_says_everything_that_is_wrong_with_it() -> None:
    data = clause_to_data(a_tiered_rate()) | {"reset": "daily", "colour": "red"}
    problems = clause_from_data(data, "clause.3")
    assert isinstance(problems, tuple)
    assert {(own.code, own.where.path) for own in problems} == {
        ("documents.not-one-of", "clause.3.reset"),
        ("documents.unknown-key", "clause.3.colour"),
    }


_WITH_GRADES = """\
id = "grades"
version = 1
valid_from = 2025-01-01
title = { en = "Grades" }
summary = { en = "Grades" }
[[source]]
title = { en = "Nobody" }
[[parameter]]
id = "grade"
kind = "choice"
title = { en = "Grade" }
required = true
options = { "S+" = { en = "S+" }, S = { en = "S" } }
[[parameter]]
id = "more"
kind = "amount"
title = { en = "More" }
at_least = 0
at_most = 120_000
default = 0
[[clause]]
id = "script-fee"
kind = "fee"
title = { en = "Script fee" }
explanation = { en = "By grade." }
amount = { parameter = "grade", "S+" = 80_000, S = 60_000 }
currency = "CNY"
[[clause]]
id = "top-up"
kind = "fee"
title = { en = "More" }
explanation = { en = "As agreed." }
amount = { parameter = "more" }
currency = "CNY"
"""


def test_grades_are_read_with_their_plus_and_their_bounds() -> None:
    policy = policy_from_text(_WITH_GRADES)
    assert list(policy.parameters[0].options) == ["S+", "S"]
    assert (policy.parameters[1].at_least, policy.parameters[1].at_most) == (0, Fraction(120_000))
    text = policy_to_text(policy)
    assert '"S+" = { en = "S+" }' in text
    assert "at_most = 120_000" in text
    assert policy_from_text(text) == policy
