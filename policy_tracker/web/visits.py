"""What a reader has seen of the feed: two times in a cookie of our own, and nothing else about
anybody.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

COOKIE = "feed_seen"
LASTS = timedelta(days=400)
PAUSE = timedelta(minutes=30)
"""After this long without a look, the next one is a new visit."""
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Visit:
    """`seen_until`: what was recorded later is new to the reader (None at first: nothing is called
    new); `cookie` is the next value.
    """

    seen_until: datetime | None
    cookie: str


def visit(cookie: str | None, now: datetime) -> Visit:
    """The visit that a look at `now` belongs to. A cookie that is not ours counts as none."""
    stamp = int(now.timestamp())
    since, last = _read(cookie)
    if last is None:
        return Visit(None, f"0.{stamp}")
    if stamp - last > PAUSE.total_seconds():
        since = last
    return Visit(datetime.fromtimestamp(since, UTC) if since else None, f"{since}.{stamp}")


def _read(cookie: str | None) -> tuple[int, int | None]:
    since, _, last = (cookie or "").partition(".")
    if all(part.isascii() and part.isdigit() and len(part) <= _LONGEST for part in (since, last)):
        return int(since), int(last)
    return 0, None
