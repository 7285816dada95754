"""Each golden case, worked by hand in its README, comes out to the fen."""

from pathlib import Path

import pytest

from duanju.adapters.documents import find_cases, load_policies, run_case

HERE = Path(__file__).parent
POLICIES = load_policies(HERE.parents[1] / "policies")
CASES = find_cases(HERE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_comes_out_as_worked_by_hand(case: Path) -> None:
    result = run_case(case, policies=POLICIES)
    assert result.problems == ()
    assert result.mismatches == ()
    assert result.rows > 0


def test_every_case_is_worked_by_hand() -> None:
    folders = {
        path for path in HERE.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))
    }
    assert folders == set(CASES)
    assert [case.name for case in CASES if not (case / "README.md").exists()] == []
