"""Each value of each kind of clause, put wrong by itself: what is said of it, and where.

The table tells of every value first what is good, then what is refused, with code, place and
parameters. It is read when it changes, line by line.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from duanju.deals import check_policy, find_falling
from duanju.deals.clauses import Clause
from tests.support.full_clauses import FULL, policy_with
from tests.support.spoiling import spoiled

TABLES = Path(__file__).with_name("spoiled_values")


def told_of(clause: Clause) -> Iterator[str]:
    """Yield a line a value for what is good, and one for each thing that is refused."""
    for path, variants in groupby(spoiled(clause), key=lambda own: own[0]):
        good: list[str] = []
        refused: list[str] = []
        for _, words, changed in variants:
            policy = policy_with(changed)
            problems = check_policy(policy)
            if not problems:
                falls = " (can fall)" if clause.id in find_falling(policy) else ""
                good.append(words + falls)
            for own in problems:
                params = ", ".join(f"{name}={value}" for name, value in own.params.items())
                code = own.code.removeprefix("deals.")
                refused.append(f"  {words}: {code} at {own.where.path} ({params})")
        yield f"{path}: {', '.join(good)}".rstrip()
        yield from refused


@pytest.mark.parametrize("clause", FULL, ids=lambda own: own.id)
def test_clause_in_which_everything_is_said_is_good(clause: Clause) -> None:
    assert check_policy(policy_with(clause)) == ()


@pytest.mark.parametrize("clause", FULL, ids=lambda own: own.id)
def test_what_is_said_of_each_value_that_is_put_wrong(clause: Clause) -> None:
    table = TABLES / f"{clause.id}.txt"
    assert list(told_of(clause)) == table.read_text("utf-8").splitlines()


def write_tables() -> None:
    """Write the tables anew, to be read before they are kept."""
    for clause in FULL:
        lines = "\n".join(told_of(clause))
        (TABLES / f"{clause.id}.txt").write_text(lines + "\n", "utf-8")
