"""Any other payer's policy: labels and headings that the field uses, read as far as they go."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import Document
from policy_tracker.extract.assemble import FormatReading, assemble, head_of
from policy_tracker.extract.document_kinds import kind_warnings
from policy_tracker.extract.drug_lists import is_drug_list
from policy_tracker.extract.head.closing_dates import closing_dates
from policy_tracker.extract.head.dated_labels import dates_by_words
from policy_tracker.extract.head.identity import (
    GROWING,
    Identity,
    name_words,
    read_identity,
    slug_of,
)
from policy_tracker.extract.head.label_rows import dates_below_labels
from policy_tracker.extract.head.letterhead import issuer_of
from policy_tracker.extract.head.letterhead_places import issuer_by_place
from policy_tracker.extract.head.naming import title_of
from policy_tracker.extract.head.number_forms import without_edition
from policy_tracker.extract.head.numbered_labels import number_by_words
from policy_tracker.extract.head.printed_names import printed_name_of
from policy_tracker.extract.head.reach import reach_of
from policy_tracker.extract.kinds.secondary import is_secondary
from policy_tracker.extract.payers.format import Format, says
from policy_tracker.extract.payers.profile import GENERIC
from policy_tracker.extract.quality import NOT_IN_LETTERHEAD
from policy_tracker.record import Bulletin, DateFact, Record
from policy_tracker.record.vocabulary import DateName

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER_ALONE = re.compile(r"[A-Z]{0,6}[-. ]?\d[\w.-]{1,15}")
_RUNNING_VERSION = re.compile(
    r"(?:version|ver\.?|edition)\s*(?:#|no\.?|number)?\s*:?\s*(?P<version>\d[\w.]{0,8})",
    re.IGNORECASE,
)
_ORIGIN = re.compile(r"\boriginal effective date\b", re.IGNORECASE)
_MONTH = len("YYYY-MM")
_STARTS_ITSELF: frozenset[DateName] = frozenset({"effective", "issued", "published"})
"""Dates from which the start of a version is known."""
_STARTS = (
    r"policy|(?:policy|position) statements?|coverage "
    r"(?:policy|criteria|rationale|position|statement|guidelines?)"
    r"|(?:clinical |medical necessity |authorization |prior authorization "
    r")?(?:criteria|guidelines)|description(?:/scope)?"
    r"|overview|background|purpose|scope|summary|introduction|medical "
    r"necessity|indications?|application"
    r"|table of contents|instructions for use"
)


_SPREADSHEETS = ("csv", "xlsx")


def _recognise(document: Document) -> bool:
    if document.media in _SPREADSHEETS:  # of tables of values only a list of drugs is a policy
        return any(block.table and is_drug_list(block.table) for block in document.blocks)
    return bool(document.blocks)


def _read(document: Document) -> list[Record | Bulletin]:
    issuer = issuer_of(document)
    identity = _read_identity(document)
    beside = printed_name_of(document, issuer.slug)
    identity = replace(
        identity,
        number=identity.number or beside.number or number_by_words(document, issuer.slug),
        version=identity.version or beside.version or _running_version(document),
        dates=_dates_of(document, identity),
    )
    title, printed = title_of(document, identity, beside, issuer.slug)
    if document.media in _SPREADSHEETS:  # its first words are titles of columns
        title, printed = identity.title or "Drug list", ()
    if issuer.why == NOT_IN_LETTERHEAD:
        issuer = issuer_by_place(document, title) or issuer
    kind = "drug_coverage" if _is_about_drugs(document) else "medical_coverage"
    number, edition = without_edition(identity.number or "")
    identity = replace(identity, version=identity.version or edition)
    policy = slug_of(number or title)
    head = head_of(
        identity,
        document,
        payer=issuer.slug,
        policy=policy,
        policy_type=kind,
        title=title,
        printed=printed,
    )
    head = replace(head, applies_to=reach_of(document, head.title))
    record = assemble(document, head, FormatReading("generic", 2, GENERIC, starts=_STARTS))
    if is_secondary(document):
        record = record.model_copy(update={"source_kind": "secondary"})
    record = _with_dates_told(record)
    return [
        _with_warnings(record, (*((issuer.why,) if issuer.why else ()), *kind_warnings(document)))
    ]


def _running_version(document: Document) -> str | None:
    """The version that a running line counts: "Version #: 2"."""
    matches = (_RUNNING_VERSION.fullmatch(line.strip()) for line in document.running)
    return next((match["version"] for match in matches if match), None)


def _is_about_drugs(document: Document) -> bool:
    """Whether the head says so, or drugs are listed with how they stand."""
    if any(block.table and is_drug_list(block.table) for block in document.blocks):
        return True
    words = (
        r"\b(?<!/)(?:drug|pharmacy|medication|prior authorization) "
        r"(?:policy|coverage|criteria|program)"
    )
    return says(document, words)


def _read_identity(document: Document) -> Identity:
    """The identity behind labels. Where `Policy:` announces the number ("Policy: MP7") it is a
    label of numbers, and the title stands behind another.
    """
    identity = read_identity(document)
    if identity.number or not identity.title or not _NUMBER_ALONE.fullmatch(identity.title):
        return identity
    words = name_words()
    titles = [word for word in words["title"] if word != "policy"]
    return read_identity(document, {"title": titles, "number": [*words["number"], "policy"]})


def _dates_of(document: Document, identity: Identity) -> dict[DateName, DateFact]:
    """The dates below rows of labels, behind known labels, and behind labels that are on no list
    where these say none.
    """
    told = dates_by_words(document)
    known = {name: fact for name, fact in identity.dates.items() if fact.date or name not in told}
    head = {**told, **known, **dates_below_labels(document)}
    if not any(name in head and head[name].date for name in _STARTS_ITSELF):
        head = _newest_of(closing_dates(document), head)
    return _with_amendment(head)


def _newest_of(
    end: Mapping[DateName, DateFact], head: Mapping[DateName, DateFact]
) -> dict[DateName, DateFact]:
    """The dates of the head, with those of the end that it does not have; of those that grow the
    newer.
    """
    return {**head} | {
        name: fact
        for name, fact in end.items()
        if name not in head
        or not head[name].date
        or (name in GROWING and (fact.date or "") > (head[name].date or ""))
    }


def _with_amendment(dates: dict[DateName, DateFact]) -> dict[DateName, DateFact]:
    """The dates, with the day from which a version holds whose head prints nothing but the first
    day of the policy and that of its last amendment.
    """
    amended = dates.get("revised")
    alone = "original_effective" in dates and not _STARTS_ITSELF & dates.keys()
    if alone and amended and amended.date and len(amended.date) > _MONTH:
        ground = "the last amendment, beside the first day of the policy"
        effective = DateFact(date=amended.date, raw=amended.raw, status="inferred", ground=ground)
        return {**dates, "effective": effective}
    return dates


def _with_dates_told(record: Record) -> Record:
    """The record with the dates that its own history tells and its head does not: the day of
    origin, and the last of a series of revisions.
    """
    dates = dict(record.dates)
    for row in record.revision_history:
        if row.date and "original_effective" not in dates and _ORIGIN.search(row.text):
            dates["original_effective"] = DateFact(date=row.date, raw=row.text[:60], status="dated")
    series = [row.date for row in record.revision_history if row.type == "Revised" and row.date]
    if series and "revised" not in dates and not any(len(date) > _MONTH for date in series):
        dates["revised"] = DateFact(date=max(series), raw=max(series), status="dated")
    return record.model_copy(update={"dates": dates})


def _with_warnings(record: Record, why: tuple[str, ...]) -> Record:
    """The record, with warnings of why its payer is unknown, or why it is no payer's policy."""
    if not why or record.extraction is None:
        return record
    extraction = record.extraction.model_copy(
        update={"warnings": (*record.extraction.warnings, *why)}
    )
    return record.model_copy(update={"extraction": extraction})


FORMAT = Format("generic", 2, None, _recognise, _read, order=99)
