"""Engines touch no network at all; a cluster's driver talks to this machine alone."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.spark_cluster import DRIVER_SETTINGS, LOOPBACK, running_spark_cluster

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(autouse=True)
def _no_sockets(request: pytest.FixtureRequest) -> None:
    """Refuse every socket, but those of tests on a cluster."""
    on_cluster = request.node.get_closest_marker("cluster") is not None
    request.getfixturevalue("socket_enabled" if on_cluster else "socket_disabled")


@pytest.fixture(scope="session")
def spark_master() -> Iterator[str]:
    """Start the one cluster of this run; give its master's URL."""
    with running_spark_cluster() as master:
        yield master


@pytest.fixture(scope="session")
def spark(spark_master: str) -> "Iterator[SparkSession]":
    """Open the one session of this run on the cluster."""
    from duanju.adapters.lake.plans import spark_session

    with pytest.MonkeyPatch.context() as patched:
        for name in [name for name in os.environ if name.startswith("SPARK_")]:
            patched.delenv(name)
        patched.setenv("SPARK_LOCAL_IP", LOOPBACK)
        with spark_session(spark_master, settings=DRIVER_SETTINGS) as session:
            yield session
