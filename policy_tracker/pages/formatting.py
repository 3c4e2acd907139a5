"""Values in the words of pages: times to go, what is known of a date, and the field's terms, beside
the forms of `language.formatting`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from policy_tracker.language.dates import WEEKDAYS  # noqa: F401 - the head of the calendar
from policy_tracker.language.formatting import (  # noqa: F401 - pages and templates take every form from here
    counted,
    iso_words,
    limit_words,
    listed,
    long_date,
    measure,
    month_words,
    number,
    plain_date,
    sentence,
    short_date,
    short_month,
    span_words,
)
from policy_tracker.record.time import parse_iso
from policy_tracker.record.vocabulary import POSITION_WORDS, DateName

if TYPE_CHECKING:
    from policy_tracker.record.content import Record
    from policy_tracker.record.quantities import Quantity
    from policy_tracker.record.source import Source
    from policy_tracker.record.time import DateFact
    from policy_tracker.record.validity import Start
    from policy_tracker.store.views import ReviewState

ROLE_WORDS = {
    "position": "Position",
    "criterion": "Criterion",
    "limit": "Limit",
    "exclusion": "Exclusion",
    "documentation": "Documentation",
    "prior_auth": "Prior authorization",
    "review_interval": "Re-review",
    "scope": "Scope",
    "note": "Note",
}
POLICY_TYPE_WORDS = {
    "medical_coverage": "Medical coverage policy",
    "drug_coverage": "Drug coverage policy",
    "reimbursement": "Reimbursement policy",
    "administrative": "Administrative policy",
    "guideline": "Guideline",
    "prior_auth_list": "Prior authorization list",
    "lcd": "Local coverage determination",
    "ncd": "National coverage determination",
    "article": "Article",
}
SOURCE_KIND_WORDS = {
    "payer_document": "the payer's own document",
    "payer_data": "the payer's own data",
    "secondary": "a secondary source: an account of the policy, not the payer's document",
}


def review_words(state: ReviewState) -> str:
    """Whether a person looked at a record: "reviewed by Ada on January 5, 2026"."""
    return state.words


DATE_NAME_WORDS = {
    "effective": "Effective",
    "published": "Posted",
    "issued": "Issued",
    "revised": "Revised",
    "last_review": "Last review",
    "next_review": "Next review",
    "original_effective": "First effective",
    "retired": "Retired",
    "superseded_on": "Superseded",
    "notice_start": "Notice begins",
    "notice_end": "Notice ends",
}
BASIS_WORDS = {
    "date_of_service": "by date of service",
    "date_processed": "by the date a claim is processed",
    "admission": "by date of admission",
    "auth_request": "by the date authorization is requested",
    "unknown": "basis not stated",
}
STATED_AS_WORDS = {
    "effective": "effective date",
    "issued": "date of issue",
    "published": "date of posting",
    "revised": "date of revision",
    "last_review": "date of the last review",
    "unknown": "start unknown",
}
CAME_OUT_WORDS: dict[DateName, str] = {
    "issued": "issued",
    "published": "posted",
    "revised": "revised",
    "last_review": "last reviewed",
}
RELATION_WORDS = {
    "routes_to": "goes to",
    "replaces": "replaces",
    "replaced_by": "is replaced by",
    "see_also": "see also",
    "governed_by": "is governed by",
}
REQUIREMENT_WORDS = {
    "required": "Required",
    "not_required": "Not required",
    "notification": "Notification only",
    "conditional": "Required under conditions",
    "unknown": "Not stated",
}
PHASE_WORDS = {"initial": "initial treatment", "continuation": "continuation of treatment"}
LINE_WORDS = {
    "commercial": "commercial",
    "exchange": "exchange",
    "medicare_advantage": "Medicare Advantage",
    "medicaid": "Medicaid",
    "federal_employee": "federal employee",
    "dual_eligible": "dual eligible",
    "medicare_ffs": "Medicare fee-for-service",
}
FUNDING_WORDS = {"fully_insured": "fully insured", "self_funded": "self-funded"}
STATED_BY_WORDS = {
    "payer": "stated by the payer",
    "secondary": "named by the secondary source, not by the policy",
    "inferred": "inferred",
}
MATTER_WORDS = {
    "prior_auth": "prior authorization",
    "effective_date": "the effective date",
    "coverage": "coverage",
    "codes": "the codes",
    "review_interval": "the re-review interval",
}
NOT_COVERED_BASIS_WORDS = {
    "benefit_exclusion": "excluded from the benefit",
    "cosmetic": "cosmetic",
    "not_reimbursed": "not reimbursed",
    "other": "other ground",
}
_ISO_DAY = re.compile(
    r"(?<![Vv]ersion )(?<![Vv]ersions )(?<![\w.-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-]|\.\w)"
)


def unreachable_words(policies: int) -> str:
    """That some drug policies are found by no code, where somebody asks by one."""
    one = policies == 1
    return (
        f"{counted(policies, 'drug policy', 'drug policies')} on file {'names' if one else 'name'} "
        f"no billing code and "
        f"{'is' if one else 'are'} not found by code: look {'it' if one else 'them'} up by the drug's name."  # noqa: E501
    )


def date_fact_words(fact: DateFact | None) -> str:
    """What is known of one date, with how it is known."""
    if fact is None:
        return "not stated"
    known = iso_words(fact.date) if fact.date else ""
    if fact.status == "undated":
        return "not known"
    if fact.status == "ambiguous":
        return (
            f"ambiguous: printed as {fact.raw}"
            if fact.raw
            else f"ambiguous: {known}"
            if known
            else "ambiguous"
        )
    if fact.status == "inferred":
        return f"{known}, inferred: {fact.ground}"
    return known


def start_words(start: Start, record: Record | None = None) -> str:
    """From when a version applies, and on what that rests: `September 26, 2025 (effective date,
    basis not stated)`.
    """
    if start.day is None:
        return "start unknown"
    named = f"{STATED_AS_WORDS['effective']}, " if start.stated_as == "effective" else ""
    return f"{plain_date(start.day)} ({named}{start_ground(start, record)})"


def start_ground(start: Start, record: Record | None = None) -> str:
    """On what a start rests: `date of issue; policy first effective Jan 29, 2018`, or for an
    effective date `basis not stated`.

    The version's `record` tells how it came out (`posted 6 days after it took effect`).
    """
    stated = STATED_AS_WORDS[start.stated_as]
    if start.day is None:
        return stated
    if start.policy_effective:
        return f"{stated}; policy first effective {short_date(start.policy_effective)}"
    if start.stated_as != "effective":
        return f"{stated}, no effective date is stated"
    late = delay_words(start, record)
    return BASIS_WORDS[start.basis] + (f"; {late}" if late else "")


def delay_words(start: Start, record: Record | None = None) -> str | None:
    """That a version came out after the day from which it applies: `posted 6 days after it took
    effect`; None where it did not.
    """
    if start.day is None or start.issued is None or start.issued <= start.day:
        return None
    came = "came out"
    if record:
        dated = ((verb, record.dates.get(name)) for name, verb in CAME_OUT_WORDS.items())
        came = next((verb for verb, fact in dated if fact and fact.first_day == start.issued), came)
    return f"{came} {counted((start.issued - start.day).days, 'day')} after it took effect"


def spoken(text: str) -> str:
    """A sentence of the store as people read it: with its dates written out, but for those that
    name a version.
    """
    return _ISO_DAY.sub(lambda found: plain_date(parse_iso(found[0])), text)


def countdown(day: date, today: date) -> str:
    """How far `day` lies from `today`: `today`, `in 12 days`, `58 days ago`, `in 3 months`, `2
    years ago`.
    """
    days = (day - today).days
    if days in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[days + 1]
    size = abs(days)
    if size < 60:
        amount = counted(size, "day")
    elif size < 730:
        amount = counted(round(size / 30.44), "month")
    else:
        amount = counted(round(size / 365.25), "year")
    return f"in {amount}" if days > 0 else f"{amount} ago"


def quantity_words(quantity: Quantity) -> str:
    """A limit in words: `up to 80 units per 12 months`, `every 12 months` for an interval."""
    if quantity.kind == "interval" and quantity.comparator == "=":
        return f"every {measure(quantity.value, quantity.unit)}"
    return limit_words(quantity)


def logic_words(logic: str | None) -> str | None:
    """How the parts of something combine: `all of`, `any of`, `none of`, `at least 2 of`."""
    if logic is None:
        return None
    name, _, least = logic.partition(":")
    return f"at least {least} of" if name == "at_least" else name.replace("_", " ")


def position_words(position: str | None) -> str:
    """A position or disposition in words."""
    return POSITION_WORDS.get(position or "", "not stated")


def matter_words(about: str) -> str:
    """What a disagreement is about, in words."""
    return MATTER_WORDS.get(about, about.replace("_", " "))


def place_words(source: Source | None) -> str | None:
    """Where something stands: `page 2`, `the before/after table`, both, or None where it is not
    known.
    """
    if source is None:
        return None
    parts = [f"page {source.page}" if source.page else None, source.place]
    return ", ".join(part for part in parts if part) or None


def edges(text: str) -> tuple[str, str, str]:
    """`text` as the white space before it, itself, and the white space behind it, so that only
    words are marked as changed.
    """
    core = text.strip()
    if not core:
        return "", text, ""
    start = text.index(core)
    return text[:start], core, text[start + len(core) :]
