"""Reads a payer's document by its data alone: labels in the head, known headings in the body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from policy_tracker.documents.blocks import Block, Document, Line
from policy_tracker.extract.assemble import FormatReading, Head, assemble, head_of
from policy_tracker.extract.head.identity import Identity, biggest_lines, read_identity, title_in
from policy_tracker.extract.head.naming import title_of
from policy_tracker.extract.head.printed_names import PrintedName
from policy_tracker.extract.head.reach import reach_of
from policy_tracker.extract.payers.format import head_text, says
from policy_tracker.extract.payers.payer_data import FormatData, HeadData, PolicyRule, TypeRule
from policy_tracker.record import Bulletin, DateFact, Record
from policy_tracker.record.content import HistoryRow
from policy_tracker.record.statements import AppliesTo
from policy_tracker.record.vocabulary import DateName, PolicyType


def read(document: Document, payer: str, data: FormatData) -> list[Record | Bulletin]:
    """The record of a document that needs no more than its payer's data."""
    return [read_body(document, read_head(document, payer, data), data)]


def read_body(
    document: Document,
    head: Head,
    data: FormatData,
    history: Sequence[HistoryRow] | None = None,
) -> Record:
    """The record of a document whose head is read. `history` replaces the general reader's rows."""
    return assemble(document, head, reading_of(data), history)


def reading_of(data: FormatData) -> FormatReading:
    """How the body of such a document is read."""
    return FormatReading(
        data.name,
        data.version,
        data.profile(),
        tuple((part.part, part.pattern) for part in data.part),
        sentence_codes=data.sentence_codes,
        starts=data.body_starts,
    )


def read_head(document: Document, payer: str, data: FormatData) -> Head:
    """Which policy and version a document is, by its labels and its number."""
    said = data.head
    printed = _numbered(labelled_identity(document, said), document, said)
    number = printed.number or ""
    rule, key, alias, version = _named(number, said.policy)
    identity = replace(
        printed,
        version=version if rule and rule.version else printed.version,
        dates=_with_inferred(printed.dates, said),
    )
    lines: Sequence[Line | Block] = (
        biggest_lines(document.header, said.title.largest, said.title.without) if said.title else ()
    )
    title = title_in([line for line in lines if isinstance(line, Line)])
    if not (title or identity.title or document.title):
        title, lines = title_of(document, identity, PrintedName(), payer)
    head = head_of(
        identity,
        document,
        payer=payer,
        policy=key,
        policy_type=policy_type_of(document, identity, said.type),
        title=title,
        printed=lines,
    )
    aliases = [alias] if alias else []
    if said.title and said.title.other == "alias" and identity.title not in (None, "", head.title):
        aliases.append(identity.title)
    return replace(
        head,
        aliases=tuple(aliases),
        scope=_scope(document, said),
        applies_to=(
            AppliesTo(lines_of_business=said.lines_of_business)
            if said.lines_of_business
            else reach_of(document)
        ),
    )


def labelled_identity(document: Document, said: HeadData) -> Identity:
    """What stands behind the labels of the head."""
    unused = {name for name, words in said.drop_unless_said.items() if not says(document, words)}
    return read_identity(document, said.labels, drop=said.drop | unused)


def policy_type_of(document: Document, identity: Identity, rules: Sequence[TypeRule]) -> PolicyType:
    """The type of the first rule that holds; the last one holds always."""
    section = identity.values.get("section", "").lower()
    for rule in rules:
        if (
            (rule.number is None or re.match(rule.number, identity.number or ""))
            and (rule.says is None or says(document, rule.says))
            and (rule.section is None or re.search(rule.section, section))
        ):
            return rule.type
    return rules[-1].type


def _numbered(identity: Identity, document: Document, said: HeadData) -> Identity:
    """The identity with a number that stands in the head without a label, and a title behind it."""
    if said.number:
        match = re.search(said.number, head_text(document), re.MULTILINE)
        named = match.groupdict().get("title") if match else None
        number = match["number"] if match else None
        identity = replace(identity, number=number, title=identity.title or named)
    if said.capitals and identity.number:
        identity = replace(identity, number=identity.number.upper())
    return identity


def _named(
    number: str, rules: Sequence[PolicyRule]
) -> tuple[PolicyRule | None, str, str | None, str | None]:
    """The rule by which a policy is named, its key, and what else the rule makes of the number."""
    for rule in rules:
        if match := re.fullmatch(rule.number, number):
            groups = {**match.groupdict(), "number": number}
            alias = rule.alias.format(**groups) if rule.alias else None
            version = rule.version.format(**groups) if rule.version else None
            return rule, _key(rule.key.format(**groups)), alias, version
    return None, _key(number), None, None


def _key(number: str) -> str:
    return re.sub(r"[^a-z0-9._–-]+", "-", number.lower())


def _with_inferred(
    printed: Mapping[DateName, DateFact], said: HeadData
) -> dict[DateName, DateFact]:
    """The dates, with those that another date stands for."""
    dates = dict(printed)
    for rule in said.inferred:
        source = dates.get(rule.source)
        if rule.date in dates or rule.unless in dates or source is None or not source.date:
            continue
        dates[rule.date] = DateFact(
            date=source.date, raw=source.raw, status="inferred", ground=rule.ground
        )
    return dates


def _scope(document: Document, said: HeadData) -> str | None:
    match = re.search(said.scope.pattern, head_text(document)) if said.scope else None
    return said.scope.words.format(**match.groupdict()) if match and said.scope else None
