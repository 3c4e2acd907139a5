"""Records of long texts in Markdown: each heading, paragraph, list item and table row is a
statement, headings above what they head.
"""

import re
from hashlib import sha256

from policy_tracker.extract.keys import Keys
from policy_tracker.record import Record

HEADING = re.compile(r"(#{1,6})\s+\S")
RULED = re.compile(r"(=+|-+)\s*$")
ITEM = re.compile(r"\s*(?:[*+-]|\d{1,3}[.)])\s+\S")
ROW = re.compile(r"\s*\|")


def blocks_of(text: str) -> list[tuple[int, str]]:
    """The blocks of a text in order, each with its level if it is a heading, else 0.

    Lines of one paragraph are one block.
    """
    found: list[tuple[int, str]] = []
    open_block = False
    for line in text.splitlines():
        heading = HEADING.match(line)
        if not line.strip():
            open_block = False
        elif open_block and RULED.match(line):
            found[-1] = (1 if line.startswith("=") else 2, found[-1][1])
            open_block = False
        elif open_block and not heading and not ITEM.match(line) and not ROW.match(line):
            found[-1] = (0, f"{found[-1][1]}\n{line}")
        else:
            found.append((len(heading[1]) if heading else 0, line))
            open_block = not heading
    return found


def record_of(text: str, version: str) -> Record:
    """A record of all blocks of a text, in their order.

    A block's key follows from its words, so that equal keys say no more than they.
    """
    keys = Keys()
    statements: list[dict[str, str | None]] = []
    above: list[tuple[int, str]] = []
    for level, block in blocks_of(text):
        key = keys.free("t" + sha256(block.encode()).hexdigest()[:16])
        while level and above and above[-1][0] >= level:
            above.pop()
        parent = above[-1][1] if above else None
        statements.append(
            {"key": key, "parent": parent, "section": "text", "role": "note", "text": block}
        )
        if level:
            above.append((level, key))
    return Record.model_validate(
        {
            "record": 1,
            "payer": "published",
            "policy": "long-text",
            "title": "A long text",
            "policy_type": "administrative",
            "version": version,
            "source_kind": "payer_document",
            "sections": [{"key": "text", "heading": "Text", "kind": "coverage"}],
            "statements": statements,
        }
    )
