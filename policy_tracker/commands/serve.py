"""Running the installation: all of it, or one part, and the token that opens the staff pages."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING, Annotated

import typer

from policy_tracker.commands.terminal import say
from policy_tracker.errors import ConflictError

if TYPE_CHECKING:
    from policy_tracker.commands.supervisor import Supervisor
    from policy_tracker.settings import Settings


from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policy_tracker.settings import Settings

SECONDS_TO_ANSWER = 60.0
Host = Annotated[
    str | None, typer.Option(help="Address to bind; otherwise POLICY_TRACKER_HOST, or 127.0.0.1.")
]
Port = Annotated[
    int | None,
    typer.Option(min=1, max=65535, help="Port to bind; otherwise POLICY_TRACKER_PORT, or 8000."),
]
WithParent = Annotated[
    bool, typer.Option("--with-parent", hidden=True, help="Stop when standard input ends.")
]


def serve(host: Host = None, port: Port = None) -> None:
    """Migrate the database, load the policies, run web, API and scheduler, and say where to
    look.
    """
    from policy_tracker.commands.supervisor import Child, Supervisor

    settings = _settings(host, port)
    _require_free(settings)
    _prepare(settings)
    told_token = _new_token(settings)
    this = [sys.executable, "-m", "policy_tracker"]
    children = (
        Child("web server", [*this, "worker", "--with-parent"]),
        Child("scheduler", [*this, "scheduler", "--with-parent"]),
    )
    supervisor = Supervisor(children, environment=_environment(settings), report=say)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: supervisor.stop())
    announced = threading.Thread(
        target=_announce, args=(settings, supervisor, told_token), daemon=True
    )
    supervisor.start()
    announced.start()
    supervisor.run()
    say("Stopped.")
    if supervisor.failure:
        raise ConflictError(supervisor.failure)


def worker(host: Host = None, port: Port = None, with_parent: WithParent = False) -> None:
    """Run the web server alone: pages and API, without the scheduler."""
    from policy_tracker.commands.supervisor import end_with_parent
    from policy_tracker.store.private import tighten_data_folder

    settings = _settings(host, port)
    if with_parent:
        end_with_parent()
    else:
        _require_free(settings)
    tighten_data_folder(settings.data_dir)
    # the server's own processes read their settings from there
    os.environ.update(_environment(settings))
    run_web(settings)


def scheduler(with_parent: WithParent = False) -> None:
    """Run the scheduler alone: load policies, note versions that take effect, render, send."""
    from policy_tracker.commands.supervisor import end_with_parent
    from policy_tracker.jobs import run_scheduler
    from policy_tracker.store.database import open_engine, upgrade
    from policy_tracker.store.private import tighten_data_folder

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if with_parent:
        end_with_parent()
    settings = _settings(None, None)
    tighten_data_folder(settings.data_dir)
    engine = open_engine(settings.database)
    try:
        upgrade(engine)
        run_scheduler(engine, settings, stop)
    finally:
        engine.dispose()


def token(
    new: Annotated[
        bool, typer.Option("--new", help="Make a new token; the old one no longer opens anything.")
    ] = False,
) -> None:
    """Print the token that opens the staff pages."""
    from policy_tracker.web.staff import TOKEN_FILE, staff_token

    settings = _settings(None, None)
    if new:
        if settings.staff_token is not None:
            message = "The token is set by POLICY_TRACKER_STAFF_TOKEN; change it there."
            raise ConflictError(message)
        (settings.data_dir / TOKEN_FILE).unlink(missing_ok=True)
    typer.echo(staff_token(settings))


def _settings(host: str | None, port: int | None) -> Settings:
    from policy_tracker.settings import read_settings

    return read_settings(
        **{name: value for name, value in (("host", host), ("port", port)) if value is not None}
    )


def _environment(settings: Settings) -> dict[str, str]:
    """The environment of the parts, with the address that this call asked for."""
    return {
        **os.environ,
        "POLICY_TRACKER_HOST": settings.host,
        "POLICY_TRACKER_PORT": str(settings.port),
        "PYTHONUNBUFFERED": "1",
    }


def _require_free(settings: Settings) -> None:
    """Raise ConflictError where the address cannot be bound, before anything else is done."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            reason = (
                "is in use by another program"
                if error.errno == errno.EADDRINUSE
                else f"cannot be bound ({error.strerror})"
            )
            message = f"{settings.host}:{settings.port} {reason}; choose another port with --port."
            raise ConflictError(message) from error


def _prepare(settings: Settings) -> None:
    """Bring the database to the newest migration and load the policies."""
    from datetime import UTC, datetime

    from policy_tracker.commands.records import load_sentence
    from policy_tracker.pipeline import load
    from policy_tracker.recordfiles.folder import check_folder
    from policy_tracker.rule_settings import comparing
    from policy_tracker.settings import local_time
    from policy_tracker.store.database import open_engine, upgrade
    from policy_tracker.store.private import tighten_data_folder

    compare = comparing(settings)
    tighten_data_folder(settings.data_dir)
    engine = open_engine(settings.database)
    try:
        upgrade(engine)
        if not settings.policies_dir.is_dir():
            say(
                f"There is no folder {settings.policies_dir}; POLICY_TRACKER_POLICIES_DIR "
                f"names the one to load."
            )
            return
        report = load(
            engine,
            check_folder([settings.policies_dir]),
            local_time(settings, datetime.now(UTC)),
            compare=compare,
        )
    finally:
        engine.dispose()
    for fault in report.faults:
        say(str(fault))
    say(load_sentence(report))


def _new_token(settings: Settings) -> str | None:
    """The staff token where it is made by this call, None where the person has been told it before
    or set it.
    """
    from policy_tracker.web.staff import TOKEN_FILE, staff_token

    told_before = settings.staff_token is not None or (settings.data_dir / TOKEN_FILE).exists()
    return None if told_before else staff_token(settings)


def _announce(settings: Settings, supervisor: Supervisor, new_token: str | None) -> None:
    """Wait until the web server answers, then say where."""
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while not _answers(settings):
        if time.monotonic() > deadline:
            supervisor.fail(f"The web server did not answer within {SECONDS_TO_ANSWER:g} seconds.")
            return
        time.sleep(0.1)
    typer.echo(f"Policy Tracker is at {settings.public_url}")
    if new_token:
        typer.echo(
            f"Staff pages open with this token, shown once; `policy-tracker token` prints it "
            f"again: {new_token}"
        )
    sys.stdout.flush()


def _answers(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared, not bound
    import http.client  # with the ssl library, which other commands need not load

    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


SECONDS_TO_STOP = 4
"""Then a web process is killed; less than the supervisor's own patience."""
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"generic": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "generic",
            "stream": "ext://sys.stderr",
        },
        "access": {
            "class": "logging.StreamHandler",
            "formatter": "generic",
            "stream": "ext://sys.stderr",
        },
    },
    "root": {"level": "WARNING", "handlers": ["console"]},
    "loggers": {"_granian": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}


def run_web(settings: Settings) -> None:
    """Serve the application until SIGTERM or SIGINT."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "policy_tracker.app:serving",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.web_workers,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=LOGGING,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_STOP,
    ).serve()
