"""UnitedHealthcare's clinical pharmacy programs: a table as head, Change Control at the end."""

from __future__ import annotations

import re
from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import head_of
from policy_tracker.extract.head.identity import Identity, join_lines
from policy_tracker.extract.payers.format import head_text
from policy_tracker.extract.payers.labelled import labelled_identity, policy_type_of, read_body
from policy_tracker.extract.payers.payer_data import FormatData
from policy_tracker.language.dates import dates_in
from policy_tracker.record import Bulletin, DateFact, Record


def _last_approval(
    identity: Identity, document: Document, approvals: re.Pattern[str]
) -> DateFact | None:
    """The last of the approval months; the list may wrap over lines, of which a label's value is
    only the first.
    """
    lines = [line.text for line in document.header]
    start = next((n for n, line in enumerate(lines) if approvals.match(line)), None)
    text = identity.values.get("approval", "")
    if start is not None:
        end = next(
            (n for n in range(start + 1, len(lines)) if re.match(r"[A-Z]", lines[n])), len(lines)
        )
        text = max((text, " ".join(lines[start:end])), key=len)
    found = list(dates_in(text))
    return DateFact(date=found[-1].iso, raw=found[-1].raw) if found else None


def _title(document: Document, identity: Identity) -> str:
    """The program with its medications, as the table of changes names it, else put together from
    the head.
    """
    for block in document.blocks:
        for row in block.table.rows if block.table else ():
            cells = [join_lines(cell.lines) for cell in row.cells]
            if len(cells) == 2 and cells[0] == "Program" and " - " in cells[1].replace("–", "-"):
                return cells[1]
    parts = [identity.values.get("program", ""), identity.values.get("medications", "")]
    return " - ".join(part for part in parts if part).replace("®", "").replace("™", "")


def read(document: Document, payer: str, data: FormatData) -> list[Record | Bulletin]:
    """The record of a program, numbered in its head and dated by the last approval."""
    said = data.head
    identity = labelled_identity(document, said)
    match = re.search(said.number or "", head_text(document))
    dates = dict(identity.dates)
    if last := _last_approval(identity, document, data.word("approvals")):
        dates["last_review"] = last
    number, label = (match["number"], match["label"]) if match else (None, None)
    identity = replace(identity, number=number, version=label, dates=dates)
    head = head_of(
        identity,
        document,
        payer=payer,
        policy=f"p-{number}",
        policy_type=policy_type_of(document, identity, said.type),
        title=_title(document, identity),
    )
    return [read_body(document, head, data)]
