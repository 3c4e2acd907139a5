"""Values in the words that people read: dates, times to go, numbers with units, and the field's terms."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from policy_tracker.record.time import parse_iso
from policy_tracker.record.vocabulary import POSITION_WORDS, DateName
from policy_tracker.rules.words import short_date

if TYPE_CHECKING:
    from policy_tracker.record.content import Record
    from policy_tracker.record.quantities import Quantity, Span
    from policy_tracker.record.source import Source
    from policy_tracker.record.time import DateFact
    from policy_tracker.record.validity import Start
    from policy_tracker.store.views import ReviewState

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

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
CAME_OUT_WORDS: dict[DateName, str] = {"issued": "issued", "published": "posted", "revised": "revised", "last_review": "last reviewed"}
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
STATED_BY_WORDS = {"payer": "stated by the payer", "secondary": "named by the secondary source, not by the policy", "inferred": "inferred"}
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
COMPARATOR_WORDS = {"<": "less than ", "<=": "at most ", "=": "", ">=": "at least ", ">": "more than "}
_ISO_DAY = re.compile(r"(?<![Ee]dition )(?<![Ee]ditions )(?<![\w.-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-]|\.\w)")
_VERSION = re.compile(r"\b(?P<first>[Ee])dition(?=s?\b)")
_UNCOUNTED = frozenset({"%", "mg", "mcg", "ml", "kg", "g", "mg/kg", "iu"})


def unreachable_words(policies: int) -> str:
    """That some drug policies are found by no code, where somebody asks by one."""
    one = policies == 1
    return (
        f"{counted(policies, 'drug policy', 'drug policies')} on file {'names' if one else 'name'} no billing code and "
        f"{'is' if one else 'are'} not found by code: look {'it' if one else 'them'} up by the drug's name."
    )


def plain_date(day: date) -> str:
    """`September 26, 2025`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def long_date(day: date) -> str:
    """`Friday, September 26, 2025`, for days on which a deadline hangs."""
    return f"{WEEKDAYS[day.weekday()]}, {plain_date(day)}"


def iso_words(text: str) -> str:
    """An ISO day or month in words: `September 26, 2025`, `September 2025`. Raises DateError for anything else."""
    day = parse_iso(text)
    return plain_date(day) if len(text) > len("2025-09") else f"{MONTHS[day.month - 1]} {day.year}"


def date_fact_words(fact: DateFact | None) -> str:
    """What is known of one date, with how it is known."""
    if fact is None:
        return "not stated"
    known = iso_words(fact.date) if fact.date else ""
    if fact.status == "undated":
        return "not known"
    if fact.status == "ambiguous":
        return f"ambiguous: printed as {fact.raw}" if fact.raw else f"ambiguous: {known}" if known else "ambiguous"
    if fact.status == "inferred":
        return f"{known}, inferred: {fact.ground}"
    return known


def start_words(start: Start, record: Record | None = None) -> str:
    """From when a version applies, and on what that rests: `September 26, 2025 (effective date, basis not stated)`."""
    if start.day is None:
        return "start unknown"
    named = f"{STATED_AS_WORDS['effective']}, " if start.stated_as == "effective" else ""
    return f"{plain_date(start.day)} ({named}{start_ground(start, record)})"


def start_ground(start: Start, record: Record | None = None) -> str:
    """On what a start rests: `date of issue; policy first effective Jan 29, 2018`, or for an effective date `basis not stated`.

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
    """That a version came out after the day from which it applies: `posted 6 days after it took effect`; None where it did not."""
    if start.day is None or start.issued is None or start.issued <= start.day:
        return None
    came = "came out"
    if record:
        dated = ((verb, record.dates.get(name)) for name, verb in CAME_OUT_WORDS.items())
        came = next((verb for verb, fact in dated if fact and fact.first_day == start.issued), came)
    return f"{came} {counted((start.issued - start.day).days, 'day')} after it took effect"


def spoken(text: str) -> str:
    """A sentence of the store as people read it: with versions, and with its dates written out, but for those that name a version."""
    dated = _ISO_DAY.sub(lambda found: plain_date(parse_iso(found[0])), text)
    return _VERSION.sub(lambda found: f"{'V' if found['first'] == 'E' else 'v'}ersion", dated)


def countdown(day: date, today: date) -> str:
    """How far `day` lies from `today`: `today`, `in 12 days`, `58 days ago`, `in 3 months`, `2 years ago`."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[days + 1]
    size = abs(days)
    if size < 60:
        amount = f"{size} days"
    elif size < 730:
        amount = f"{round(size / 30.44)} months"
    else:
        amount = f"{round(size / 365.25)} years"
    return f"in {amount}" if days > 0 else f"{amount} ago"


def number(value: float) -> str:
    """A number as people write it: `24`, `1,200`, `0.5`."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,g}"


def counted(count: float, one: str, many: str | None = None) -> str:
    """`1 change`, `3 changes`, `no changes` stays `0 changes`: the number with its noun."""
    return f"{number(count)} {one if count == 1 else many or plural(one)}"


def plural(noun: str) -> str:
    """The plural of a regular English noun; units that are not counted stay as they are."""
    if noun.lower() in _UNCOUNTED:
        return noun
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def amount(value: float, unit: str) -> str:
    """A value with its unit: `12 months`, `30 %`."""
    return f"{number(value)} {unit if value == 1 else plural(unit)}"


def span_words(span: Span) -> str:
    """A span of time or amount in words: `12 months`."""
    return amount(span.value, span.unit)


def quantity_words(quantity: Quantity) -> str:
    """A limit in words: `at most 80 units per 12 months`, `every 12 months` for an interval."""
    if quantity.kind == "interval" and quantity.comparator == "=":
        return f"every {amount(quantity.value, quantity.unit)}"
    per = f" per {amount(quantity.per.value, quantity.per.unit)}" if quantity.per else ""
    return f"{COMPARATOR_WORDS[quantity.comparator]}{amount(quantity.value, quantity.unit)}{per}"


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
    """Where something stands: `page 2`, `the before/after table`, both, or None where it is not known."""
    if source is None:
        return None
    parts = [f"page {source.page}" if source.page else None, source.place]
    return ", ".join(part for part in parts if part) or None


def sentence(text: str) -> str:
    """`text` with its first letter raised; the rest is left alone."""
    return text[:1].upper() + text[1:]


def joined(words: list[str] | tuple[str, ...], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def edges(text: str) -> tuple[str, str, str]:
    """`text` as the white space before it, itself, and the white space behind it, so that only words are marked as changed."""
    core = text.strip()
    if not core:
        return "", text, ""
    start = text.index(core)
    return text[:start], core, text[start + len(core) :]
