"""Children that die are started again, later each time; all are stopped together, and what does not
stop is killed.
"""

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from policy_tracker.commands import supervisor as module
from policy_tracker.commands.supervisor import Child, Supervisor

READY = "import sys\nwith open(sys.argv[1], 'a') as log: log.write('ready\\n')\n"
WAITS = READY + "import signal; signal.pause()"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + WAITS
DIES = READY + "sys.exit(3)"
HAS_A_CHILD = (
    "import subprocess, sys\nchild = subprocess.Popen([sys.executable, '-c', 'import "
    "signal; signal.pause()'])\n"
)
LEAVES_A_CHILD = (
    HAS_A_CHILD + "\nwith open(sys.argv[1], 'a') as log: log.write(f'{child.pid}\\n')\nsys.exit(1)"
)


def child(name: str, program: str, log: Path) -> Child:
    os.mkfifo(log)
    return Child(name, [sys.executable, "-c", program, str(log)])


def line_of(log: Path) -> str:
    """The next line that a child writes; waits for it, because the log is a pipe (which ends empty
    where one writer just leaves).
    """
    line = ""
    while not line:
        with log.open() as file:
            line = file.readline()
    return line


class Clock:
    """A clock that jumps to wherever somebody waits for."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


@contextmanager
def supervised(
    children: list[Child], said: list[str], patience: float = 5.0, **more
) -> Iterator[Supervisor]:
    """A supervisor at work; it has ended when the context has."""
    one = Supervisor(
        children, environment=dict(os.environ), report=said.append, patience=patience, **more
    )
    one.start()
    thread = threading.Thread(target=one.run, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        one.stop()
        thread.join(30)
        assert not thread.is_alive()


def test_stops_every_child_when_told(tmp_path: Path) -> None:
    said: list[str] = []
    children = [child("one", WAITS, tmp_path / "one"), child("two", WAITS, tmp_path / "two")]
    with supervised(children, said):
        for log in ("one", "two"):
            assert line_of(tmp_path / log) == "ready\n"
    assert [c.process.returncode for c in children if c.process] == [
        -signal.SIGTERM,
        -signal.SIGTERM,
    ]
    assert said == []


def test_kills_a_child_that_does_not_stop(tmp_path: Path) -> None:
    said: list[str] = []
    deaf = child("deaf", DEAF, tmp_path / "deaf")
    with supervised([deaf], said, patience=0.2):
        assert line_of(tmp_path / "deaf") == "ready\n"
    assert deaf.process is not None
    assert deaf.process.returncode == -signal.SIGKILL
    assert "did not stop within 0.2 seconds" in said[0]


def test_starts_a_child_again_and_waits_longer_each_time(tmp_path: Path) -> None:
    said: list[str] = []
    with supervised([child("web server", DIES, tmp_path / "log")], said, clock=Clock()):
        for _ in range(3):
            assert line_of(tmp_path / "log") == "ready\n"
    assert said[:2] == [
        "The web server ended with exit code 3; it is started again in 1 s.",
        "The web server ended with exit code 3; it is started again in 2 s.",
    ]


def test_what_a_dead_child_left_behind_is_ended(tmp_path: Path) -> None:
    with supervised([child("leader", LEAVES_A_CHILD, tmp_path / "log")], []):
        left = os.pidfd_open(int(line_of(tmp_path / "log")))
    ended, _, _ = select.select([left], [], [], 30)
    os.close(left)
    assert ended


def test_a_failure_ends_the_run_and_is_kept(tmp_path: Path) -> None:
    with supervised([child("one", WAITS, tmp_path / "one")], []) as one:
        assert line_of(tmp_path / "one") == "ready\n"
        one.fail("The web server did not answer.")
    assert one.failure == "The web server did not answer."


def test_pauses_have_an_upper_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Supervisor([], {}, report=lambda _: None)
    dead = Child("dead", ["true"])
    for _ in range(12):
        monkeypatch.setattr(one, "clock", lambda: 5.0)
        one._start(dead)
        assert dead.process is not None
        dead.process.wait()
        one._ended(dead)
    assert dead.pause == module.LONGEST_PAUSE


def test_a_child_that_ran_well_starts_again_soon() -> None:
    moments = iter([0.0, 0.0, 500.0, 500.0, 500.0, 500.0])
    one = Supervisor([], {}, report=lambda _: None, clock=lambda: next(moments))
    steady = Child("steady", ["true"], pause=32.0)
    one._start(steady)
    assert steady.process is not None
    steady.process.wait()
    next(moments)
    one._ended(steady)
    assert steady.due == 500.0 + module.FIRST_PAUSE


def test_a_child_ends_with_its_parent() -> None:
    program = (
        "from policy_tracker.commands.supervisor import "
        "end_with_parent\nend_with_parent()\nimport signal; signal.pause()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(20) == -signal.SIGTERM
