"""Folders of records: what lies where, what is wrong with it, and everything that is good.

    policies/<payer>/payer.yaml                 the payer
    policies/<payer>/<policy>/<version>.yaml    one version
    policies/<payer>/bulletins/<name>.yaml      a payer's bulletin
    policies/<payer>/source*.yaml               a source declaration, recognised and not read by this version

A file that replaces a wrong record of the same version says why in `corrects`. It stands in the
wrong file's place, or beside it as `<version>.corrected.yaml` (`.corrected-2` and so on); only the
last correction counts.
"""  # noqa: E501

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policy_tracker.errors import Fault, RecordError
from policy_tracker.language.formatting import counted
from policy_tracker.record.bulletin import Bulletin
from policy_tracker.record.canonical import content_hash
from policy_tracker.record.content import Record
from policy_tracker.recordfiles.policy_folder import Found, find_files
from policy_tracker.recordfiles.read import SUFFIXES, Sourced, in_order, read_payer, read_records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_tracker.record.payer import Payer

__all__ = ["Checked", "Sourced", "check_folder", "read_payer", "read_records"]

_CORRECTED = re.compile(r"(?P<version>.+)\.corrected(?:-(?P<number>[1-9][0-9]{0,3}))?")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    `payers` and `records` are good: each record's payer is among `payers`, except for a single file
    that was given without its folder. `faults` is everything that is wrong, by file and line; a
    file with a fault is in neither of the others. `skipped` names source declarations, which this
    version does not read.
    """

    payers: tuple[Payer, ...] = ()
    records: tuple[Sourced[Record | Bulletin], ...] = ()
    faults: tuple[Fault, ...] = ()
    skipped: tuple[str, ...] = ()


def check_folder(paths: Iterable[Path | str]) -> Checked:
    """Reads every record below `paths` (folders in the layout above, or single files); one bad file
    never hides another.

    A record outside of the layout, of an unknown payer, or that disagrees with another file about
    the same version is a fault.
    """
    found, faults = find_files([Path(path) for path in paths])
    payers, more = _payers(found)
    faults += more
    records, more = _records(found)
    faults += more
    records, more = _one_per_version(records)
    faults += more
    known = {payer.payer for payer in payers}
    in_layout = {str(file.path) for file in found if file.payer is not None}
    good = [
        record for record in records if record.value.payer in known or record.file not in in_layout
    ]
    faults += _left_waiting(found, records, known)
    skipped = tuple(str(file.path) for file in found if file.kind == "source")
    return Checked(tuple(payers), tuple(good), tuple(in_order(faults)), skipped)


def _payers(found: list[Found]) -> tuple[list[Payer], list[Fault]]:
    payers: dict[str, Payer] = {}
    faults: list[Fault] = []
    for file in found:
        if file.kind != "payer":
            continue
        try:
            payer = read_payer(file.path)
        except RecordError as error:
            faults += error.faults
            continue
        if payer.payer != file.payer:
            faults.append(
                Fault(
                    str(file.path),
                    None,
                    "payer",
                    f"{payer.payer!r} lies in the folder {file.payer!r}; both have the same name",
                )
            )
        elif payers.setdefault(payer.payer, payer) != payer:
            faults.append(
                Fault(
                    str(file.path),
                    None,
                    "payer",
                    f"another file describes the payer {payer.payer!r} differently",
                )
            )
    return list(payers.values()), faults


def _records(found: list[Found]) -> tuple[list[Sourced[Record | Bulletin]], list[Fault]]:
    records: list[Sourced[Record | Bulletin]] = []
    faults: list[Fault] = []
    for file in found:
        if file.kind not in ("version", "bulletin", "loose"):
            continue
        try:
            held = read_records(file.path)
        except RecordError as error:
            faults += error.faults
            continue
        misplaced = [] if file.kind == "loose" else _misplaced(file, held)
        faults += misplaced
        if not misplaced:
            records += held
    return records, faults


def _misplaced(file: Found, held: list[Sourced[Record | Bulletin]]) -> list[Fault]:
    """What does not fit between a file's content and the place where it lies."""
    if len(held) != 1:
        return [
            Fault(
                str(file.path),
                None,
                "",
                f"holds {len(held)} records; a file in this folder holds one",
            )
        ]
    record = held[0]
    value = record.value
    faults = []

    def note(field: str, reason: str) -> None:
        faults.append(Fault(record.file, record.line(field), field, reason))

    if value.payer != file.payer:
        note(
            "payer",
            f"{value.payer!r} lies in the folder of {file.payer!r}; both have the same name",
        )
    if isinstance(value, Bulletin) != (file.kind == "bulletin"):
        note(
            "policy_type", "a bulletin lies in the payer's folder bulletins/, and nothing else does"
        )
    if isinstance(value, Record) and file.kind == "version":
        if value.policy != file.policy:
            note(
                "policy",
                f"{value.policy!r} lies in the folder {file.policy!r}; both have the same name",
            )
        stem = _stem(file.path)
        correction = _CORRECTED.fullmatch(stem)
        if stem != value.version and not (
            correction and value.corrects and correction["version"] == value.version
        ):
            note(
                "version",
                f"{value.version!r} lies in a file named {stem!r}; a file is named as its version",
            )
    return faults


def _stem(path: Path) -> str:
    for suffix in SUFFIXES:
        if path.name.endswith(suffix):
            return path.name.removesuffix(suffix)
    return path.name


def _correction_rank(record: Sourced[Record | Bulletin]) -> int:
    match = _CORRECTED.fullmatch(_stem(Path(record.file)))
    return int(match["number"] or 1) if match else 0


def _one_per_version(
    records: list[Sourced[Record | Bulletin]],
) -> tuple[list[Sourced[Record | Bulletin]], list[Fault]]:
    """One record for each version: where several files hold it, the last correction counts; without
    one, all are refused.
    """
    same: dict[tuple[str, ...], list[Sourced[Record | Bulletin]]] = defaultdict(list)
    for record in records:
        value = record.value
        same[
            (value.payer, value.policy, value.version)
            if isinstance(value, Record)
            else ("", record.file)
        ].append(record)
    kept: list[Sourced[Record | Bulletin]] = []
    faults: list[Fault] = []
    for rivals in same.values():
        differing, repeated = _without_repetition(rivals)
        faults += repeated
        originals = [record for record in differing if not _corrects(record)]
        if len(originals) > 1:
            faults += [_disagrees(record, originals) for record in originals]
        elif differing:
            kept.append(
                max(
                    differing,
                    key=lambda record: (_corrects(record), _correction_rank(record), record.file),
                )
            )
    return kept, faults


def _corrects(record: Sourced[Record | Bulletin]) -> bool:
    return isinstance(record.value, Record) and record.value.corrects is not None


def _without_repetition(
    rivals: list[Sourced[Record | Bulletin]],
) -> tuple[list[Sourced[Record | Bulletin]], list[Fault]]:
    first: dict[str, Sourced[Record | Bulletin]] = {}
    faults: list[Fault] = []
    for record in sorted(rivals, key=_corrects):
        said = content_hash(
            record.value.model_copy(update={"corrects": None})
            if isinstance(record.value, Record)
            else record.value
        )
        earlier = first.setdefault(said, record)
        if earlier is not record:
            faults.append(
                Fault(
                    record.file,
                    record.line("version"),
                    "version",
                    f"{earlier.file} says the same of this version; remove one of them",
                )
            )
    return list(first.values()), faults


def _disagrees(
    record: Sourced[Record | Bulletin], rivals: list[Sourced[Record | Bulletin]]
) -> Fault:
    others = ", ".join(rival.file for rival in rivals if rival is not record)
    reason = (
        f"{others} says something else of the same version; the one that is right says in "
        f"corrects why it replaces the other"
    )
    return Fault(record.file, record.line("version"), "version", reason)


def _left_waiting(
    found: list[Found], records: list[Sourced[Record | Bulletin]], known: set[str]
) -> list[Fault]:
    """One fault for each payer's folder whose records cannot be used because the payer itself is
    missing or faulty.
    """
    files = {str(file.path): file for file in found}
    waiting: dict[Path, int] = defaultdict(int)
    for record in records:
        file = files[record.file]
        if file.payer is not None and record.value.payer not in known:
            waiting[file.payer_folder] += 1
    has_file = {file.payer_folder for file in found if file.kind == "payer"}
    return [
        Fault(str(folder / "payer.yaml"), None, "", _waiting_words(count, folder in has_file))
        for folder, count in waiting.items()
    ]


def _waiting_words(count: int, is_there: bool) -> str:
    why = "cannot be used" if is_there else "there is no such file"
    return (
        f"{why}, and {counted(count, 'record of the payer waits', 'records of the payer wait')} "
        f"for it"
    )
