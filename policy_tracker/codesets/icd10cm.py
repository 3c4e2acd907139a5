"""Which ICD-10-CM codes are valid on a day: a read-only index by release, which needs no database.

A release is one compressed file: a line of JSON (`from`, `until`, `title`, `source`), then every
code without its point, sorted, padded to seven characters. A code is billable where no other code
of its release lies below it. The releases from October 2023 to March 2027 are shipped; NOTICE.txt
beside them says where their lists come from, and scripts/build_icd10cm.py makes the files. Later
releases are added to the data folder by `policy-tracker codes add-release`.
"""

from __future__ import annotations

import json
import lzma
import os
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from policy_tracker.errors import InputError
from policy_tracker.record import Record

SHIPPED = Path(__file__).with_name("icd10cm_releases")
SUFFIX = ".codes.xz"
_ROW = 8
_MOST_NAMED = 20
_SOON = timedelta(days=31)

Status = Literal["billable", "category", "unknown", "no_release"]


@dataclass(frozen=True, slots=True)
class Release:
    """One release: the days on which it is in force (both included), its title, where its list
    comes from, and its codes.
    """

    first_day: date
    last_day: date
    title: str
    source: str
    rows: bytes

    def __len__(self) -> int:
        return len(self.rows) // _ROW

    def status(self, code: str) -> Literal["billable", "category", "unknown"]:
        """What `code` (with or without its point) is: billable, a category of billable codes, or
        unknown to this release.
        """
        bare = code.replace(".", "").strip().upper()
        place = bisect_left(range(len(self)), bare, key=self._code)
        if place == len(self) or self._code(place) != bare:
            return "unknown"
        below = place + 1 < len(self) and self._code(place + 1).startswith(bare)
        return "category" if below else "billable"

    def _code(self, place: int) -> str:
        return self.rows[place * _ROW : (place + 1) * _ROW].decode("ascii").rstrip()


@dataclass(frozen=True, slots=True)
class Validity:
    """What a code is on a day, by `release`.

    The status is `billable`, `category` (valid, but only codes below it may be billed), `unknown`
    (not in the release), or `no_release` where no release that is held covers the day.
    """

    code: str
    day: date
    status: Status
    release: Release | None

    @property
    def words(self) -> str:
        """The answer as a clause."""
        if self.release is None:
            return f"no release of ICD-10-CM that is held covers {self.day}"
        said = {
            "billable": "is a billable code",
            "category": "is a category, which is not billable,",
            "unknown": "is not a code",
        }
        return f"{self.code} {said[self.status]} of the {self.release.title} release"


def added_releases() -> Path:
    """The folder of the releases that this installation added."""
    # slow to import, and many documents name no diagnosis
    from policy_tracker.settings import settings

    return settings().data_dir / "icd10cm"


def releases(folder: Path | None = None) -> tuple[Release, ...]:
    """The shipped releases and those in `folder` (that of the installation, unless given), by first
    day.

    An added release takes the place of a shipped one that begins on the same day. Raises InputError
    for a file that is no release.
    """
    found: dict[date, Release] = {}
    for place in (SHIPPED, added_releases() if folder is None else folder):
        for file in sorted(place.glob(f"*{SUFFIX}")):
            release = _loaded(file, file.stat().st_mtime_ns)
            found[release.first_day] = release
    return tuple(found[day] for day in sorted(found))


def validity(code: str, day: date, folder: Path | None = None) -> Validity:
    """Whether `code` is valid on `day`, by the newest release that covers that day."""
    covering = [
        release for release in releases(folder) if release.first_day <= day <= release.last_day
    ]
    if not covering:
        return Validity(code, day, "no_release", None)
    return Validity(code, day, covering[-1].status(code), covering[-1])


def uncovered(today: date, folder: Path | None = None) -> str | None:
    """What is wrong with the releases that are held, as a sentence for those who operate an
    installation: none covers today, or the last one ends soon.
    """
    held = releases(folder)
    last = max((release.last_day for release in held), default=None)
    if last is None or not any(one.first_day <= today <= one.last_day for one in held):
        return f"No release of ICD-10-CM covers {today}: diagnosis codes are checked by another."
    if last - today < _SOON:
        return f"The last release of ICD-10-CM ends on {last}."
    return None


def check_codes(record: Record, folder: Path | None = None) -> tuple[str, ...]:
    """A warning for each ICD-10-CM code of a record that is not valid on the version's date.

    The date is the effective one, else the next best. Where no release covers it, the nearest one
    is asked, and the warning says so.
    """
    wanted = list(dict.fromkeys(_diagnoses(record)))
    held = releases(folder) if wanted else ()
    if not held:
        return ()
    day = _day_of(record)
    release = min(held, key=lambda one: (_distance(one, day), -one.first_day.toordinal()))
    of_release = f"of the {release.title} release"
    if day is None:
        of_release += ", the newest that is held (the version has no date)"
    elif _distance(release, day):
        of_release += f", the nearest to {day} that is held"
    unknown = [code for code in wanted if release.status(code) == "unknown"]
    categories = [code for code in wanted if release.status(code) == "category"]
    warnings = [f"{code} is not a code {of_release}" for code in unknown[:_MOST_NAMED]]
    if len(unknown) > _MOST_NAMED:
        warnings.append(
            f"{len(unknown) - _MOST_NAMED} more diagnosis codes are not codes {of_release}"
        )
    if categories:
        named = ", ".join(categories[:_MOST_NAMED]) + (
            f" and {len(categories) - _MOST_NAMED} more" if len(categories) > _MOST_NAMED else ""
        )
        warnings.append(
            f"not billable, for more characters are needed: {named} "
            f"({of_release.removeprefix('of ')})"
        )
    return tuple(warnings)


def _diagnoses(record: Record) -> Iterator[str]:
    for group in record.code_groups:
        yield from (code.code for code in group.codes if code.system == "ICD10CM")
    for statement in record.statements:
        yield from (code.code for code in statement.codes if code.system == "ICD10CM")


def _day_of(record: Record) -> date | None:
    for name in ("effective", "revised", "published", "issued", "last_review"):
        fact = record.dates.get(name)
        if fact and fact.date:
            text = str(fact.date)
            return date.fromisoformat(text if len(text) > len("2026-04") else f"{text}-01")
    return None


def _distance(release: Release, day: date | None) -> int:
    """Days from `day` to the release; 0 where it covers the day, or where there is none."""
    if day is None:
        return 0
    return max((release.first_day - day).days, (day - release.last_day).days, 0)


@lru_cache(maxsize=32)
def _loaded(file: Path, changed: int) -> Release:  # `changed` makes a changed file another one
    try:
        head, _, rows = lzma.decompress(file.read_bytes()).partition(b"\n")
        told = json.loads(head)
        first, last = date.fromisoformat(told["from"]), date.fromisoformat(told["until"])
        return Release(first, last, told["title"], told["source"], rows)
    except (lzma.LZMAError, ValueError, KeyError, TypeError) as error:
        message = f"{file} is not a release of ICD-10-CM"
        raise InputError(message) from error


def pack(codes: Sequence[str], first_day: date, last_day: date, title: str, source: str) -> bytes:
    """A release as the bytes of its file; `codes` with or without their points, in any order."""
    head = {
        "from": first_day.isoformat(),
        "until": last_day.isoformat(),
        "title": title,
        "source": source,
    }
    rows = "".join(
        f"{code:<{_ROW - 1}}\n"
        for code in sorted({code.replace(".", "").upper() for code in codes})
    )
    return lzma.compress(f"{json.dumps(head)}\n{rows}".encode("ascii"), preset=9)


def file_name(first_day: date) -> str:
    """The name of a release's file."""
    return f"{first_day.isoformat()}{SUFFIX}"


def keep_release(folder: Path, packed: bytes, first_day: date) -> Path:
    """Write a packed release into `folder`, whole or not at all."""
    # the data folder, which is its owner's alone
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(exist_ok=True)
    target = folder / file_name(first_day)
    draft = target.with_suffix(f".{os.getpid()}")
    draft.write_bytes(packed)
    draft.replace(target)
    return target
