"""Whether what was read from a document can be published without a person's look: pure, one sentence for each reason against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_tracker.record import Record
    from policy_tracker.record.vocabulary import DateName

LEAST_SHARE = 0.8
"""Below this part of the coverage part's words a reading is called incomplete."""

LEAST_CODES = 10
"""Editions with fewer codes may lose half of them and more, as small lists do."""

UNTITLED = "Untitled policy"
"""The title of a document in which none was found."""
UNDATED = "undated-"
"""How the name of an edition begins that neither a version nor a date names."""
UNKNOWN_PAYER = "unknown"
"""The payer of a document that names none."""

_NAMING_DATES: tuple[DateName, ...] = ("effective", "issued", "published")


def doubts(record: Record, predecessor: Record | None = None) -> tuple[str, ...]:
    """Why a person should look at a record before it is published; nothing for records that were not read from a document.

    `predecessor` is the edition before it in valid time, None where there is none.
    """
    if record.extraction is None:
        return ()
    return (*_of_share(record.extraction.share), *_of_identity(record), *_of_codes(record, predecessor))


def is_low(share: float | None) -> bool:
    """Whether so little of a coverage part was read that its reading is incomplete; None stands for no coverage part at all."""
    return share is None or share < LEAST_SHARE


def percent(share: float) -> int:
    """A share in whole percent, rounded down: 100 % is all."""
    return int(share * 100)


def _of_share(share: float | None) -> Iterator[str]:
    if share is None:
        yield "No coverage part was found in the document."
    elif is_low(share):
        yield f"Only {percent(share)} % of the coverage part's words are accounted for; {percent(LEAST_SHARE)} % are wanted."


def _of_identity(record: Record) -> Iterator[str]:
    if record.payer == UNKNOWN_PAYER:
        yield "The document does not name its payer."
    if not record.policy_number and record.title == UNTITLED:
        yield "Neither a number nor a title was found that names the policy."
    if record.edition.startswith(UNDATED):
        yield "Neither a version nor a date was found that names the edition."
    if not any(name in record.dates for name in _NAMING_DATES):  # a date that the document itself leaves open is told as undated
        yield "Neither an effective date nor one of issue or publication was found."


def _of_codes(record: Record, predecessor: Record | None) -> Iterator[str]:
    if predecessor is None or record.completeness == "partial":
        return
    before, after = code_count(predecessor), code_count(record)
    if before >= LEAST_CODES and after * 2 <= before:
        yield f"{after} codes were read, where edition {predecessor.edition} lists {before}: half of them or more are gone."


def code_count(record: Record) -> int:
    """How many different codes and ranges the lists of a record have."""
    codes = {(code.system, code.code) for group in record.code_groups for code in group.codes}
    ranges = {(one.system, one.first, one.last) for group in record.code_groups for one in group.ranges}
    return len(codes) + len(ranges)
