"""`serve` as a person starts it: one program that starts others, says where to look, and leaves
nothing behind.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands.conftest import POLICIES

PROGRAM = [sys.executable, "-m", "policy_tracker"]
SECONDS = 90


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(folder: Path, port: int, **more: str) -> Iterator[subprocess.Popen[str]]:
    """The program from its start; what it started is ended in any case."""
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith("POLICY_TRACKER_")
        },
        "POLICY_TRACKER_DATA_DIR": str(folder / "var"),
        "POLICY_TRACKER_POLICIES_DIR": str(POLICIES),
        **more,
    }
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--port", str(port)],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()  # the children end by themselves: their standard input ends
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
        log.close()


def line(process: subprocess.Popen[str]) -> str:
    """The next line of its stdout; waits for it."""
    assert process.stdout is not None
    return process.stdout.readline()


def descendants(pid: int) -> list[int]:
    """Everything that a process started, and what that started."""
    children: list[int] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid:
            children.append(int(stat.parent.name))
    return children + [one for child in children for one in descendants(child)]


def wait_for_end(pids: list[int]) -> None:
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        ended, _, _ = select.select([handle], [], [], SECONDS)
        os.close(handle)
        assert ended, f"process {pid} is still there"


def get(port: int, path: str) -> dict:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return json.load(answer)


def test_serves_and_stops_without_leftovers(tmp_path: Path, port: int) -> None:
    with serving(tmp_path, port) as process:
        assert line(process) == f"Policy Tracker is at http://127.0.0.1:{port}\n"
        assert (tmp_path / "var" / "staff-token").read_text().strip() in line(process)
        assert get(port, "/health/ready")["ready"] is True
        answer = get(port, "/v1/codes/0691T?as_of=2025-09-25")
        assert answer["policies"][0]["positions"] == ["experimental_investigational"]
        started = descendants(process.pid)
        assert len(started) >= 3  # web server with its worker, scheduler
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
        wait_for_end(started)
    with serving(tmp_path, port) as again:
        assert line(again) == f"Policy Tracker is at http://127.0.0.1:{port}\n"
        again.send_signal(signal.SIGINT)
        assert again.wait(SECONDS) == 0
        assert again.stdout is not None
        assert again.stdout.read() == ""  # the token is told once
    assert "nothing new" in (tmp_path / "log").read_text()
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_a_child_that_is_killed_is_started_again_and_all_end_with_their_parent(
    tmp_path: Path, port: int
) -> None:
    with serving(tmp_path, port, POLICY_TRACKER_STAFF_TOKEN="a token for this test") as process:
        assert line(process).startswith("Policy Tracker is at")
        first = descendants(process.pid)
        scheduler = next(
            pid for pid in first if b"\0scheduler\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
        )
        os.kill(scheduler, signal.SIGKILL)
        wait_for_end([scheduler])
        while not (new := [pid for pid in descendants(process.pid) if pid not in first]):
            get(port, "/health")
        everything = descendants(process.pid)
        assert new
        process.kill()
        process.wait()
        wait_for_end(everything)
    assert (
        "The scheduler ended with signal SIGKILL; it is started again in 1 s."
        in (tmp_path / "log").read_text()
    )


def test_a_port_that_is_taken_is_said_to_be(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(tmp_path, port) as process:
            assert process.wait(SECONDS) == 1
    assert (tmp_path / "log").read_text() == (
        f"Error: 127.0.0.1:{port} is in use by another program; choose another port with --port.\n"
    )
    assert not (tmp_path / "var").exists()


def test_help_is_quick_and_imports_nothing_heavy() -> None:
    program = (
        "import sys; sys.argv = ['policy-tracker', 'token', '--help']\nfrom "
        "policy_tracker.cli import app\n"
    )
    program += "try: app()\nexcept SystemExit: pass\n"
    program += (
        "print(sorted({'fastapi', 'sqlalchemy', 'sqlmodel', 'numpy', 'granian'} & "
        "set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
