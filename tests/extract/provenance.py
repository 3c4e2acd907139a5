"""What every reading owes its document: each statement, code and row of the history names
characters that print it.

The comparison knows nothing of how a reader builds its texts: it asks that the characters, put one
behind the other, are the words of the statement, white space, line-end hyphens and footnote marks
apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_tracker.documents.attached import printed_blocks
from policy_tracker.documents.blocks import Document
from policy_tracker.language.numbers import numbers
from policy_tracker.language.plain import digits
from policy_tracker.record import Record, Statement
from policy_tracker.record.source import Source, Spans

_PUT_IN = re.compile(r"[\s\u00ad—-]+")


def faults_of(document: Document, *records: Record) -> Iterator[str]:
    """A sentence for each fault in the provenance of records that were read from a document."""
    texts = {block.id: block.text for block in printed_blocks(document)}
    for record in records:
        yield from _faults_in(record, texts)


def _faults_in(record: Record, texts: dict[str, str]) -> Iterator[str]:
    for where, spans in _places(record):
        for block, start, end in spans:
            if block not in texts:
                yield f"{where} names {block}, which the document has not"
            elif not 0 <= start < end <= len(texts[block]):
                yield (
                    f"{where} names characters {start} to {end} of {block}, which has "
                    f"{len(texts[block])}"
                )
    yield from _unlike(record, texts)


def _places(record: Record) -> Iterator[tuple[str, Spans]]:
    yield from ((f"statement {one.key}", _spans(one.source)) for one in record.statements)
    for one in record.statements:
        yield from ((f"number of {one.key}", spans) for spans in one.quantity_spans)
    yield from ((f"section {one.key}", one.spans) for one in record.sections)
    yield from ((f"row of {one.date}", _spans(one.source)) for one in record.revision_history)
    for group in record.code_groups:
        yield f"list {group.key}", _spans(group.source)
        yield from ((f"{one.system} {one.code}", _spans(one.source)) for one in group.codes)
    if record.residual:
        yield "residual", _spans(record.residual.source)
    if record.extraction:
        yield "head", record.extraction.spans
        yield from (("what was not read", one.spans) for one in record.extraction.unread)


def _unlike(record: Record, texts: dict[str, str]) -> Iterator[str]:
    for one in record.statements:
        printed = _printed(_spans(one.source), texts)
        if _plain(printed) != _plain(one.text):
            yield f"statement {one.key} says {one.text!r}, and its characters {printed!r}"
        yield from _unlike_numbers(one, texts)
    for group in record.code_groups:
        for code in group.codes:
            printed = _printed(_spans(code.source), texts)
            if _plain(printed).upper().replace(".", "") != code.code.replace(".", "").replace(
                "-", ""
            ):
                yield f"code {code.code} has the characters {printed!r}"
        below = _plain(_printed(_spans(group.source), texts))
        yield from (
            f"range {span.raw} is not printed in {below!r}"
            for span in group.ranges
            if _plain(span.raw) not in below
        )
    for row in record.revision_history:
        if _plain(row.text) not in _plain(_printed(_spans(row.source), texts)):
            yield (
                f"row of {row.date} says {row.text!r}, and its characters "
                f"{_printed(_spans(row.source), texts)!r}"
            )


def _unlike_numbers(one: Statement, texts: dict[str, str]) -> Iterator[str]:
    """Each quantity has characters, and where these have numbers its value is one of them."""
    if one.source is None or not one.source.spans:
        return
    if len(one.quantity_spans) != len(one.quantities):
        yield f"statement {one.key} has {len(one.quantities)} quantities with {len(one.quantity_spans)} places"
    for quantity, spans in zip(one.quantities, one.quantity_spans, strict=False):
        printed = _printed(spans, texts)
        values = {number.value for number in numbers(digits(printed).text)}
        said = {quantity.value, quantity.per.value if quantity.per else quantity.value}
        if not printed.strip() or (values and not said & values):  # "every 6 months" is once in 6
            yield f"{quantity.value:g} {quantity.unit} of {one.key} has the characters {printed!r}"


def _spans(source: Source | None) -> Spans:
    return source.spans if source else ()


def _printed(spans: Spans, texts: dict[str, str]) -> str:
    return " ".join(texts.get(block, "")[start:end] for block, start, end in spans)


def _plain(text: str) -> str:
    return _PUT_IN.sub("", text)
