"""The first step of the installation finds a Python that is new enough, or says in one sentence
what is missing.
"""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "create_venv.sh"


def create(
    folder: Path, *python: str | Path, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{path}:/usr/bin:/bin" if path else "/usr/bin:/bin"}
    return subprocess.run(
        ["sh", SCRIPT, folder, *python],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def fake_python(folder: Path, name: str, version: str, *, new_enough: bool) -> Path:
    """A program that answers the script's questions as a Python of this version would."""
    program = folder / name
    program.write_text(
        f"""#!/bin/sh
case "$*" in
    *print*) echo {version} ;;
    *ensurepip*) exit {0 if new_enough else 1} ;;
    *sys.exit*) exit {0 if new_enough else 1} ;;
    *venv*) mkdir -p "$4" && echo {name} > "$4/made-by" ;;
esac
"""
    )
    program.chmod(0o755)
    return program


def test_the_named_python_makes_a_working_environment(tmp_path: Path) -> None:
    done = create(tmp_path / "venv", sys.executable)
    assert done.returncode == 0, done.stderr
    asked = subprocess.run(
        [tmp_path / "venv/bin/python", "-c", "import pip, sys; print(sys.prefix)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(asked.stdout.strip()).resolve() == (tmp_path / "venv").resolve()


def test_an_old_python_is_passed_over_for_a_newer_one(tmp_path: Path) -> None:
    fake_python(tmp_path, "python3", "3.9.2", new_enough=False)
    fake_python(tmp_path, "python3.13", "3.13.1", new_enough=True)
    done = create(tmp_path / "venv", path=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "venv/made-by").read_text() == "python3.13\n"
    assert "python3.13 (3.13.1)" in done.stdout


@pytest.mark.parametrize(("name", "said"), [("old", "old is 3.9.2"), ("absent", "none was found")])
def test_without_a_suitable_python_one_sentence_says_so(
    tmp_path: Path, name: str, said: str
) -> None:
    old = fake_python(tmp_path, "old", "3.9.2", new_enough=False)
    done = create(tmp_path / "venv", old.with_name(name))
    assert done.returncode == 1
    assert said in done.stderr
    assert "PYTHON=/path/to/python3" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "venv").exists()
