"""Blue Cross NC's corporate medical policies: title in the first line, month of the version in the
footer, dated paragraphs as history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import head_of
from policy_tracker.extract.head.identity import slug_of
from policy_tracker.extract.history import read_history
from policy_tracker.extract.payers.labelled import labelled_identity, policy_type_of, read_body
from policy_tracker.extract.payers.payer_data import FormatData
from policy_tracker.extract.structure.parts import parts_of
from policy_tracker.language.dates import date_at_start
from policy_tracker.record import Bulletin, DateFact, Record
from policy_tracker.record.content import HistoryRow
from policy_tracker.record.vocabulary import DateName


def _dates(
    document: Document,
    history: Sequence[HistoryRow],
    printed: Mapping[DateName, DateFact],
    data: FormatData,
) -> tuple[dict[DateName, DateFact], str | None]:
    """The head's dates, with the month of the footer (the version) and the row of the history that
    issued the policy.
    """
    dates = dict(printed)
    footer, original = data.word("footer"), data.word("original")
    running = [
        line
        for line in (*document.running, *(line.text for line in document.header))
        if footer.match(line.strip())
    ]
    month = running[0].strip() if running else None
    date = date_at_start(month) if month else None
    if date and "effective" not in dates:
        dates["effective"] = DateFact(
            date=date.iso,
            raw=month,
            status="inferred",
            ground="the month of the version in the page footer",
        )
    first = next((row for row in reversed(history) if row.date and original.search(row.text)), None)
    if first and "original_effective" not in dates:
        ground = "the row of the revision history that issued the policy"
        dates["original_effective"] = DateFact(
            date=first.date, raw=first.date, status="inferred", ground=ground
        )
    return dates, month


def _line_below(document: Document, data: FormatData) -> str:
    """The title of a medical policy, which stands in a line of its own below the name of the kind
    of document.
    """
    lines = [line.text.strip() for line in document.header]
    start = next((n for n, line in enumerate(lines) if data.word("kind").fullmatch(line)), None)
    return (
        next(
            (line for line in lines[start + 1 :] if not data.word("payer_line").fullmatch(line)), ""
        )
        if start is not None
        else ""
    )


def read(document: Document, payer: str, data: FormatData) -> list[Record | Bulletin]:
    """The record of a document, dated by its footer and its history."""
    identity = labelled_identity(document, data.head)
    history = read_history(parts_of(document.blocks))
    dates, month = _dates(document, history, identity.dates, data)
    identity = replace(identity, dates=dates, version=month)
    printed = identity.title and not data.word("payer_line").fullmatch(identity.title)
    title = (identity.title if printed else None) or _line_below(document, data)
    kind = policy_type_of(document, identity, data.head.type)
    head = head_of(
        identity, document, payer=payer, policy=slug_of(title), policy_type=kind, title=title
    )
    return [read_body(document, head, data, history)]
