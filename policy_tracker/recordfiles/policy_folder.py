"""What lies where below a folder of policies: which file is a payer, a version, a bulletin or a
source declaration.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from policy_tracker.errors import Fault
from policy_tracker.recordfiles.read import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

PAYER_FILES = tuple(f"payer{suffix}" for suffix in SUFFIXES)
BULLETINS = "bulletins"

Kind = Literal["payer", "version", "bulletin", "source", "loose"]


@dataclass(frozen=True, slots=True)
class Found:
    """A file, what it should hold, and the names of the folders that it lies in; `loose` is a
    single file outside of any layout.
    """

    path: Path
    kind: Kind
    payer_folder: Path
    payer: str | None = None
    policy: str | None = None


def find_files(paths: list[Path]) -> tuple[list[Found], list[Fault]]:
    """Every file of records below `paths`, each once, in the order of their names, and what lies
    where it should not.

    A path may be a folder of payers, a payer's folder, a policy's folder or a single file. Names
    that begin with a point, and files that are neither YAML nor JSON, are passed over. A symbolic
    link is followed where it leads to a file inside of the folder that was given.
    """
    found: dict[str, Found] = {}
    faults: list[Fault] = []
    for path in paths:
        for item in _below(path):
            if isinstance(item, Fault):
                faults.append(item)
            else:
                found.setdefault(os.path.realpath(item.path), item)
    return list(found.values()), faults


def _below(path: Path) -> Iterator[Found | Fault]:
    if path.is_dir():
        if _payer_file(path):
            yield from _payer_folder(path, path)
        elif _payer_file(_parent(path)):
            yield from _payer_files(_parent(path), _parent(path))
            yield from _policy_folder(path, path)
        else:
            yield from _root_folder(path)
    elif path.suffix not in SUFFIXES and path.exists():
        yield Fault(str(path), None, "", f"is not a record: one ends in {', '.join(SUFFIXES)}")
    else:
        yield from _single_file(path)


def _parent(path: Path) -> Path:
    """The folder above, also of `.` and of paths that end in `..`."""
    return path.parent if path.name and path.name != ".." else path / ".."


def _payer_file(folder: Path) -> bool:
    return any((folder / name).is_file() for name in PAYER_FILES)


def _single_file(path: Path) -> Iterator[Found | Fault]:
    """A file that is given by itself is held to the layout where it lies in one."""
    folder = path.parent
    if path.name in PAYER_FILES:
        yield Found(path, "payer", folder, _name(folder))
    elif _payer_file(folder):
        yield _beside_payer(path, folder)
    elif _payer_file(_parent(folder)):
        yield from _payer_files(_parent(folder), _parent(folder))
        yield _in_policy(path, folder)
    else:
        yield Found(path, "loose", folder)


def _root_folder(root: Path) -> Iterator[Found | Fault]:
    for path in _children(root, root):
        if isinstance(path, Fault):
            yield path
        elif path.is_dir():
            yield from _payer_folder(path, root)
        else:
            yield Fault(
                str(path),
                None,
                "",
                (
                    "lies outside of a payer's folder: a version's file is "
                    "<payer>/<policy>/<version>.yaml"
                ),
            )


def _payer_folder(folder: Path, root: Path) -> Iterator[Found | Fault]:
    for path in _children(folder, root):
        if isinstance(path, Fault):
            yield path
        elif path.is_dir():
            yield from _policy_folder(path, root)
        elif path.name in PAYER_FILES:
            yield Found(path, "payer", folder, _name(folder))
        else:
            yield _beside_payer(path, folder)


def _payer_files(folder: Path, root: Path) -> Iterator[Found]:
    for path in _children(folder, root):
        if not isinstance(path, Fault) and path.name in PAYER_FILES:
            yield Found(path, "payer", folder, _name(folder))


def _beside_payer(path: Path, folder: Path) -> Found | Fault:
    if path.name.startswith("source"):
        return Found(path, "source", folder, _name(folder))
    return Fault(
        str(path),
        None,
        "",
        "lies outside of a policy's folder: a version's file is <payer>/<policy>/<version>.yaml",
    )


def _policy_folder(folder: Path, root: Path) -> Iterator[Found | Fault]:
    for path in _children(folder, root):
        if isinstance(path, Fault):
            yield path
        elif path.is_dir():
            yield Fault(
                str(path), None, "", "is a folder inside of a policy's folder, which is not read"
            )
        else:
            yield _in_policy(path, folder)


def _in_policy(path: Path, folder: Path) -> Found:
    kind: Kind = "bulletin" if _name(folder) == BULLETINS else "version"
    payer_folder = _parent(folder)
    return Found(path, kind, payer_folder, _name(payer_folder), _name(folder))


def _name(folder: Path) -> str:
    return folder.name if folder.name and folder.name != ".." else folder.resolve().name


def _children(folder: Path, root: Path) -> Iterator[Path | Fault]:
    """The folders and files of records in `folder`, by name."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        yield Fault(str(folder), None, "", f"the folder cannot be read: {error.strerror}")
        return
    inside = Path(os.path.realpath(root))
    for path in paths:
        if path.name.startswith(".") or not (path.is_dir() or path.suffix in SUFFIXES):
            continue
        if path.is_symlink() and (
            path.is_dir() or inside not in Path(os.path.realpath(path)).parents
        ):
            yield Fault(
                str(path),
                None,
                "",
                "is a symbolic link to a folder or to outside of this one, and is not followed",
            )
        else:
            yield path
