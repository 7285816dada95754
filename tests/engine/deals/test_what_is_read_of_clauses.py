"""What is read of a clause without any fact, and what each other value of it makes of that.

Who pays, who earns, what is counted, whom it names, what only facts decide, on which days facts
must end. The table tells it of a clause of each kind, then which of it another value changes.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from duanju.deals import check_policy, find_conditions
from duanju.deals.checks import cuts_of, find_subjects
from duanju.deals.checks.claims import claimed_by
from duanju.deals.clauses import Clause
from duanju.deals.clauses.references import (
    earners_of,
    measures_behind,
    milestones_of,
    payer_of,
    references_of,
)
from duanju.deals.clauses.roles import roles_of
from duanju.deals.clauses.titles import earlier_clauses, earns_by_title
from duanju.deals.clauses.visibility import audiences_of
from duanju.deals.earning import needs_history
from tests.support.full_clauses import FULL, policy_with
from tests.support.full_facts import full_terms
from tests.support.spoiling import spoiled

TABLES = Path(__file__).with_name("read_of_clauses")


def read_of(clause: Clause) -> Mapping[str, str]:
    """Return all that is read of a clause, in words by what it is."""
    terms = full_terms(clause)
    clauses = terms.policy.clauses
    audience = audiences_of(clauses)[clause.id]
    conditions = [own for own in find_conditions(terms.policy) if own.clause_id == clause.id]
    subjects = sorted(find_subjects(terms))
    return {
        "pays": payer_of(clause),
        "earn": ", ".join(sorted(earners_of(clause))),
        "roles": ", ".join(roles_of(clause)),
        "milestones": ", ".join(milestones_of(clause)),
        "measures": ", ".join(sorted(measures_behind(clause, clauses))),
        "claims": ", ".join(own.measure for own in claimed_by(clause)),
        "names": ", ".join(f"{own.clause_id} at {own.path}" for own in references_of(clause)),
        "seen by": "all" if audience is None else ", ".join(sorted(audience)),
        "by title": str(earns_by_title(clause, earlier_clauses(clauses, clause.id))),
        "looks back": str(needs_history(clause)),
        "facts end on": ", ".join(str(day) for day in cuts_of(terms)),
        "counts": "; ".join(
            f"{own.payer.role} {own.measure} {own.title_id} {own.currency}".rstrip()
            for own in subjects
        ),
        "facts decide": "; ".join(
            f"{own.code} {' '.join(f'{name}={word}' for name, word in own.params.items())}"
            for own in conditions
        ),
    }


def told_of(clause: Clause) -> Iterator[str]:
    """Yield a line for each thing that is read, then one for each that another value changes."""
    usual = read_of(clause)
    yield from (f"{name}: {said}".rstrip() for name, said in usual.items())
    yield ""
    for path, words, changed in spoiled(clause):
        if check_policy(policy_with(changed)):
            continue
        for name, said in read_of(changed).items():
            if said != usual[name]:
                yield f"{path}: {words}: {name}: {said}".rstrip()


@pytest.mark.parametrize("clause", FULL, ids=lambda own: own.id)
def test_what_is_read_of_a_clause(clause: Clause) -> None:
    table = TABLES / f"{clause.id}.txt"
    assert list(told_of(clause)) == table.read_text("utf-8").splitlines()


def write_tables() -> None:
    """Write the tables anew, to be read before they are kept."""
    for clause in FULL:
        (TABLES / f"{clause.id}.txt").write_text("\n".join(told_of(clause)) + "\n", "utf-8")
