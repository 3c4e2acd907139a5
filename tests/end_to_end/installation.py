"""A whole installation in a temporary folder: the command line's `serve`, with web, API and
scheduler, and its end.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
PAUSE = 0.05
"""Seconds between two questions: who asks without one takes the processor from who is to answer."""
PATIENCE = 90.0
"""Seconds after which what was waited for is given up; a healthy run needs a few."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(question: Callable[[], T | None], what: str) -> T:
    """Ask again until there is an answer."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if (answer := question()) is not None:
            return answer
        time.sleep(PAUSE)
    raise AssertionError(f"{what} did not happen within {PATIENCE:.0f} s")


class Installation:
    """Policy Tracker as `make serve` starts it, with its own copy of the curated policies and short
    periods.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.policies = folder / "policies"
        shutil.copytree(ROOT / "policies", self.policies)
        self.process: subprocess.Popen[str] | None = None
        self.log = folder / "serve.log"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        ours = {
            "PORT": str(self.port),
            "DATA_DIR": str(self.folder / "var"),
            "POLICIES_DIR": str(self.policies),
            "LOAD_EVERY": "5",
            "SEND_EVERY": "1",
            "RENDER_EVERY": "5",
        }
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("POLICY_TRACKER_")
        }
        return kept | {f"POLICY_TRACKER_{name}": value for name, value in ours.items()}

    def start(self) -> None:
        """Start, and return when it says that it is ready."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "policy_tracker", "serve"],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        until(self._ready, "The server's start")

    def _ready(self) -> bool | None:
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text()
        try:
            with urllib.request.urlopen(f"{self.address}/health/ready", timeout=5) as answer:
                return answer.status == 200 or None
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return None

    def stop(self) -> int:
        """End it as an operator does, and say how it ended; what is left of it after that is
        killed.
        """
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        finally:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def run(self, *command: str) -> str:
        """What a command prints on standard output; it must succeed."""
        done = subprocess.run(
            [sys.executable, "-m", "policy_tracker", *command],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def health(self) -> dict:
        """What /health says, whether well or ill."""
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=5) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return json.load(error)

    def mails(self) -> list[Path]:
        """The mails in the local mailbox."""
        return [
            path
            for part in ("new", "cur")
            for path in (self.folder / "var" / "mailbox" / part).glob("*")
            if path.is_file()
        ]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None and self.process.poll() is None:
            self.stop()
