"""Whether what was read from a document can be published without a person's look: pure, one
sentence for each reason against it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_tracker.documents.blocks import HIDDEN, STRUCK
from policy_tracker.extract.head.titles import is_no_title
from policy_tracker.language.formatting import beginning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_tracker.record import Record
    from policy_tracker.record.content import Extraction, SetAside, Unread
    from policy_tracker.record.vocabulary import DateName, Position

MOST_DECISIONS_LEFT = 2
"""So many sentences that decide something may stand outside of the record: texts about a product
print one or two, of readings that lose a part more are left.
"""
MOST_LEFT_BESIDE = 0.04
"""In long documents so many of them beside each unit that is recorded: general terms grow with the
text.
"""
MOST_CODES_OPEN = 0.05
"""The part of the codes that may have no status where others have one."""
MOST_UNREAD = 0.05
"""The part of the directive units of the coverage part that may be unread, lists of codes apart."""
FEW_UNREAD = 1
"""So many may be unread however few there are."""
MOST_TURNED = 0
"""So many positions may a second reading turn round: of good readings it turns none."""
MOST_TORN = 2
"""So many statements may be torn out of their sentence."""
UNIT_UNREAD = "directs something and is no statement"
"""Why a sentence of the coverage part is unread."""
NOTE_UNREAD = "directs something beside a list of codes"
"""Why a sentence among lists of codes is unread."""
CODE_ROW_UNREAD = "begins with a code that was not read"
"""Why a line or row of codes is unread; how many codes may be is measured by the codes."""
BESIDE_CODES = frozenset({NOTE_UNREAD, CODE_ROW_UNREAD})
GENERIC = "generic"
"""The reader of documents of payers without a format of their own."""
NO_COVERAGE_PART = "no coverage part was found"
"""The warning that no part of a document says what is covered."""

LEAST_CODES = 10
"""Versions with fewer codes may lose half of them and more, as small lists do."""

UNTITLED = "Untitled policy"
"""The title of a document in which none was found."""
UNDATED = "undated-"
"""How the name of a version begins that neither a label nor a date names."""
UNKNOWN_PAYER = "unknown"
"""The payer of a document that names none."""
UNCONFIRMED = "Unconfirmed payer"
"""How the reason begins that nobody has confirmed the payer yet."""
NOT_IN_LETTERHEAD = "payer not in the letterhead"
"""How the warning begins that no place where issuers print their name has one."""
SEVERAL_PAYERS = "several payers claimed"
"""How the warning begins that these places name more than one."""
SECONDARY = "secondary source"
"""The warning that somebody else writes about a payer's policy."""
NEWS_OF_MANY = "news of several policies"
"""The warning that a document tells of changes to many policies and is the text of none."""
NO_POLICY = "may be no policy"
"""How the warning begins that a document may be a form, a manual or the like."""
CODES_UNREAD = "codes of lists that were not read"
"""How the warning begins that codes stand in lists which the record does not have."""
POLARITY = "positions that a second reading turns round"
"""How the warning begins that sentences seem to say the opposite of their position."""
TORN = "statements that are torn"
"""How the warning begins that statements begin within a sentence, or hold a line of the page."""
NUMBER_UNREAD = "a policy number is printed and was not read"
"""How the warning begins that the head prints a number and the record has none."""

_NAMING_DATES: tuple[DateName, ...] = ("effective", "issued", "published")

_UNDECIDED: tuple[Position | None, ...] = (None, "informational", "indeterminate")


def review_reasons(
    record: Record, predecessor: Record | None = None, *, confirmed: bool = True
) -> tuple[str, ...]:
    """Why a person should look at a record before it is published; nothing for records that were
    not read from a document.

    `predecessor` is the version before it in valid time, None where there is none. `confirmed` is
    whether the payer is one that a person, or a format of its own, vouches for.
    """
    if record.extraction is None:
        return ()
    return (
        *_of_payer(record, record.extraction.warnings, confirmed=confirmed),
        *_of_kind(record.extraction.warnings),
        *_of_coverage(record, record.extraction),
        *_of_positions(record),
        *_of_identity(record),
        *_of_number(record, record.extraction.warnings),
        *_of_printed_codes(record.extraction.warnings),
        *_of_torn_lists(record),
        *_of_open_codes(record, record.extraction),
        *_of_unreadable(record, record.extraction),
        *_of_doubts(record.extraction.warnings),
        *_of_codes(record, predecessor),
    )


def is_unconfirmed_only(reasons: Sequence[str]) -> bool:
    """Whether a reading waits for nothing but that somebody confirms its payer."""
    return bool(reasons) and all(reason.startswith(UNCONFIRMED) for reason in reasons)


def _of_payer(record: Record, warnings: Sequence[str], *, confirmed: bool) -> Iterator[str]:
    if record.payer == UNKNOWN_PAYER:
        several = next((words for words in warnings if words.startswith(SEVERAL_PAYERS)), None)
        # "unconfirmed" is the one word for a payer that is named and only not known yet: here
        # nothing can be confirmed, it must be said
        yield (
            (
                f"{several[0].upper()}{several[1:]}: where issuers print their name the document "
                f"does not name one payer."
            )
            if several
            else (
                "Payer not in the letterhead: the document does not name its payer where issuers "
                "print their name."
            )
        )
    elif not confirmed:
        number = f"number {record.policy_number}" if record.policy_number else "no number"
        yield (
            f"{UNCONFIRMED}: nobody has confirmed {record.payer} yet; check payer, {number} and "
            f"the title “{record.title}” once."
        )


def _of_kind(warnings: Sequence[str]) -> Iterator[str]:
    if SECONDARY in warnings:
        yield (
            "Secondary source: the document is about a payer's policy and was not issued by the "
            "payer."
        )
    if NEWS_OF_MANY in warnings:
        yield (
            "News of several policies: the document tells of changes to many policies and is the "
            "text of none."
        )
    told = next((words for words in warnings if words.startswith(NO_POLICY)), None)
    if told:
        yield f"The document may be no policy: it{told.removeprefix(f'{NO_POLICY}: it')}."


def decisions_left(record: Record) -> tuple[SetAside | Unread, ...]:
    """The sentences that say in a payer's voice what is covered, denied or must be authorized, with
    what they govern, that are not in the record.

    What the payer tells of earlier versions counts for nothing, unless it announces a list, as no
    history does; and what repeats a statement, or a part of one, neither: nothing is lost with it.
    """
    if record.extraction is None:
        return ()
    said = "|".join(f" {_plain(one.text)} " for one in record.statements)
    return tuple(
        part
        for part in (*record.extraction.set_aside, *record.extraction.unread)
        if part.decides
        and (part.why != "history" or (part.text or "").rstrip().endswith(":"))
        and f" {_plain(part.text or '')} " not in said
    )


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def is_incomplete(record: Record) -> bool:
    """Whether so much of what the document directs is not in the record that a person should
    look.
    """
    return record.extraction is not None and any(_of_coverage(record, record.extraction))


def _of_coverage(record: Record, extraction: Extraction) -> Iterator[str]:
    if NO_COVERAGE_PART in extraction.warnings:
        yield "No coverage part was found in the document."
    left = decisions_left(record)
    found = extraction.text_coverage
    if len(left) > max(MOST_DECISIONS_LEFT, MOST_LEFT_BESIDE * found.recorded if found else 0):
        place = f" on page {left[0].page}" if left[0].page else ""
        yield (
            f"{len(left)} sentences that decide something are not in the record, the "
            f"first{place}: “{beginning(left[0].text or '')}”."
        )
    beside = sum(
        part.why in BESIDE_CODES and not (part.why == NOTE_UNREAD and part.decides)
        for part in extraction.unread
    )
    unread = found.unread - beside if found else 0
    if found and unread > max(FEW_UNREAD, MOST_UNREAD * (unread + found.recorded)):
        yield (
            f"{unread} of {unread + found.recorded} sentences, items and rows of the coverage part "
            f"were not read."
        )


def _of_positions(record: Record) -> Iterator[str]:
    decided = (
        *(one.position for one in record.statements),
        *(group.disposition for group in record.code_groups),
    )
    if not (
        record.authorizations
        or record.residual
        or any(position not in _UNDECIDED for position in decided)
    ):
        yield (
            "Nothing was read that the policy decides: no statement and no list of codes has a "
            "position."
        )


def _of_identity(record: Record) -> Iterator[str]:
    if not record.policy_number and record.title == UNTITLED:
        yield "Neither a number nor a title was found that names the policy."
    elif record.title != UNTITLED and is_no_title(record.title, record.policy_number, record.payer):
        yield (
            f"The title “{record.title}” names no subject: it is a letterhead, an address, a "
            f"number or a kind of text."
        )
    if record.version.startswith(UNDATED):
        yield "Neither a label nor a date was found that names the version."
    # a date that the document itself leaves open is told as undated
    if not any(name in record.dates for name in _NAMING_DATES):
        yield "Neither an effective date nor one of issue or publication was found."


def _of_number(record: Record, warnings: Sequence[str]) -> Iterator[str]:
    told = next((words for words in warnings if words.startswith(NUMBER_UNREAD)), None)
    if told and not record.policy_number:
        yield (
            f"The policy number was not read, although one is "
            f"printed{told.removeprefix(NUMBER_UNREAD)}."
        )


def _of_printed_codes(warnings: Sequence[str]) -> Iterator[str]:
    told = next((words for words in warnings if words.startswith(CODES_UNREAD)), None)
    if told:
        yield (f"Codes are printed in lists, and were not read{told.removeprefix(CODES_UNREAD)}.")


def _of_open_codes(record: Record, extraction: Extraction) -> Iterator[str]:
    """A few codes without a status beside others that all have the same, where no format vouches
    for the way in which this payer writes.
    """
    decided = [group for group in record.code_groups if group.disposition not in _UNDECIDED]
    read = {code.code for group in decided for code in group.codes}
    every = {code.code for group in record.code_groups for code in group.codes}
    left = len(every - read)
    if (
        extraction.extractor == GENERIC
        and len({group.disposition for group in decided}) == 1
        and MOST_CODES_OPEN * len(every) < left < len(every) / 2
    ):
        yield f"Of {len(every)} codes {left} have no status, while the others have one."


def _is_logo(told: str, payer: str) -> bool:
    """Whether what stands for a picture is the payer's name or the word for a logo alone."""
    words = set(re.findall(r"[a-z0-9]+", told.lower().replace("'", "")))
    named = {"logo", *payer.split("-")}
    return bool(words & named) and not words - named - {"image", "the", "and", "of", "inc"}


def _of_unreadable(record: Record, extraction: Extraction) -> Iterator[str]:
    """Pictures, letters without a meaning, form fields and such on pages of the coverage part."""
    pages = {one.source.page for one in record.statements if one.source}
    found = [
        part
        for part in extraction.unread
        if not part.spans
        and part.why not in (STRUCK, HIDDEN)
        and not part.why.startswith("row ")
        and (part.page is None or part.page in pages)
        and not _is_logo(part.text or "", record.payer)
    ]
    if found:
        place = f" on page {found[0].page}" if found[0].page else ""
        yield (
            f"{len(found)} parts beside the statements could not be read, the first{place}: "
            f"{beginning(found[0].why)}."
        )


def _of_doubts(warnings: Sequence[str]) -> Iterator[str]:
    """Doubts of which a few may be: a second reading errs too, and a page's line may be cut."""
    for kind, most, words in (
        (POLARITY, MOST_TURNED, "Sentences or headings seem to say the opposite of what was read"),
        (TORN, MOST_TORN, "Statements begin within a sentence or hold a line of the page"),
    ):
        told = next((one for one in warnings if one.startswith(kind)), None)
        count = int(re.findall(r"\d+", told)[0]) if told else 0
        if told and count > most:
            yield f"{words}{told.removeprefix(kind)}."


def _of_torn_lists(record: Record) -> Iterator[str]:
    """A heading begins no sentence in its middle: the lines of a table were taken for headings, and
    what its rows and columns say of their codes is not in the record.
    """
    torn = [
        group
        for group in record.code_groups
        if (name := group.heading.split(" > ")[-1])[:1].islower() and " " in name
    ]
    if torn:
        yield (
            f"A list of codes stands under “{beginning(torn[0].heading.split(' > ')[-1])}”, which "
            f"begins within a sentence: the table that it is from was not read as one "
            f"({len(torn)} of {len(record.code_groups)} lists)."
        )


def _of_codes(record: Record, predecessor: Record | None) -> Iterator[str]:
    if predecessor is None or record.completeness == "partial":
        return
    before, after = code_count(predecessor), code_count(record)
    if before >= LEAST_CODES and after * 2 <= before:
        yield (
            f"{after} codes were read, where version {predecessor.version} lists {before}: half "
            f"of them or more are gone."
        )


def code_count(record: Record) -> int:
    """How many different codes and ranges the lists of a record have."""
    codes = {(code.system, code.code) for group in record.code_groups for code in group.codes}
    ranges = {
        (one.system, one.first, one.last) for group in record.code_groups for one in group.ranges
    }
    return len(codes) + len(ranges)
