"""Lists the vocabulary: how many entries and alternatives each file has, and which lack evidence.

An entry without evidence is one of which nobody has named a document that prints such words. It is
no reason to drop it: it is a reason to look for one.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from policy_tracker.extract.payers.payer_data import known_payers
from policy_tracker.language.lexicon import entries_of, subjects


@dataclass(frozen=True)
class Item:
    """An entry of a file of vocabulary."""

    file: str
    pattern: str
    seen: tuple[str, ...]


def items() -> Iterator[Item]:
    """Every entry of the lexicon, and every heading of the payers' data."""
    for subject in subjects():
        for entry in entries_of(subject):
            yield Item(f"lexicon/{subject}.toml", entry.pattern, entry.seen)
    for payer in known_payers():
        for data in payer.format:
            for heading in data.heading:
                yield Item(f"payers/{payer.payer}.toml", heading.pattern, heading.seen)


def without_evidence() -> tuple[Item, ...]:
    """The entries that name no document."""
    return tuple(item for item in items() if not item.seen)


def alternatives(pattern: str) -> int:
    """How many alternatives a pattern has, counted by the bars in it."""
    return 1 + pattern.replace("\\|", "").replace("[|", "").count("|")


def main() -> int:
    """Print the figures of each file, then the entries without evidence."""
    found = list(items())
    for file in dict.fromkeys(item.file for item in found):
        own = [item for item in found if item.file == file]
        bare = sum(not item.seen for item in own)
        choices = sum(alternatives(item.pattern) for item in own)
        print(f"{file}: {len(own)} entries, {choices} alternatives, {bare} without evidence")
    for item in without_evidence():
        print(f"no evidence: {item.file}: {item.pattern}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
