"""Cigna National Formulary policies: `POLICY:` and `REVIEW DATE:` as first lines, no number and no
effective date in the document.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import head_of
from policy_tracker.extract.head.identity import slug_of
from policy_tracker.extract.payers.format import head_text
from policy_tracker.extract.payers.labelled import labelled_identity, policy_type_of, read_body
from policy_tracker.extract.payers.payer_data import FormatData
from policy_tracker.language.dates import dates_in
from policy_tracker.record import Bulletin, DateFact, Record
from policy_tracker.record.vocabulary import DateName


def _dates(text: str, review: re.Pattern[str]) -> dict[DateName, DateFact]:
    """The review date, and the last of the selected revisions that are printed behind it."""
    match = review.search(text)
    found = list(dates_in(match["dates"])) if match else []
    if not found:
        return {}
    dates: dict[DateName, DateFact] = {"last_review": DateFact(date=found[0].iso, raw=found[0].raw)}
    if len(found) > 1:
        latest = max(found[1:], key=lambda date: date.iso)
        dates["revised"] = DateFact(date=latest.iso, raw=latest.raw)
    return dates


def read(document: Document, payer: str, data: FormatData) -> list[Record | Bulletin]:
    """The record of a document, named and dated by its first lines."""
    text = "\n".join(line.text for line in document.header) or head_text(document)
    titled, review = data.word("title"), data.word("review_dates")
    match = titled.search(text) or titled.search(head_text(document))
    title = " ".join(match["title"].split()) if match else ""
    dates = _dates(text, review) or _dates(head_text(document), review)
    identity = replace(
        labelled_identity(document, data.head), number=None, version=None, dates=dates
    )
    kind = policy_type_of(document, identity, data.head.type)
    policy = f"cnf-{slug_of(title)}"
    head = head_of(identity, document, payer=payer, policy=policy, policy_type=kind, title=title)
    return [read_body(document, head, data)]
