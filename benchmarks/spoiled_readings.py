"""Does the gate hold readings that are made bad on purpose?

    python -m benchmarks.spoiled_readings

Each good reading (the invented documents of payers, and the verified documents of the corpus that
are published as they are) is spoiled in several ways: a section or a tenth of the statements is
dropped, a list of codes is dropped, the positions of a section or of a list are turned round, the
payer is lost. The document is not touched: its account is made anew, and the gate is asked.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator

from benchmarks.directive_units import documents
from policy_tracker.documents.blocks import Document
from policy_tracker.documents.read import read_document
from policy_tracker.documents.versions_in_file import split_versions
from policy_tracker.extract.account import with_account
from policy_tracker.extract.extract import read_version
from policy_tracker.extract.quality import UNKNOWN_PAYER, review_reasons
from policy_tracker.extract.unread_marks import unread_warnings
from policy_tracker.record import Record
from policy_tracker.record.vocabulary import APPROVING, DENYING, Position
from tests.extract.payers.made_documents import MADE

Spoiling = Callable[[Record], Iterator[Record]]
LEAST_LOST = 0.1
"""The part of the statements without which a reading is bad."""
LEAST_CODES_LOST = 0.05
"""The part of the codes without which it is."""


def judged(document: Document, record: Record) -> tuple[str, ...]:
    """Why the gate holds a record that was read from a document, the account made anew."""
    if record.extraction is None:
        return ()
    fresh = record.extraction.model_copy(
        update={"text_coverage": None, "set_aside": (), "unread": (), "warnings": ()}
    )
    bare = record.model_copy(update={"extraction": fresh})
    told = fresh.model_copy(update={"warnings": unread_warnings(document, [bare])})
    (again,) = with_account(document, [bare.model_copy(update={"extraction": told})])
    return review_reasons(again) if isinstance(again, Record) else ()


def without_a_section(record: Record) -> Iterator[Record]:
    by_section: dict[str, set[str]] = defaultdict(set)
    for one in record.statements:
        by_section[one.section].add(one.key)
    for keys in by_section.values():
        if LEAST_LOST * len(record.statements) < len(keys) < len(record.statements):
            yield _without(record, keys)


def without_some_statements(record: Record) -> Iterator[Record]:
    """Every sixth statement is gone, from each of three beginnings."""
    keys = [one.key for one in record.statements]
    for start in range(3 if len(keys) >= 12 else 0):
        yield _without(record, set(keys[start::6]))


def without_a_list_of_codes(record: Record) -> Iterator[Record]:
    whole = sum(len(group.codes) for group in record.code_groups)
    for group in record.code_groups:
        if group.codes and len(group.codes) > LEAST_CODES_LOST * whole:
            codes = {code.code for code in group.codes}
            kept = tuple(one for one in record.code_groups if one is not group)
            held = {code.code for one in kept for code in one.codes}
            if codes - held:
                yield record.model_copy(update={"code_groups": kept, "pairings": ()})


def with_a_section_turned(record: Record) -> Iterator[Record]:
    sections = dict.fromkeys(one.section for one in record.statements)
    for section in sections:
        turned = [
            one.model_copy(update={"position": _other(one.position)})
            if one.section == section
            else one
            for one in record.statements
        ]
        changed = sum(
            a.position != b.position for a, b in zip(turned, record.statements, strict=True)
        )
        decided = sum(one.position is not None for one in record.statements)
        if changed > decided / 50:
            yield record.model_copy(update={"statements": tuple(turned)})


def with_a_list_turned(record: Record) -> Iterator[Record]:
    for place, group in enumerate(record.code_groups):
        if _other(group.disposition) != group.disposition:
            turned = group.model_copy(
                update={"disposition": _other(group.disposition), "basis": None}
            )
            groups = (*record.code_groups[:place], turned, *record.code_groups[place + 1 :])
            yield record.model_copy(update={"code_groups": groups})


def without_the_payer(record: Record) -> Iterator[Record]:
    yield record.model_copy(update={"payer": UNKNOWN_PAYER})


SPOILINGS: dict[str, Spoiling] = {
    "a section dropped": without_a_section,
    "every sixth statement dropped": without_some_statements,
    "a list of codes dropped": without_a_list_of_codes,
    "a section's positions turned": with_a_section_turned,
    "a list of codes turned": with_a_list_turned,
    "the payer lost": without_the_payer,
}


def _without(record: Record, keys: set[str]) -> Record:
    kept = []
    gone = set(keys)
    for one in record.statements:
        if one.key in gone or one.parent in gone:
            gone.add(one.key)
        else:
            kept.append(one)
    return record.model_copy(
        update={
            "statements": tuple(kept),
            "authorizations": tuple(a for a in record.authorizations if a.statement not in gone),
        }
    )


def _other(position: Position | None) -> Position | None:
    if position in APPROVING:
        return "not_medically_necessary"
    return "medically_necessary" if position in DENYING else position


def good_readings() -> Iterator[tuple[str, Document, Record]]:
    """The documents whose reading the gate lets through as it is."""
    for name, make in MADE.items():
        yield from _good(name, make())
    for name, file, _ in documents():
        if name.startswith("extract/"):
            yield from _good(name, split_versions(read_document(file.read_bytes(), file.name))[0])


def _good(name: str, document: Document) -> Iterator[tuple[str, Document, Record]]:
    (record,) = read_version(document, name)
    if isinstance(record, Record) and not judged(document, record):
        yield name, document, record


def counts() -> tuple[int, dict[str, list[str]], dict[str, int]]:
    """How many readings are good, the spoiled ones that went through by their spoiling, and how
    many there were.
    """
    through: dict[str, list[str]] = {name: [] for name in SPOILINGS}
    made: dict[str, int] = dict.fromkeys(SPOILINGS, 0)
    good = 0
    for name, document, record in good_readings():
        good += 1
        for kind, spoil in SPOILINGS.items():
            for number, spoiled in enumerate(spoil(record)):
                made[kind] += 1
                if not judged(document, spoiled):
                    through[kind].append(f"{name} ({number})")
    return good, through, made


def main() -> int:
    random.seed(0)
    good, through, made = counts()
    print(f"{good} good readings")
    for kind, names in through.items():
        print(
            f"{kind:34} {made[kind] - len(names):4} of {made[kind]:4} held  {', '.join(names[:12])}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
