"""How a spreadsheet shows a number: dates, zeros in front, decimals (ECMA-376, part 1, 18.8.30)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47), "h:mm"),
    22: "yyyy-mm-dd h:mm",
}
"""The formats that files name by number alone; those of dates differ by language, not in kind."""
_SILENT = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[[^\]]*\]")
_LITERAL = re.compile(r"\"([^\"]*)\"|\\(.)|_.|\*.|\[[^\]]*\]")
_OF_DATES, _OF_TIMES = re.compile(r"[dy]", re.IGNORECASE), re.compile(r"[hs]", re.IGNORECASE)
_PLACES = re.compile(r"[0#?\-/ ().]+")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a wall calendar
_LAST_SERIAL = 2_958_465  # 31 December 9999
_DIGITS = 15  # that a spreadsheet keeps


def code_of(number: int, custom: dict[int, str]) -> str:
    """The format of a number by its id; "" for the general one."""
    return custom.get(number) or _BUILT_IN.get(number, "")


def is_blank(code: str) -> bool:
    """Whether a format shows nothing at all (`;;;`)."""
    return code.strip().startswith(";;") and not code.strip(" ;")


def shown(value: float, code: str, *, from_1904: bool = False) -> str:
    """A number as a cell of this format shows it; dates as `2026-07-01`."""
    section = code.split(";", maxsplit=1)[0]
    bare = _SILENT.sub("", section)
    if _OF_DATES.search(bare) or _OF_TIMES.search(bare):
        return _date(value, bare, _EPOCH_1904 if from_1904 else _EPOCH) or _general(value)
    if "%" in bare:
        return f"{value * 100:.{_decimals(bare)}f}%"
    if "," in bare or "." in bare:
        return f"{value:{',' if ',' in bare else ''}.{_decimals(bare)}f}"
    if "0" in bare and _PLACES.fullmatch(bare) and value >= 0 and value == int(value):
        return _filled(str(int(value)), _LITERAL.sub(lambda m: m[1] or m[2] or "", section))
    return _general(value)


def _decimals(code: str) -> int:
    return len(re.findall(r"[0#?]", code.partition(".")[2]))


def _general(value: float) -> str:
    if value == int(value) and abs(value) < 10**_DIGITS:
        return str(int(value))
    return f"{value:.{_DIGITS}g}"


def _filled(digits: str, places: str) -> str:
    """Digits in the places of a format, from the last one on: 100 in `00000` is `00100`."""
    left = list(digits)
    out: list[str] = []
    for place in reversed(places):
        if place in "0#?":
            out.append(left.pop() if left else "0" if place == "0" else "")
        else:
            out.append(place)
    return "".join([*left, *reversed(out)]).strip()


def _date(value: float, code: str, epoch: datetime) -> str:
    if not 0 <= value <= _LAST_SERIAL:
        return ""
    try:
        moment = epoch + timedelta(seconds=round(value * 86_400))
    except OverflowError:
        return ""
    day, time = f"{moment:%Y-%m-%d}", f"{moment:%H:%M}"
    if not _OF_DATES.search(code):
        return time
    return day if time == "00:00" else f"{day} {time}"
