"""Two programs kept running side by side: the web server and the scheduler, started, watched,
restarted and stopped together.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before a program that ended by itself is started again; doubled each time."""
STEADY = 60.0
"""Seconds after which a program counts as running well, so that its next pause is the first again.
"""
PATIENCE = 6.0
"""Seconds that a program has to stop; then it is killed, with all that it started.

A web server may ignore SIGTERM while it starts.
"""


@dataclass
class Child:
    """A program and how its present run goes."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float | None = None
    """When it is to be started again; None while it runs."""


@dataclass
class Supervisor:
    """Runs `children` until it is told to stop.

    Each child is the leader of a session of its own, so that Ctrl-C reaches this process alone,
    which then stops them in order. Its standard input is a pipe that nobody writes to: it ends when
    this process does, however that came about, and the child ends with it (`end_with_parent`).
    """

    children: Sequence[Child]
    environment: Mapping[str, str]
    report: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    patience: float = PATIENCE
    failure: str | None = None
    events: queue.SimpleQueue[Child | None] = field(default_factory=queue.SimpleQueue)

    def start(self) -> None:
        """Start every child."""
        for child in self.children:
            self._start(child)

    def stop(self) -> None:
        """Ask `run` to end; may be called from a signal handler or another thread."""
        self.events.put(None)

    def fail(self, reason: str) -> None:
        """Ask `run` to end because of something that starting again would not mend; `failure` keeps
        the reason.
        """
        self.failure = reason
        self.stop()

    def run(self) -> None:
        """Keep the children running until `stop` is called; then stop them, and kill what does
        not.
        """
        try:
            while True:
                event = self._next_event()
                if event is None:
                    return
                self._ended(event)
        finally:
            self.end()

    def end(self) -> None:
        """Stop every child: all are asked first, and those that are still there after `patience`
        are killed.
        """
        running = [
            child.process
            for child in self.children
            if child.process and child.process.poll() is None
        ]
        for process in running:
            process.terminate()
        deadline = self.clock() + self.patience
        for process in running:
            try:
                process.wait(max(0.0, deadline - self.clock()))
            except subprocess.TimeoutExpired:
                self.report(
                    f"Process {process.pid} did not stop within {self.patience:g} seconds; it "
                    f"is killed."
                )
        for child in self.children:
            if child.process:
                _kill_session(child.process)

    def _next_event(self) -> Child | None:
        """The next child that ended, or None for "stop"; starts those that are due meanwhile."""
        while True:
            due = min((child.due for child in self.children if child.due is not None), default=None)
            try:
                return self.events.get(
                    timeout=None if due is None else max(0.0, due - self.clock())
                )
            except queue.Empty:
                for child in self.children:
                    if child.due is not None and child.due <= self.clock():
                        self._start(child)

    def _start(self, child: Child) -> None:
        process = subprocess.Popen(  # noqa: S603 - our own program
            child.command, stdin=subprocess.PIPE, env=dict(self.environment), start_new_session=True
        )
        child.process, child.started, child.due = process, self.clock(), None
        threading.Thread(
            target=self._wait, args=(child, process), name=f"wait for {child.name}", daemon=True
        ).start()

    def _wait(self, child: Child, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        self.events.put(child)

    def _ended(self, child: Child) -> None:
        """Plan the next start of a child that ended without being asked."""
        process = child.process
        if process is None or process.poll() is None:
            return
        _kill_session(process)
        if self.clock() - child.started >= STEADY:
            child.pause = FIRST_PAUSE
        child.due = self.clock() + child.pause
        self.report(
            f"The {child.name} ended with {_ending(process.returncode)}; it is started again "
            f"in {child.pause:g} s."
        )
        child.pause = min(child.pause * 2, LONGEST_PAUSE)


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a child's session: the workers of a server that is gone, say."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin:
        process.stdin.close()


def end_with_parent() -> None:
    """Stop this process by SIGTERM as soon as its standard input ends, which is when the process
    that started it does.
    """

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="end with parent", daemon=True).start()
