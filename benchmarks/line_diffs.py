"""Whether the differences between two records account for everything that a line diff shows: each
line of a hunk exactly once.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from policy_tracker.diff.align import align
from policy_tracker.diff.compare import differences
from policy_tracker.diff.differences import Differences
from policy_tracker.record import Record, Statement, normalise
from policy_tracker.rules.changes import Comparison

Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Accounted:
    """The hunks of the line diff, the lines in them, and what is wrong: lines that are told never
    or twice, edits that no change tells.
    """

    hunks: int
    lines: int
    wrong: tuple[str, ...]


def opcodes(before: Record, after: Record) -> Sequence[Opcode]:
    """The opcodes of difflib between the two texts, a statement as a line, white space and Unicode
    forms normalised.
    """
    old, new = ([normalise(s.text) for s in record.statements] for record in (before, after))
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def account(before: Record, after: Record, told: Comparison) -> Accounted:
    """Follow each line of each hunk to where the comparison tells it.

    A line is told by the one edit of its statement, or it is kept: then the other text has the same
    words, elsewhere.
    """
    found = differences(before, after)
    hunks = [code for code in opcodes(before, after) if code[0] != "equal"]
    lines = [
        *((0, s) for _, start, end, _, _ in hunks for s in before.statements[start:end]),
        *((1, s) for _, _, _, start, end in hunks for s in after.statements[start:end]),
    ]
    times = Counter(_touched(found))
    # told with the sentence they are of
    times.update(
        (0 if part.side == "before" else 1, part.key) for part in align(before, after).parts
    )
    kept = {
        (side, s.key): pair
        for pair in found.same
        for side, s in enumerate((pair.before, pair.after))
    }
    wrong = [
        f"{_side(side)} {times[side, s.key]} times: {s.text[:80]}"
        for side, s in lines
        if times[side, s.key] != 1
    ]
    wrong += [
        f"{_side(side)} kept though otherwise: {s.text[:80]}"
        for side, s in lines
        if (pair := kept.get((side, s.key)))
        and normalise(pair.before.text) != normalise(pair.after.text)
    ]
    read = {one.difference for one in (*told.changes, *told.superseded)}
    wrong += [
        f"no change tells {difference.place}"
        for difference in found.differences
        if difference.hash not in read
    ]
    return Accounted(len(hunks), len(lines), tuple(wrong))


def _touched(found: Differences) -> Iterator[tuple[int, str]]:
    """Each mention of a statement: its side and key, in an edit or among what both make."""
    for one in (*found.differences, *found.same):
        for side, content in enumerate((one.before, one.after)):
            if isinstance(content, Statement):
                yield side, content.key


def _side(side: int) -> str:
    return ("earlier line told", "later line told")[side]
