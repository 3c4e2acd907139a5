"""What became different in a text, short enough for a mail: the changed words with a little of what
stands around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from policy_tracker.diff.redline import RedlineSpan, redline

if TYPE_CHECKING:
    from collections.abc import Iterable

Side = Literal["before", "after"]
AROUND = 240
"""Characters of unchanged text kept at each side of a change."""
LONGEST = 1500
"""Characters kept of one changed run."""
ELLIPSIS = " … "
_SHOWN: dict[Side, str] = {"before": "delete", "after": "insert"}


def excerpt(before: str | None, after: str | None, side: Side) -> tuple[RedlineSpan, ...]:
    """One side of a change as spans: what both say and what only this one says, shortened where it
    runs on; empty where it says nothing.
    """
    spans = [span for span in redline(before, after) if span.op in ("equal", _SHOWN[side])]
    last = len(spans) - 1
    return tuple(
        RedlineSpan(op=span.op, text=_shortened(span, first=place == 0, last=place == last))
        if len(span.text) > AROUND
        else span
        for place, span in enumerate(spans)
    )


def _shortened(span: RedlineSpan, *, first: bool, last: bool) -> str:
    text = span.text
    if span.op != "equal" or (first and last):
        return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}{ELLIPSIS}"
    head = "" if first else text[:AROUND].rstrip()
    tail = "" if last else text[-AROUND:].lstrip()
    return text if len(head) + len(tail) >= len(text) else f"{head}{ELLIPSIS}{tail}"


def marked(spans: Iterable[RedlineSpan]) -> str:
    """Spans as plain text in the marks of wdiff: `[-removed-]`, `{+added+}`; white space stays
    outside of the marks.
    """
    return "".join(_marked(span) for span in spans)


def _marked(span: RedlineSpan) -> str:
    words = span.text.strip()
    if span.op == "equal" or not words:
        return span.text
    before, after = (
        span.text[: len(span.text) - len(span.text.lstrip())],
        span.text[len(span.text.rstrip()) :],
    )
    return f"{before}[-{words}-]{after}" if span.op == "delete" else f"{before}{{+{words}+}}{after}"
