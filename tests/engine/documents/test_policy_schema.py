"""The published schema and reference are what the tables read, and accept what they accept."""

import json
import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from duanju.adapters.documents import (
    clause_from_data,
    clause_reference,
    clause_to_data,
    policy_from_text,
    policy_schema,
)
from duanju.adapters.documents.policy_examples import example_policy, example_texts
from duanju.adapters.documents.policy_tables import CLAUSE_TABLES
from duanju.cli.policies import policies as command
from duanju.deals.clauses import Clause
from duanju.deals.measures import MEASURES
from tests.support.generated_terms import clauses_of_every_kind
from tests.support.json_schema import find_faults

ROOT = Path(__file__).parents[3]
REFERENCE = ROOT / "docs" / "reference"
POLICIES = sorted((ROOT / "policies").glob("*.toml"))
SCHEMA = policy_schema()
DIRECTIVE = "#:schema ../docs/reference/policy.schema.json\n"


def as_json(data: Any) -> Any:
    """Return data of TOML as an editor checks it against a schema: days are text."""
    return json.loads(json.dumps(data, default=str))


def clause_in(text: str) -> dict[str, Any]:
    """Return the one clause of a text, its numbers exact."""
    clause: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)["clause"][0]
    return clause


def faults_of(text: str) -> list[str]:
    """Return the faults that an editor would mark in a policy's text."""
    return find_faults(as_json(tomllib.loads(text)), SCHEMA, SCHEMA)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["schema"], "policy.schema.json"),
        (["reference"], "clauses.md"),
        (["reference", "--lang", "zh-Hans"], "../zh/clauses.md"),
    ],
)
def test_committed_file_is_what_the_command_prints(words: list[str], name: str) -> None:
    printed = CliRunner().invoke(command, words)
    assert printed.exit_code == 0
    assert (REFERENCE / name).read_text("utf-8") == printed.output, (
        f"run: duanju policies {' '.join(words)}"
    )


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_published_policy_names_the_schema_and_keeps_it(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith(DIRECTIVE)
    assert faults_of(text) == []


def test_examples_are_one_good_policy_of_every_kind() -> None:
    policy = policy_from_text(example_policy())
    assert [clause.kind for clause in policy.clauses] == list(CLAUSE_TABLES)
    assert list(example_texts()) == list(CLAUSE_TABLES)
    assert faults_of(example_policy()) == []


@given(clauses_of_every_kind())
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_schema_accepts_whatever_is_written(clause: Clause) -> None:
    data = as_json(clause_to_data(clause))
    assert find_faults(data, SCHEMA["$defs"][clause.kind], SCHEMA) == []


@pytest.mark.parametrize(
    "slip",
    [
        {"amount": True},
        {"amount": {"option": 1}},
        {"amount": "many"},
        {"instalment": [{"milestone": "signing"}]},
        {"instalment": [{"milestone": "Signing!", "share": 1}]},
        {"scope": "studio"},
        {"colour": "red"},
        {"title": {}},
        {"payer": 3},
        {"when": [{"kind": "full_moon"}]},
        {"when": [{"kind": "from_day"}]},
        {"clawback": {"milestone": "cancelled", "share": 1, "rate": 1}},
        {"kind": "lottery"},
    ],
    ids=str,
)
def test_what_the_tables_refuse_the_schema_refuses(slip: Mapping[str, Any]) -> None:
    fee = clause_in(example_texts()["fee"]) | slip
    assert isinstance(clause_from_data(fee), tuple)
    assert find_faults(as_json(fee), SCHEMA["$defs"]["clause"], SCHEMA) != []


def test_threshold_is_written_once() -> None:
    rate = as_json(clause_in(example_texts()["tiered_rate"]))
    for tier in ({"rate": 1}, {"rate": 1, "above": 0, "from": 0}):
        wrong = rate | {"tier": [tier]}
        problems = clause_from_data(wrong)
        assert isinstance(problems, tuple)
        assert [own.code for own in problems] == ["documents.not-one-threshold"]
        assert find_faults(wrong, SCHEMA["$defs"]["clause"], SCHEMA) != []


def test_reference_tells_of_every_kind_and_measure() -> None:
    page = clause_reference()
    for kind in CLAUSE_TABLES:
        assert f'kind = "{kind}"' in page
    assert set(MEASURES) <= set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    shown = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    for text in shown:
        assert not isinstance(clause_from_data(clause_in(text)), tuple)
