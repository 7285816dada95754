"""One command starts everything, and leaves nothing behind."""

import os
import signal
import urllib.request
from pathlib import Path

import pytest

from tests.support.live_site import a_running_site, processes_in, site_environment


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for the tests of this module, one after the other."""
    return tmp_path_factory.mktemp("serving")


@pytest.fixture(scope="module")
def environment(folder: Path, tables: str) -> dict[str, str]:
    """An empty site's environment."""
    return site_environment(folder, like=tables)


def test_ctrl_c_ends_server_collector_worker_and_sealer_and_is_no_failure(
    folder: Path, environment: dict[str, str]
) -> None:
    with a_running_site(folder, environment=environment) as site:
        assert urllib.request.urlopen(f"{site.address}/accounts/login/").status == 200
        assert any("granian" in command for command in processes_in(folder))
        assert any("collector" in command for command in processes_in(folder))
        assert any("manage work" in command for command in processes_in(folder))
        site.process.send_signal(signal.SIGINT)
        assert site.process.wait(20) == 0, site.log()
    assert processes_in(folder) == []


def test_when_one_process_dies_all_end_and_it_is_named(
    folder: Path, environment: dict[str, str]
) -> None:
    with a_running_site(folder, environment=environment) as site:
        port = int(site.address.rsplit(":", 1)[1])
        with pytest.raises(AssertionError, match=f"PORT={port + 1}"):
            site.manage("serve", "--port", str(port))
        os.kill(_process_id("manage\0work", folder), signal.SIGKILL)
        assert site.process.wait(20) != 0
        assert "worker ended by itself" in site.log()
    assert processes_in(folder) == []


def _process_id(word: str, folder: Path) -> int:
    mark = f"DUANJU_DATA={folder}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
            command = (process / "cmdline").read_text()
        except OSError:
            continue
        if mark in environment and word in command and "exec" not in command:
            return int(process.name)
    raise AssertionError(f"no process {word}")
