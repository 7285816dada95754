"""A table of corrections is told whole or not at all, and told again changes nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duanju.adapters.lake.correction_files import PROBLEMS_MAX, read_corrections
from duanju.cli.command import main
from duanju.cli.problems import EXIT_BAD_FILES
from duanju.kernel import ProblemsFound
from tests.support.corrections import a_correction
from tests.support.events import an_unlock
from tests.support.lakes import YEAR, a_lake, a_sealed_lake

BOUGHT, OTHER = (an_unlock(seed=n, amount_minor=100 * n, after_s=n) for n in (1, 2))
NOBODY = an_unlock(seed=3, amount_minor=7)
HEAD = "reason,id,corrects,kind"
REFUND, MARK, LATE = (
    a_correction(event, kind=kind, seed=number)
    for number, (event, kind) in enumerate(
        [(BOUGHT, "reversal"), (OTHER, "mark"), (NOBODY, "reversal")]
    )
)


def a_table(folder: Path, *lines: str, head: str = HEAD) -> Path:
    path = folder / "refunds.csv"
    path.write_bytes("\r\n".join([head, *lines, ""]).encode("utf-8-sig"))
    return path


def row(own, **changes: str) -> str:
    told = {"reason": '"a, b"', "id": own.id, "corrects": own.corrects, "kind": own.kind} | changes
    return ",".join(told.values())


def tell(folder: Path, path: Path, language: str = "en") -> Result:
    command = ["lake", "correct", "--lake", str(folder / "lake"), str(path), "--lang", language]
    return CliRunner().invoke(main, command)


def left(folder: Path) -> int:
    return sum(own.amount_minor for own in a_lake(folder).measure(period=YEAR))


def test_a_table_is_told_once(tmp_path: Path) -> None:
    a_sealed_lake(tmp_path, [BOUGHT, OTHER])
    path = a_table(tmp_path, row(REFUND), row(LATE), "", row(MARK))
    told, again = tell(tmp_path, path), tell(tmp_path, path, "zh-Hans")
    assert told.output == "3 corrections told for the first time, 1 wait for their events\n"
    assert again.output == "首次告知 0 条更正，1 条在等待其事件\n"
    assert left(tmp_path) == 0
    (waiting,) = a_lake(tmp_path).waiting_corrections()
    assert (waiting.id, waiting.reason) == (LATE.id, "a, b")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "refund"}, "refunds.csv:3"),
        ({"id": "7"}, "refunds.csv:3"),
        ({"corrects": ""}, "refunds.csv:3"),
        ({"reason": ""}, "refunds.csv:3"),
    ],
    ids=["kind", "id", "corrects", "reason"],
)
def test_with_a_wrong_row_nothing_is_told(tmp_path: Path, wrong: dict[str, str], said: str) -> None:
    a_sealed_lake(tmp_path, [BOUGHT, OTHER])
    refused = tell(tmp_path, a_table(tmp_path, row(REFUND), row(MARK, **wrong)))
    assert refused.exit_code == EXIT_BAD_FILES
    assert said in refused.output
    assert left(tmp_path) == 300


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        read_corrections(a_table(tmp_path, head="id,kind"), received_at_us=1)
    assert [(own.code, own.params) for own in found.value.problems] == [
        ("documents.missing-column", {"column": "corrects"}),
        ("documents.missing-column", {"column": "reason"}),
    ]


def test_only_so_many_problems_are_told(tmp_path: Path) -> None:
    path = a_table(tmp_path, *[row(REFUND, kind="no")] * (PROBLEMS_MAX + 5))
    with pytest.raises(ProblemsFound) as found:
        read_corrections(path, received_at_us=1)
    assert len(found.value.problems) == PROBLEMS_MAX
