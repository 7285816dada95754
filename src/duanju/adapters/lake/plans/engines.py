"""Engines by their names, opened for one lake; what keeps one from opening is a problem."""

import importlib.util
import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import duckdb

from duanju.adapters.lake import tables
from duanju.adapters.lake.manifest import Part
from duanju.adapters.lake.plans.duckdb_plans import run_on_duckdb
from duanju.adapters.lake.plans.files import UnfitFile
from duanju.adapters.lake.plans.plain_plans import run_plainly
from duanju.adapters.lake.plans.plan import Plan
from duanju.adapters.lake.plans.result import InexactResult, Result
from duanju.adapters.lake.plans.sealed import Engine
from duanju.adapters.lake.plans.spark_plans import InexactSession, run_on_spark, spark_session
from duanju.adapters.lake.verification import find_changed_files
from duanju.kernel import Problem, ProblemsFound, Where

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EngineName = Literal["duckdb", "spark", "plain"]
ENGINE_NAMES: tuple[EngineName, ...] = ("duckdb", "spark", "plain")

ENGINE_FAILED = "lake.engine-failed"
CHANGED_FILE, MISSING_FILE = "lake.changed-file", "lake.missing-file"
CONNECT_SECONDS_MAX = 5.0
REASON_CHARACTERS_MAX = 300
_Run = Callable[[duckdb.DuckDBPyConnection, Plan], Result]


class LocalEngine:
    """DuckDB or plain Python, within this process, over a lake's own folder."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, *, folder: Path, run: _Run) -> None:
        """Open nothing yet."""
        self._cursor = cursor
        self._folder = folder
        self._run = run

    def address(self, file: str) -> str:
        """Return the path of a file of the lake."""
        return str(self._folder / file)

    def find_changed_files(self, parts: Sequence[Part]) -> tuple[Problem, ...]:
        """Return each file that is missing or has other bytes than were sealed."""
        return tuple(find_changed_files(self._folder, parts))

    def run(self, plan: Plan) -> Result:
        """Return what a plan comes to.

        Raises:
            ProblemsFound: A file does not fit, or a sum is too large.
        """
        try:
            return self._run(self._cursor, plan)
        except (UnfitFile, InexactResult, duckdb.Error) as error:
            raise _failed(error) from None


class SparkEngine:
    """A session on a cluster, over a lake's folder or over the same files elsewhere.

    Args:
        session: Open, with `EXACT_SETTINGS`.
        prefix: What stands in front of the path of a file below the lake: `s3a://bucket/lake`.
    """

    def __init__(self, session: "SparkSession", *, prefix: str) -> None:
        """Ask nothing yet."""
        self._session = session
        self._prefix = prefix.rstrip("/")

    def address(self, file: str) -> str:
        """Return the address of a file as executors read it."""
        return f"{self._prefix}/{file}"

    def find_changed_files(self, parts: Sequence[Part]) -> tuple[Problem, ...]:
        """Let the executors hash each file, so that what they read is what was sealed."""
        from pyspark.errors import PySparkException

        addresses = {self.address(part.contents.file): part for part in parts}
        try:
            found = self._hashes(list(addresses))
        except PySparkException as error:
            if error.getCondition() != "PATH_NOT_FOUND":
                raise _failed(error) from None
            named = (error.getMessageParameters() or {}).get("path", "")
            return (Problem(MISSING_FILE, Where(file=named)),)
        return tuple(
            Problem(CHANGED_FILE, Where(file=address))
            for address, part in addresses.items()
            if found.get(part.contents.file) != part.contents.sha256
        )

    def run(self, plan: Plan) -> Result:
        """Return what a plan comes to.

        Raises:
            ProblemsFound: The cluster ends the job, or a sum is too large.
        """
        with _spark_problems():
            return run_on_spark(self._session, plan)

    def _hashes(self, addresses: list[str]) -> dict[str, str]:
        """Return the SHA-256 of files by their paths below the lake."""
        files = self._session.read.format("binaryFile").load(addresses)
        rows = files.selectExpr("path", "sha2(content, 256) AS sha256").collect()
        # Spark writes an address in full, `file:/…` or with the host; a lake's paths end it.
        return {"/".join(row["path"].rsplit("/", 3)[1:]): row["sha256"] for row in rows}


@contextmanager
def opened_engine(
    name: EngineName,
    *,
    folder: Path,
    master: str = "",
    prefix: str = "",
    settings: Mapping[str, str] | None = None,
) -> Iterator[Engine]:
    """Open an engine over a lake for the length of a block.

    Args:
        name: Which.
        folder: The lake's.
        master: For Spark: its cluster.
        prefix: For Spark: where the cluster finds the lake's files; else it reads `folder`.
        settings: For Spark: more of its settings.

    Raises:
        ProblemsFound: What the engine needs is not there.
    """
    if name == "spark":
        _require_spark(master)
        with _spark_problems(), spark_session(master, settings=settings) as session:
            yield SparkEngine(session, prefix=prefix or str(folder.resolve()))
        return
    run = run_on_duckdb if name == "duckdb" else run_plainly
    with ExitStack() as stack:
        spill = stack.enter_context(TemporaryDirectory(prefix="duanju-spill-"))
        engine = tables.Engine(spill=Path(spill), memory_limit="1GB", threads=os.cpu_count() or 1)
        yield LocalEngine(stack.enter_context(engine.cursor()), folder=folder, run=run)


@contextmanager
def _spark_problems() -> Iterator[None]:
    """Turn what Spark says into a problem."""
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, InexactResult, InexactSession) as error:
        raise _failed(error) from None


def _require_spark(master: str) -> None:
    """Look before Spark does: it would try a master for a minute, and Java's absence is cryptic."""
    if importlib.util.find_spec("pyspark") is None:
        raise ProblemsFound((Problem("lake.no-pyspark"),))
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=f"{home}/bin" if home else None) is None:
        raise ProblemsFound((Problem("lake.no-java"),))
    if master.startswith("spark://") and not any(map(_answers, master[8:].split(","))):
        raise ProblemsFound((Problem("lake.no-master", params={"master": master}),))


def _answers(place: str) -> bool:
    host, _, port = place.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS_MAX):
            return True
    except (OSError, ValueError, OverflowError):
        return False


def _failed(error: Exception) -> ProblemsFound:
    first_line = (str(error).strip().splitlines() or [type(error).__name__])[0]
    reason = first_line[:REASON_CHARACTERS_MAX]
    return ProblemsFound((Problem(ENGINE_FAILED, params={"reason": reason}),))
