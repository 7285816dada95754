"""`duanju settle --lake`: one settlement, byte by byte, whichever engine adds it up."""

import csv
import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.repository import ROOT
from tests.support.settled_lakes import a_lake_to_settle, bytes_of, settle_lake

KILLS = 12
FACTS = """\
month,title_id,measure,quantity,unit,currency,channel
2026-09,1,unlock_income,10000,minor,CNY,wechat_android
"""


def test_plain_python_settles_what_duckdb_settles(tmp_path: Path) -> None:
    a_lake_to_settle(tmp_path, 1)
    for engine in ("duckdb", "plain"):
        result = settle_lake(tmp_path, "--engine", engine, out=engine)
        assert result.exit_code == 0, result.output
    own = bytes_of(tmp_path / "duckdb")
    assert own == bytes_of(tmp_path / "plain")
    assert {"ledger.csv", "partial-sums.csv"} < set(own)
    rows = list(csv.DictReader(io.StringIO(own["partial-sums.csv"].decode())))
    assert {row["title_id"] for row in rows} == {"1", "2", "3"}
    assert {row["currency"] for row in rows} == {"CNY", "USD", ""}
    assert max(int(row["amount_minor"]) for row in rows) > 2**63
    assert {row["starts_on"] for row in rows} == {"2026-08-15", "2026-09-01"}


@pytest.mark.cluster
@pytest.mark.xdist_group("cluster")
def test_cluster_settles_the_same_bytes(tmp_path: Path, spark) -> None:
    lake = a_lake_to_settle(tmp_path, 2)
    cluster = ["--engine", "spark", "--master", spark.sparkContext.master]
    elsewhere = shutil.copytree(lake, tmp_path / "storage")
    for engine in ("duckdb", "plain"):
        assert settle_lake(tmp_path, "--engine", engine, out=engine).exit_code == 0
    changed, missing = sorted((lake / "partials").glob("*/*.parquet"))[:2]
    changed.write_bytes(changed.read_bytes() + b"\0")
    result = settle_lake(tmp_path, *cluster, out="no")
    assert result.exit_code == 3
    assert f"{changed}: The file does not have the bytes that were sealed." in result.stderr
    missing.unlink()
    result = settle_lake(tmp_path, *cluster, out="no")
    assert result.exit_code == 3
    assert f"{missing}: The manifest lists this file, and it is not there." in result.stderr
    assert not (tmp_path / "no").exists()

    result = settle_lake(tmp_path, *cluster, "--files", f"file://{elsewhere}", out="spark")
    assert result.exit_code == 0, result.output
    own = bytes_of(tmp_path / "duckdb")
    assert own == bytes_of(tmp_path / "plain") == bytes_of(tmp_path / "spark")


def test_facts_of_files_are_settled_with_the_lake(tmp_path: Path) -> None:
    a_lake_to_settle(tmp_path, 3)
    (tmp_path / "facts.csv").write_text(FACTS, "utf-8")
    alone = settle_lake(tmp_path, out="alone")
    both = settle_lake(tmp_path, "--facts", str(tmp_path / "facts.csv"), out="both")
    assert both.exit_code == 0, both.output
    own, more = bytes_of(tmp_path / "alone"), bytes_of(tmp_path / "both")
    assert own["partial-sums.csv"] == more["partial-sums.csv"]
    assert b"wechat_android" not in own["statement-2026-09-unlocks-lanxi.csv"]
    assert b"wechat_android" in more["statement-2026-09-unlocks-lanxi.csv"]
    assert alone.stdout != both.stdout


def test_lake_of_which_nothing_is_sealed_is_refused(tmp_path: Path) -> None:
    lake = a_lake_to_settle(tmp_path, 4)
    shutil.rmtree(lake)
    lake.mkdir()
    result = settle_lake(tmp_path, out="out")
    assert result.exit_code == 3
    assert result.stderr.startswith(f"{lake}: Nothing is sealed in this lake")
    assert list(lake.iterdir()) == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("engine", ["duckdb", "plain"])
def test_file_that_is_not_as_it_was_sealed_is_refused(tmp_path: Path, engine: str) -> None:
    lake = a_lake_to_settle(tmp_path, 5)
    cut, gone, *_ = sorted(lake.glob("partials/*/*.parquet"))
    cut.write_bytes(cut.read_bytes()[:-1])
    gone.unlink()
    result = settle_lake(tmp_path, "--engine", engine, "--lang", "zh-Hans", out="out")
    assert result.exit_code == 3
    said = result.stderr.splitlines()[::2]
    assert f"{cut.relative_to(lake)}: 文件内容与封存时不同。" in said
    assert f"{gone.relative_to(lake)}: 清单列有此文件，但文件不存在。" in said
    assert len(said) == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.parametrize("place", ["127.0.0.1:1", "127.0.0.1:1,[::1]:1", "127.0.0.1", ":99999"])
def test_master_that_does_not_answer_is_named(tmp_path: Path, place: str) -> None:
    a_lake_to_settle(tmp_path, 6)
    master = f"spark://{place}"
    result = settle_lake(tmp_path, "--engine", "spark", "--master", master, out="out")
    assert result.exit_code == 3
    assert f"No master of Spark answers at {master}." in result.stderr


@pytest.mark.parametrize(
    ("module", "sentence"),
    [(None, "the package pyspark is not installed"), ("pyspark", "there is no Java")],
)
def test_what_spark_needs_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str | None, sentence: str
) -> None:
    a_lake_to_settle(tmp_path, 7)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "no-java"))
    if module is None:
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    result = settle_lake(tmp_path, "--engine", "spark", "--master", "yarn", out="out")
    assert result.exit_code == 3
    assert sentence in result.stderr


def test_settling_that_is_killed_leaves_whole_files_and_is_finished_by_the_next(
    tmp_path: Path,
) -> None:
    a_lake_to_settle(tmp_path, 8)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.support.killed_settling", str(tmp_path), "8", str(KILLS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert ran.stdout.split() == [str(KILLS), "0"]
    result = settle_lake(tmp_path, out="killed")
    assert result.exit_code == 0, result.output
    assert bytes_of(tmp_path / "killed") == bytes_of(tmp_path / "whole")


def test_fact_that_file_and_lake_tell_differently_is_refused(tmp_path: Path) -> None:
    a_lake_to_settle(tmp_path, 9)
    assert settle_lake(tmp_path, out="alone").exit_code == 0
    told = (tmp_path / "alone" / "partial-sums.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(told)))
    (row,) = [
        row
        for row in rows
        if (row["starts_on"], row["title_id"], row["channel"], row["kind"])
        == ("2026-09-01", "3", "web", "unlock")
    ]
    head, _example = FACTS.splitlines()
    for more, exit_code in ((0, 0), (1, 1)):
        quantity = int(row["amount_minor"]) + more
        line = f"2026-09,3,unlock_income,{quantity},minor,USD,web"
        (tmp_path / "facts.csv").write_text(f"{head}\n{line}\n", "utf-8")
        result = settle_lake(tmp_path, "--facts", str(tmp_path / "facts.csv"), out=str(more))
        assert result.exit_code == exit_code, result.output
    assert bytes_of(tmp_path / "0") == bytes_of(tmp_path / "alone")
    assert "statement-2026-09-dollars-lanxi.csv" not in bytes_of(tmp_path / "1")
    assert "unlock_income of title 3 in 2026-09-01/2026-10-01 is given twice" in result.stderr
