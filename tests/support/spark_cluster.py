"""A Spark cluster on loopback that lives as long as a test run: a master and two workers."""

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

LOOPBACK = "127.0.0.1"
WORKERS = 2
ATTEMPTS_MAX = 3000
ATTEMPT_PAUSE_S = 0.1
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto"
"""Java compiles little and collects with one thread: most of a short run is warming up."""
DRIVER_SETTINGS = {
    "spark.driver.host": LOOPBACK,
    "spark.driver.bindAddress": LOOPBACK,
    "spark.driver.memory": "512m",
    "spark.driver.extraJavaOptions": QUICK_START,
    "spark.executor.memory": "512m",
    "spark.executor.extraJavaOptions": QUICK_START,
    "spark.scheduler.maxRegisteredResourcesWaitingTime": "300s",
    "spark.scheduler.minRegisteredResourcesRatio": "1.0",
    "spark.cores.max": str(WORKERS),
    "spark.sql.shuffle.partitions": str(WORKERS),
    "spark.pyspark.python": "/no/python/on/workers",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


class NoSpark(RuntimeError):
    """The cluster did not start, or the machine has no Java."""

    code = "tests.no-spark"


@contextmanager
def running_spark_cluster() -> Iterator[str]:
    """Start a master and two workers of one core each, yield the master's URL, always stop them.

    Each is a process of its own from the package pyspark, heard on loopback only. They end when
    this process ends, however that is.

    Raises:
        NoSpark: There is no Java, or the workers did not report in time.
    """
    if shutil.which("java") is None:
        raise NoSpark("install Debian's package `openjdk-17-jre-headless`, or run `make test`")
    port, page, *worker_pages = _free_ports(2 + WORKERS)
    master = f"spark://{LOOPBACK}:{port}"
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="duanju-spark-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        role = ["master.Master", "--host", LOOPBACK, "--port", port, "--webui-port", page]
        processes = [_start(stack, folder, "master", role)]
        _wait_for(lambda: _alive_workers(page) is not None, processes, folder)
        for number, own_page in enumerate(worker_pages):
            size = ["--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work-{number}")]
            role = ["worker.Worker", "--host", LOOPBACK, "--webui-port", own_page, *size, master]
            processes.append(_start(stack, folder, f"worker-{number}", role))
        _wait_for(lambda: _alive_workers(page) == WORKERS, processes, folder)
        yield master


def _start(
    stack: ExitStack, folder: Path, name: str, role: Sequence[str | int]
) -> "subprocess.Popen[bytes]":
    import pyspark

    home = Path(pyspark.__file__).parent
    main, *arguments = [str(word) for word in role]
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{main}", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=_environment(home),
            preexec_fn=_end_with_parent,  # noqa: PLW1509
        )
    stack.callback(_stop, process)
    return process


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SPARK_")}
    own = {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": QUICK_START,
        "SPARK_NO_DAEMONIZE": "1",
    }
    return kept | own


def _wait_for(
    is_so: Callable[[], bool], processes: Sequence["subprocess.Popen[bytes]"], folder: Path
) -> None:
    for _attempt in range(ATTEMPTS_MAX):
        if is_so():
            return
        if any(process.poll() is not None for process in processes):
            break
        time.sleep(ATTEMPT_PAUSE_S)
    logs = "\n".join(log.read_text(errors="replace")[-3000:] for log in folder.glob("*.log"))
    raise NoSpark(f"the cluster did not start:\n{logs}")


def _alive_workers(page: int) -> int | None:
    """Ask the master how many workers it has; None while it does not answer."""
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{page}/json/", timeout=5) as answer:
            return int(json.load(answer)["aliveworkers"])
    except (OSError, ValueError):
        return None


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return [each.getsockname()[1] for each in sockets]


def _end_with_parent() -> None:
    """Ask Linux to stop the process when this one is gone, even killed."""
    set_death_signal = 1
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGTERM)
