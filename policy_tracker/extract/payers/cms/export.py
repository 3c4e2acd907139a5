"""The export of national coverage determinations that CMS publishes: one row of comma-separated
values each, with HTML in the cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policy_tracker.documents.blocks import Block, Document, Table, Unreadable
from policy_tracker.documents.html.fragments import aside_in, blocks_in, blocks_of_markup
from policy_tracker.extract.assemble import FormatReading, Head, assemble
from policy_tracker.extract.payers.cms.ncd import (
    APPLIES_TO,
    PAYER,
    PROFILE,
    SENTINEL,
    coverage_heading,
    description_heading,
    outlined,
    reviewed,
    settled,
)
from policy_tracker.extract.payers.format import Format
from policy_tracker.language.dates import date_at_start
from policy_tracker.record import Bulletin, DateFact, Record
from policy_tracker.record.content import HistoryRow, RelatedPolicy
from policy_tracker.record.source import Source
from policy_tracker.record.vocabulary import DENYING, DateName

_NEEDED = (
    "NCD_id",
    "NCD_vrsn_num",
    "NCD_mnl_sect",
    "NCD_mnl_sect_title",
    "NCD_efctv_dt",
    "itm_srvc_desc",
    "indctn_lmtn",
)
_DATES: tuple[tuple[DateName, str], ...] = (
    ("effective", "NCD_efctv_dt"),
    ("issued", "trnsmtl_issnc_dt"),
    ("retired", "NCD_trmntn_dt"),
)
_TEXTS = ("itm_srvc_desc", "indctn_lmtn", "othr_txt", "xref_txt", "rev_hstry")
"""The columns of markup: description, indications, other text, cross-references, history."""
_NO_COVERAGE = "3"
_LINKED = re.compile(r"NCDId=\d+[^\"'<>]{0,200}?DocID=(\d+(?:\.\d+)*)", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ROW = re.compile(r"^\s*[-–—]\s*")


def _table(document: Document) -> Table | None:
    return document.blocks[0].table if document.media == "csv" and document.blocks else None


def _columns(table: Table) -> tuple[str, ...]:
    return tuple(cell.text.strip() for cell in table.rows[0].cells) if table.rows else ()


def _recognise(document: Document) -> bool:
    table = _table(document)
    return table is not None and set(_NEEDED) <= set(_columns(table))


def _read(document: Document) -> list[Record | Bulletin]:
    table = _table(document)
    if table is None:
        return []
    columns = _columns(table)
    records: list[Record | Bulletin] = []
    for line in table.rows[1:]:
        cells = dict(zip(columns, line.cells, strict=False))
        row = dict.fromkeys(columns, "") | {column: cell.text for column, cell in cells.items()}
        if row.get("NCD_mnl_sect", "").strip():
            texts = {column: cell for column, cell in cells.items() if column in _TEXTS}
            aside = tuple(part for cell in texts.values() for part in aside_in(cell))
            records.append(
                _record(row, {column: blocks_in(cell) for column, cell in texts.items()}, aside)
            )
    return records


def _record(
    row: Mapping[str, str], texts: Mapping[str, tuple[Block, ...]], aside: tuple[Unreadable, ...]
) -> Record:
    """A row's record; `texts` are the blocks of its columns of text, `aside` what these strike out
    or hide.
    """
    section = row["NCD_mnl_sect"].strip()
    version = row["NCD_vrsn_num"].strip()
    head = Head(
        payer=PAYER,
        policy=f"ncd-{re.sub(r'[^a-z0-9.]+', '-', section.lower()).strip('-.')}",
        title=" ".join(_plain(row["NCD_mnl_sect_title"]).split()) or f"NCD {section}",
        policy_type="ncd",
        version=f"v{re.sub(r'[^A-Za-z0-9]+', '-', version).strip('-') or '0'}",
        policy_number=section,
        aliases=(f"NCD {section}",),
        version_label=version or None,
        dates=_dates(row, texts),
        applies_to=APPLIES_TO,
        related=tuple(_related(row)),
    )
    body = Document("html", 1, tuple(_blocks(texts)), unreadable=aside)
    record = settled(
        assemble(
            body,
            head,
            FormatReading("cms_ncd", 1, PROFILE),
            _history(row.get("rev_hstry", ""), texts.get("rev_hstry", ())),
        )
    )
    warnings = (*(record.extraction.warnings if record.extraction else ()), *_silence(row, record))
    extraction = (
        record.extraction.model_copy(update={"warnings": warnings}) if record.extraction else None
    )
    return record.model_copy(update={"source_kind": "payer_data", "extraction": extraction})


def _silence(row: Mapping[str, str], record: Record) -> Iterator[str]:
    """CMS keeps a level of coverage beside the text: where the text is read otherwise, somebody
    should look.
    """
    if row.get("cvrg_lvl_cd") == _NO_COVERAGE and not any(
        statement.position in DENYING for statement in record.statements
    ):
        yield "the export says that there is no coverage, and no statement was read that says so"
    retired = record.dates.get("retired")
    if retired and retired.status == "ambiguous":
        yield "the export says that it ended before it took effect"


def _plain(fragment: str) -> str:
    return " ".join(block.text for block in blocks_of_markup(fragment))


def _dates(
    row: Mapping[str, str], texts: Mapping[str, tuple[Block, ...]]
) -> dict[DateName, DateFact]:
    dates: dict[DateName, DateFact] = {}
    for name, column in _DATES:
        raw = row.get(column, "").strip()
        found = date_at_start(raw)
        if found and not (name == "effective" and found.iso == SENTINEL):
            basis = "date_of_service" if name == "effective" else None
            dates[name] = DateFact(date=found.iso, raw=raw, basis=basis)
        elif raw or name == "effective":
            dates[name] = DateFact(raw=raw or None, status="undated")
    if last := reviewed([*texts.get("indctn_lmtn", ()), *texts.get("othr_txt", ())]):
        dates["last_review"] = last
    # a version issued after the end: which of the two dates is meant cannot be told
    if _ends_too_early(dates):
        dates["retired"] = DateFact(raw=dates["retired"].raw, status="ambiguous")
    return dates


def _ends_too_early(dates: Mapping[DateName, DateFact]) -> bool:
    begin, end = (
        fact.first_day if (fact := dates.get(name)) else None for name in ("effective", "retired")
    )
    return begin is not None and end is not None and end < begin


def _blocks(texts: Mapping[str, tuple[Block, ...]]) -> Iterator[Block]:
    description, indications, other, references = (texts.get(column, ()) for column in _TEXTS[:4])
    if not indications:  # a few old determinations say everything in the description
        description, indications = (), description
    if description:
        yield description_heading()
        yield from outlined(description)
    yield coverage_heading()
    yield from outlined(indications)
    if other:
        yield Block("heading", "Other", heading_level=1)
        yield from outlined(other)
    if references:
        yield Block("heading", "Cross-reference", heading_level=1)
        yield from references


def _related(row: Mapping[str, str]) -> Iterator[RelatedPolicy]:
    """Other determinations that the cross-references link to."""
    here = row["NCD_mnl_sect"].strip()
    for section in dict.fromkeys(_LINKED.findall(row.get("xref_txt", ""))):
        if section != here:
            yield RelatedPolicy(payer=PAYER, policy=f"ncd-{section}", relation="see_also")


def _history(text: str, blocks: tuple[Block, ...]) -> tuple[HistoryRow, ...]:
    """The rows of a history: a date and a dash open one, anything else goes on with the row before.

    Rows are lines within the cell's `blocks`, all of which are their place.
    """
    rows: list[HistoryRow] = []
    spans = tuple(span for block in blocks for span in block.traced().spans())
    source = Source(spans=spans) if spans else None
    for block in blocks_of_markup(_BREAK.sub("</p><p>", text)):
        date = date_at_start(block.text)
        rest = block.text[date.end :] if date else block.text
        if date and _ROW.match(rest):
            rows.append(HistoryRow(date=date.iso, text=_ROW.sub("", rest, count=1), source=source))
        elif rows:
            rows[-1] = rows[-1].model_copy(update={"text": f"{rows[-1].text} {block.text}".strip()})
        else:
            rows.append(HistoryRow(text=block.text, source=source))
    return tuple(rows)


FORMAT = Format("cms_ncd", 1, PAYER, _recognise, _read, order=10)
