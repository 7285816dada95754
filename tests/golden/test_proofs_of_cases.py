"""Every line of every case proves itself, and is said in both languages."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from duanju.adapters.documents import find_cases, load_policies, read_deals, read_facts
from duanju.adapters.prose import explain_proof
from duanju.kernel import Month, ProofStep
from duanju.workflows import settle_facts
from tests.support.proofs import recompute

HERE = Path(__file__).parent
POLICIES = load_policies(HERE.parents[1] / "policies")


def proofs_of(case: Path) -> Iterator[ProofStep]:
    """Yield the proof of every line of the last month's statements, of all months at once."""
    step = tomllib.loads((case / "case.toml").read_text("utf-8"))["settle"][-1]
    known = {**POLICIES, **load_policies(case / "policies")}
    deals = read_deals(case / step.get("deals", "deals.toml"), policies=known)
    settlement = settle_facts(
        contracts=deals.contracts,
        facts=read_facts(case / step["facts"]),
        posted=(),
        period=Month.parse(step["period"]),
    )
    for statement in settlement.statements:
        yield from (line.proof for line in statement.lines)


def steps_of(proof: ProofStep) -> Iterator[ProofStep]:
    """Yield a step and all beneath it."""
    yield proof
    for inner in proof.steps:
        yield from steps_of(inner)


@pytest.mark.parametrize("case", find_cases(HERE), ids=lambda case: case.name)
def test_lines_prove_themselves(case: Path) -> None:
    proofs = list(proofs_of(case))
    assert proofs
    for proof in proofs:
        recompute(proof)
        for language in ("en", "zh-Hans"):
            said = explain_proof(proof, language=language)
            assert len(said) >= sum(1 for _ in steps_of(proof))
            assert [line for line in said if "{" in line or "}" in line] == []
