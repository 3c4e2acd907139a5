"""Checks that the built wheel is whole: installed elsewhere, away from the checkout, it serves
pages.

Templates, static assets, migrations and schemas are data files, the usual ones to be missing from a
wheel while every test in the checkout passes.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).with_name("uv")
SHIPPED = {"policy_tracker/": "policy_tracker/", "templates/": "policy_tracker/_templates/"}
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
ASSET = re.compile(r"""<(?:link|script)\b[^>]*?\b(?:href|src)=["']([^"']*/static/[^"']+)["']""")


class WheelError(RuntimeError):
    """The wheel lacks something, or what it installs does not work."""


def main() -> int:
    """Build, compare, install, serve; exit with 1 and one sentence at the first thing that is
    wrong.
    """
    with tempfile.TemporaryDirectory(prefix="policy-tracker-wheel-") as name:
        folder = Path(name)
        try:
            wheel = build(folder / "wheel")
            require_files(wheel)
            python = install(wheel, folder / "venv")
            print(f"{wheel.name} serves: {', '.join(serve(python, folder / 'empty'))}.")
        except WheelError as wrong:
            print(f"The wheel is not fit: {wrong}", file=sys.stderr)
            return 1
    return 0


def build(into: Path) -> Path:
    """Build the wheel with the pinned backend that is installed already."""
    _run(
        UV,
        "build",
        "--quiet",
        "--wheel",
        "--no-build-isolation",
        "--python",
        sys.executable,
        "--out-dir",
        into,
        ROOT,
    )
    return next(into.glob("*.whl"))


def require_files(wheel: Path) -> None:
    """Every versioned file of the package and every template is in the wheel.

    Raises:
        WheelError: names the files that are not.
    """
    listed = _run("git", "-C", ROOT, "ls-files", "-z", *SHIPPED)
    expected = {
        SHIPPED[source] + path.removeprefix(source)
        for path in listed.split("\0")
        for source in SHIPPED
        if path.startswith(source)
    }
    with zipfile.ZipFile(wheel) as archive:
        missing = sorted(expected - set(archive.namelist()))
    if missing:
        raise WheelError(f"{', '.join(missing)} should be in it")


def install(wheel: Path, venv: Path) -> Path:
    """Install the wheel with the pinned runtime dependencies, and nothing else, in a new
    environment; return its Python.
    """
    _run(UV, "venv", "--quiet", "--python", sys.executable, venv)
    python = venv / "bin" / "python"
    _run(
        UV,
        "pip",
        "install",
        "--quiet",
        "--python",
        python,
        "--require-hashes",
        "--requirements",
        ROOT / "requirements" / "runtime.txt",
    )
    _run(UV, "pip", "install", "--quiet", "--python", python, "--no-deps", wheel)
    _run(UV, "pip", "check", "--quiet", "--python", python)
    return python


def serve(python: Path, empty: Path) -> list[str]:
    """Start the installed program in an empty folder, fetch the health probe, the first page and
    its assets, and stop it.

    Raises:
        WheelError: it does not start, does not answer, or does not stop.
    """
    empty.mkdir()
    port = _free_port()
    log = empty.parent / "log"
    with log.open("wb") as output:
        command = [python.with_name("policy-tracker"), "serve", "--port", str(port)]
        # A session of its own, so that whatever it starts can be ended with it.
        program = subprocess.Popen(
            command,
            cwd=empty,
            env=_environment(),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        base = f"http://127.0.0.1:{port}"
        _await(f"{base}/health", program)
        page = _fetch(f"{base}/")
        assets = sorted(set(ASSET.findall(page)))
        if not assets:
            raise WheelError("the first page names no static asset")
        for asset in assets:
            _fetch(urljoin(f"{base}/", asset))
        _fetch(f"{base}/v1/openapi.json")
        _stop(program)
    except WheelError as wrong:
        raise WheelError(f"{wrong}\n{log.read_text(errors='replace')}") from wrong
    finally:
        _end_session(program)
    return ["/health", "/", *assets, "/v1/openapi.json"]


def _environment() -> dict[str, str]:
    foreign = ("POLICY_TRACKER_", "PYTHONPATH", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _await(url: str, program: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while program.poll() is None:
        try:
            _fetch(url)
        except WheelError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
    raise WheelError(f"the program ended with {program.returncode}")


def _fetch(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            body = response.read()
    except (urllib.error.URLError, OSError) as error:
        raise WheelError(f"{url}: {error}") from error
    if not body:
        raise WheelError(f"{url}: an empty answer")
    return body.decode(errors="replace")


def _stop(program: subprocess.Popen[bytes]) -> None:
    program.terminate()
    try:
        program.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        raise WheelError(
            f"the program did not stop within {SECONDS_TO_STOP} seconds of SIGTERM"
        ) from None


def _end_session(program: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(program.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    program.wait()


def _run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise WheelError(f"{' '.join(map(str, command))}: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
