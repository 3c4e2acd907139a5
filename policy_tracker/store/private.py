"""Files for the owner alone: the database with subscribers' addresses, its backups, mails with
signed links, and the folder around them.

What is made is made so from its first byte: a file that is tightened afterwards could have been
opened before. What an older version left open to others is tightened at the next start, and the log
says so.
"""

from __future__ import annotations

import contextlib
import logging
import os
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

FILE, FOLDER = 0o600, 0o700
BESIDE = ("", "-wal", "-shm", "-journal", ".upgrading")
"""What SQLite and we keep beside a database under its name; SQLite gives its own files the mode of
the database.
"""
PUBLIC = frozenset({"site"})
"""The static site in the data folder holds what everybody may read; a web server may be given a
copy of it.
"""


def write_private(path: Path) -> IO[bytes]:
    """A file to write, from its beginning; where it is made, it is for its owner alone, whatever
    the umask allows.
    """
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE), "wb")


def make_private(path: Path) -> None:
    """Make an empty file for its owner alone; one that exists is left as it is."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))


def make_private_folder(path: Path) -> None:
    """Make a folder for its owner alone, and what is missing above it likewise; one that exists is
    left as it is.
    """
    if not path.is_dir():
        if path.parent != path:
            # mkdir with parents=True would open these to everybody
            make_private_folder(path.parent)
        path.mkdir(mode=FOLDER, exist_ok=True)


def tighten_database(file: Path) -> None:
    """Close a database and what stands beside it to everybody but their owner."""
    _tighten([Path(f"{file}{end}") for end in BESIDE], f"the database {file}")


def tighten_data_folder(folder: Path) -> None:
    """Close a data folder and what it holds, but for the static site, to everybody but their owner.

    A folder of the system that many share, such as /tmp, is not closed to them: its sticky bit
    tells.
    """
    try:
        mode = folder.stat().st_mode
    except FileNotFoundError:
        return
    if mode & stat.S_ISVTX or folder.resolve() == Path(folder.resolve().anchor):
        log.warning(
            (
                "The data folder %s is one that everybody uses: give Policy Tracker a folder of "
                "its own."
            ),
            folder,
        )
        return
    _tighten([folder, *_inside(folder)], f"the data folder {folder}")


def _inside(folder: Path) -> Iterator[Path]:
    """Everything that we keep in the data folder; folders of others that lie there, a checkout say,
    are not entered.
    """
    for path in folder.iterdir():
        if path.is_symlink() or path.name in PUBLIC:
            continue
        ours = (
            path.name == "mailbox"
            or ".sqlite" in path.name
            or path.name in ("secret-key", "staff-token")
        )
        if ours:
            yield path
            if path.is_dir():
                yield from (below for below in path.rglob("*") if not below.is_symlink())


def _tighten(paths: list[Path], what: str) -> None:
    changed, refused = 0, 0
    for path in paths:
        try:
            mode = path.stat().st_mode
            if mode & 0o077:
                path.chmod(stat.S_IMODE(mode) & 0o700)
                changed += 1
        except FileNotFoundError:
            continue
        except PermissionError:
            refused += 1
    if changed:
        log.warning(
            (
                "Other users of this machine could open %s: it is closed to them now (files "
                "changed: %d)."
            ),
            what,
            changed,
        )
    if refused:
        log.warning(
            (
                "Other users of this machine can open %s, which belongs to another user: let that "
                "user close it."
            ),
            what,
        )
