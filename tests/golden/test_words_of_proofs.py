"""The words of proofs are published: each step's code, its formulas, its inputs and its unit.

Whoever reads a statement's proof by machine relies on them, so none is renamed by accident. They
are gathered from every golden case and from a clause of each kind in which everything is said.
"""

from collections.abc import Iterator

from duanju.adapters.documents import find_cases
from duanju.adapters.prose.steps import STEP_SENTENCES
from duanju.deals import check_policy, check_terms, entitle
from duanju.kernel import ProblemsFound, ProofStep
from tests.golden.test_proofs_of_cases import HERE, proofs_of, steps_of
from tests.support.full_clauses import FULL, policy_with
from tests.support.full_facts import FACTS, NEW_YEAR, full_terms
from tests.support.spoiling import spoiled

TABLE = HERE.parents[1] / "docs" / "reference" / "proofs.md"
HEAD = """\
# Proofs

Every amount carries a proof: a tree of steps, which statements carry as JSON. \
A step has a code, a formula over its inputs and over the steps beneath it, a result and a unit; \
`sum(code)` adds up the results of those steps beneath whose code that is. Numbers are exact, in \
minor units unless the unit says otherwise. Inputs that no formula names are words that explain.

Gathered from the golden cases and from a clause of every kind. A code, an input or a formula that \
stands here keeps its meaning.
"""


def all_proofs() -> Iterator[ProofStep]:
    """Yield every proof of the golden cases, and of every clause, in every reading."""
    for case in find_cases(HERE):
        yield from proofs_of(case)
    for clause in FULL:
        # of numbers, one other is enough; readings are words
        readings = (own for _, words, own in spoiled(clause) if words[0] not in "-0234")
        for changed in (clause, *readings):
            if check_policy(policy_with(changed)) or check_terms(full_terms(changed)):
                continue
            try:
                earned = entitle(terms=full_terms(changed), facts=FACTS, as_of=NEW_YEAR)
            except ProblemsFound:
                continue
            yield from (own.proof for own in earned)


def told_of_steps() -> Iterator[str]:
    """Yield the lines of the page."""
    found: dict[str, tuple[set[str], set[str], set[str]]] = {}
    for proof in all_proofs():
        for step in steps_of(proof):
            formulas, inputs, units = found.setdefault(step.code, (set(), set(), set()))
            formulas.add(step.formula)
            inputs.update(step.inputs)
            units.add(step.unit)
    yield from HEAD.splitlines()
    for code in sorted(found):
        formulas, inputs, units = found[code]
        said = STEP_SENTENCES["en"].get(code, {})
        yield ""
        yield f"## `{code}`"
        yield ""
        yield from (f"- {own}" for own in dict.fromkeys(said.values()))
        yield f"- Unit: {', '.join(f'`{own}`' for own in sorted(units))}"
        yield f"- Inputs: {', '.join(f'`{own}`' for own in sorted(inputs)) or 'none'}"
        yield from (f"- `{own}`" for own in sorted(formulas))


def test_words_of_proofs_are_as_published() -> None:
    assert list(told_of_steps()) == TABLE.read_text("utf-8").splitlines()


def write_tables() -> None:
    """Write the page anew, to be read before it is kept."""
    TABLE.write_text("\n".join(told_of_steps()) + "\n", "utf-8")
