"""From when until when a row, a heading or a sentence says that something holds: a few prepositions
and verbs, each with a date.

A date is classified by the words right before it: a beginning ("effective", "on or after"), a last
day ("through", "end date"), or a day from which something is gone ("deleted effective", "no longer
covered as of"). In the row of a code table every such date is about the row. In prose a date may be
about anything (a review, an approval of the FDA, a search of the literature), so that there it also
has to stand where it can only be about the sentence: at its head, in brackets, behind "dates of
service", or behind the verb that decides.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from policy_tracker.language.code_forms import CODE
from policy_tracker.language.dates import PrintedDate, compact_date, dates_in
from policy_tracker.language.prefilter import Wording
from policy_tracker.language.tokens import NEGATIONS
from policy_tracker.record import DateFact
from policy_tracker.record.time import last_day, parse_iso

Kind = Literal["begins", "after", "last", "until", "before", "gone"]

GONE_GROUND = "the day before the printed one, from which it no longer holds"
AFTER_GROUND = "the day after the printed one"
_FILL = (
    r"(?:[\s,:;(\[–—-]+(?:effective|dates?|as "
    r"of|of|on|from|for|services?|claims?|beginning|starting|and|or|after|is|are|was|were|will"
    r"|be|been|has|have|the|codes?|with|to|rendered|performed|provided|furnished)\b)*[\s,:;(\[–—-]*$"
)
"""Words that may stand between a verb and its date."""
_ENDING = (
    r"\b(?:delet(?:ed|ion)|discontinued|end[- "
    r"]?dated|termed|terminated|retired|removed|inactivated|obsolete|withdrawn"
    r"|no longer(?: [\w-]+){1,8}?"
    rf"|replaced (?:by|with)(?: (?:codes?|CPT|HCPCS|{CODE}),?| and)+)"
)
"""Verbs that take something away from a day on."""
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words + _FILL, re.IGNORECASE))
    for kind, words in (
        ("gone", _ENDING),
        ("begins", r"\b(?:on|beginning|starting)? ?(?:or|and|and/or|/) ?after"),
        (
            "last",
            (
                r"\b(?:on or before|on/before|no later than|not after|(?:last|final) (?:day"
                r"|date)(?: of service)?|up to and including)"
            ),
        ),
        (
            "last",
            (
                r"\b(?:through|thru|ending|ends|ended|(?:end|term|termination|expir\w+|stop) "
                r"date|expire[sd]?)(?: and including)?"
            ),
        ),
        ("until", r"\b(?:until|till)"),
        ("before", r"\b(?:before|prior to)"),
        (
            "begins",
            r"\b(?:effective|eff\.?|begin(?:s|ning)?|start(?:s|ing)?(?: "
            r"date)?|commenc(?:es|ing)|(?:takes|goes|comes|going|into) (?:into )?effect"
            r"|as of|from|since|added|new(?: codes?)?"
            r"|first (?:day|date)(?: of service)?)",
        ),
        ("after", r"\bafter"),
    )
)
_STRICT = re.compile(
    r"\b(?:effective|as of|from|beginning|starting|on (?:or|and) after)\b", re.IGNORECASE
)
"""Behind a verb of ending: the day named is the first without."""
_AFTER = re.compile(r"\bafter\W*$", re.IGNORECASE)
_ON_OR_AFTER = re.compile(r"\b(?:or|and|/) ?after\W*$", re.IGNORECASE)
_NEGATED = re.compile(
    rf"\b(?:{'|'.join(sorted(NEGATIONS))}|proposed)\b(?: [\w-]+){{0,2}}\s*$", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*(?:-|–|—|to|through|thru|until)\s*", re.IGNORECASE)
_VERB = re.compile(_ENDING, re.IGNORECASE)
_MAY_TELL = Wording(
    r"\d\s?[/.-]\s?\d|(?:19|20)\d\d|delet|discontin|end[- ]?dat|term|retire|obsolet|inactiv"
)
"""A text without any of these says nothing of when; most cells of most tables are such."""
_LONGEST_LEAD = 160
_LONGEST_MARK = 400
_PAST = (
    r"(?:deleted|discontinued|end[- "
    r"]?dated|termed|terminated|retired|obsolete|inactive|inactivated)"
)
_DELETED = re.compile(
    rf"\b(?:is|are|was|were|been|be|being|now) {_PAST}\b"
    rf"|\b{_PAST} (?:CPT |HCPCS |ICD-10(?:-CM)? |procedure |diagnosis )*codes?\b",
    re.IGNORECASE,
)
_DELETED_MARK = re.compile(
    (
        rf"(?:\W*(?:codes? )?(?:has been |was |is )?{_PAST}(?: codes?)?\W*|.*[(\[](?:code )?"
        rf"{_PAST}(?: code)?[)\]].*|.*[–—-] ?{_PAST}\W*)"
    ),
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Inside:
    """From when until when something holds, as printed.

    `ending` where the words take something away: "deleted" (`refuses` False) or "no longer covered"
    (`refuses` True: from that day on it is denied). `ambiguous` where the words name several days
    for one end, of which none was taken.
    """

    effective: DateFact | None = None
    ends: DateFact | None = None
    ending: bool = False
    refuses: bool = False
    ambiguous: bool = False

    def __bool__(self) -> bool:
        return self.effective is not None or self.ends is not None


NOTHING = Inside()


class _FoundDate(NamedTuple):
    """A date, the words before it that say what it is, where these begin, and whether they name the
    first day without.
    """

    kind: Kind
    date: PrintedDate
    start: int
    strict: bool = False
    word: str = ""


def _classified(text: str) -> Iterator[_FoundDate]:
    """The dates of a text of which the words say whether something begins or ends then."""
    before = 0
    last: PrintedDate | None = None
    for date in dates_in(text):
        start = max(before, date.start - _LONGEST_LEAD)
        lead = text[start : date.start]
        if last is not None and _BETWEEN.fullmatch(lead):
            yield _FoundDate("begins", last, last.start)
            yield _FoundDate("last", date, last.start)
        elif found := _of_lead(lead, date, start):
            yield found
        before, last = date.end, date


def _of_lead(lead: str, date: PrintedDate, offset: int) -> _FoundDate | None:
    for kind, pattern in _KINDS:
        match = pattern.search(lead)
        if match is None:
            continue
        if kind == "gone" and _NEGATED.search(lead[: match.start()]):
            return None  # "was not deleted effective …" is no beginning either
        words = match[0]
        if kind == "gone" and _AFTER.search(words) and not _ON_OR_AFTER.search(words):
            return _FoundDate("last", date, offset + match.start(), word=words)
        return _FoundDate(
            kind, date, offset + match.start(), strict=bool(_STRICT.search(words)), word=words
        )
    return None


def _printed(text: str, found: _FoundDate) -> str:
    return " ".join(text[found.start : found.date.end].strip(" ([,;:").split())


def _day_before(iso: str, raw: str) -> DateFact:
    day = parse_iso(iso) - dt.timedelta(days=1)
    return DateFact(date=day.isoformat(), raw=raw, status="inferred", ground=GONE_GROUND)


def _first(text: str, found: _FoundDate) -> DateFact:
    raw = _printed(text, found)
    if found.kind == "after":
        day = last_day(found.date.iso) + dt.timedelta(days=1)
        return DateFact(date=day.isoformat(), raw=raw, status="inferred", ground=AFTER_GROUND)
    return DateFact(date=found.date.iso, raw=raw)


def _last(text: str, found: _FoundDate) -> DateFact:
    """The last day on which something holds.

    "End dated 12/31/2026" names the last day and "deleted 01/01/2027" the first one without: where
    no preposition tells, the last day of a month is the last day, and the first of a month the
    first one without.
    """
    raw, iso = _printed(text, found), found.date.iso
    whole = len(iso) == len("YYYY-MM-DD")
    ends_month = whole and last_day(iso[:7]).isoformat() == iso
    if found.kind == "last" or (found.kind == "gone" and ends_month and not found.strict):
        return DateFact(date=iso, raw=raw)
    if found.kind == "until" and not (whole and iso.endswith("-01")):
        return DateFact(date=iso, raw=raw)
    return _day_before(iso, raw)


def _gathered(text: str, found: list[_FoundDate]) -> Inside:
    """What some classified dates say together; two different days for one end say nothing."""
    begins = {
        fact.date: fact
        for one in found
        if one.kind in ("begins", "after")
        for fact in [_first(text, one)]
    }
    over = {
        fact.date: fact
        for one in found
        if one.kind in ("last", "until", "before", "gone")
        for fact in [_last(text, one)]
    }
    removed = [one for one in found if one.kind == "gone"]
    verb = (
        None
        if removed
        else next(
            (match for match in _VERB.finditer(text) if not _NEGATED.search(text[: match.start()])),
            None,
        )
    )
    words = removed[0].word if removed else verb[0] if verb else ""
    if verb and len(begins) == 1 and not over:  # "Effective 10/01/2026, the code is deleted"
        fact = next(iter(begins.values()))
        gone_day = _day_before(
            fact.date or "", " ".join(text[min(one.start for one in found) :].split())[:200]
        )
        over, begins = {gone_day.date: gone_day}, {}
    effective, ends = (
        next(iter(one.values())) if len(one) == 1 else None for one in (begins, over)
    )
    if (
        effective
        and ends
        and effective.date
        and ends.date
        and last_day(ends.date) < parse_iso(effective.date)
    ):
        return Inside(ambiguous=True)
    ending = bool(words) and ends is not None
    return Inside(
        effective,
        ends,
        ending,
        ending and words.lower().startswith("no longer"),
        len(begins) > 1 or len(over) > 1,
    )


def of_row(text: str) -> Inside:
    """What the words beside a code, or a line above codes, say: "(deleted 12/31/2026)", "Codes
    effective 01/01/2027".
    """
    if not _MAY_TELL.found_in(text):
        return NOTHING
    found = _gathered(text, list(_classified(text)))
    if found or found.ambiguous or len(text) > _LONGEST_MARK or not _DELETED_MARK.fullmatch(text):
        return found
    return Inside(ends=DateFact(raw=" ".join(text.split())[-80:], status="undated"), ending=True)


def of_codes_sentence(text: str) -> Inside:
    """What a sentence that names or introduces codes says of them; "deleted" without a day is an
    end of no known day.
    """
    if not _MAY_TELL.found_in(text):
        return NOTHING
    found = _gathered(text, list(_classified(text)))
    if found or found.ambiguous:
        return found
    match = next(
        (match for match in _DELETED.finditer(text) if not _NEGATED.search(text[: match.start()])),
        None,
    )
    return (
        Inside(ends=DateFact(raw=" ".join(match[0].split()), status="undated"), ending=True)
        if match
        else NOTHING
    )


_PREDICATE = re.compile(
    r"\b(?:cover|reimburs|pay(?:able|ment)?\b|paid\b|bill|report|requir|authoriz|approv|necess"
    r"|experimental|investigational|unproven|eligib"
    r"|delet|discontinu|must\b|limit|allow|den(?:y|ied)|codes?\b|appl(?:y|ies)|accept|submit)",
    re.IGNORECASE,
)
_OF_SERVICE = re.compile(
    (
        r"\b(?:dates? of service|service dates?|DOS|services?(?: "
        r"(?:rendered|performed|provided|furnished))?|admissions?|discharges?)\W+$"
    ),
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"\b(?:covered|reimbursed|reimbursable|payable|paid|required|eligible|accepted|billable"
    r"|reportable|necessary|investigational"
    r"|experimental|unproven|authorized|available|valid|active|appl(?:y|ies)|allowed|limited|denied)\W+(?:[\w-]+\W+){0,4}$",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"\W*(?:(?:please )?note:?|important:?|for)?\W*", re.IGNORECASE)
_PROCESSED = re.compile(
    r"\b(?:processed|received|submitted|adjudicated)\b[^.;]{0,20}$", re.IGNORECASE
)


def of_statement(text: str, *, names_codes: bool = False) -> Inside:
    """From when until when a statement of the policy holds, by its own words; dates that may be
    about something else are passed over.
    """
    if not _MAY_TELL.found_in(text):
        return NOTHING
    found = [
        one
        for one in _classified(text)
        if _is_about_the_sentence(text, one, names_codes=names_codes)
    ]
    told = _gathered(text, found) if found else NOTHING
    return told if names_codes or not told.ending else _of_refusal(told)


def _of_refusal(told: Inside) -> Inside:
    """A sentence that something is no longer so ("no longer required as of July 1") holds from that
    day on.
    """
    if not told.refuses or told.ends is None or told.ends.date is None:
        return NOTHING
    return Inside(effective=first_without(told.ends))


def first_without(ends: DateFact) -> DateFact | None:
    """The first day on which something that ends so no longer holds, as a beginning of what takes
    its place.
    """
    if ends.date is None:
        return None
    day = (last_day(ends.date) + dt.timedelta(days=1)).isoformat()
    printed = ends.ground == GONE_GROUND
    return (
        DateFact(date=day, raw=ends.raw)
        if printed
        else DateFact(date=day, raw=ends.raw, status="inferred", ground=AFTER_GROUND)
    )


def _is_about_the_sentence(text: str, one: _FoundDate, *, names_codes: bool) -> bool:
    before, behind = text[: one.start], text[one.date.end :]
    if _PROCESSED.search(before) or _PROCESSED.search(text[one.start : one.date.start]):
        return False  # it goes by another date of the claim
    if one.kind == "gone":
        return names_codes or one.word.lower().startswith("no longer")
    lead = text[one.start : one.date.start]
    if (
        _OF_SERVICE.search(before)
        or _OF_SERVICE.search(lead)
        or re.search(r"\b(?:dates? of service|DOS)\b", lead)
    ):
        return True
    if _PREFIX.fullmatch(before):
        # "Effective July 1, 2026: a BMI of at least 35"  # noqa: ERA001
        opens = one.kind == "begins" and behind.lstrip()[:1] == ":"
        return one.kind != "after" and (opens or bool(_PREDICATE.search(behind)))
    if before.rstrip().endswith(("(", "[")) or text[one.start : one.start + 1] in "([":
        return bool(re.match(r"\s*[)\].;,]", behind))
    if re.search(r"[,;–—-]\s*$", before) and re.fullmatch(r"[\s.;)]*", behind):
        return lead.lower().startswith(("effective", "eff", "through", "thru", "until"))
    return bool(_DECIDES.search(before))


# --- Columns of a code table

_BEGINS_TITLE = re.compile(
    r"(?:code )?(?:effective|eff\.?|start|begin(?:ning)?|add(?:ed)?|from|valid "
    r"from|activation|active)(?: (?:date|from|on|as of))?"
    r"|date (?:added|effective|of addition)|(?:first|start) (?:date|day)(?: of service)?|new as of",
    re.IGNORECASE,
)
_LAST_TITLE = re.compile(
    r"(?:code )?(?:end|ending|term(?:ination)?|thru|through|to|expir(?:ation|es|y|ed)|valid "
    r"(?:through|until|to|thru)|until|stop)(?: date)?"
    r"|effective (?:through|until|to)|(?:last|end) (?:date|day)(?: of service)?|date (?:ended|of (?:termination|expiration))",  # noqa: E501
    re.IGNORECASE,
)
_GONE_TITLE = re.compile(
    r"(?:code )?(?:delet(?:ed|ion|e)|discontinu(?:ed|ation)|retired|removed|removal|end[- "
    r"]?dated|termed|terminated|inactivated|inactive)"
    r"(?: (?:date|on|effective|as of|code|codes))*\??|date (?:deleted|discontinued|removed|retired)",  # noqa: E501
    re.IGNORECASE,
)
_SPAN_TITLE = re.compile(
    (
        r"(?:effective|coverage|valid|active|validity)? ?(?:dates|date range|period|date span)(?: "
        r"of (?:service|coverage))?"
    ),
    re.IGNORECASE,
)
_YES = re.compile(
    (
        r"(?:y|yes|x|true|✓|✔|☑|☒|deleted|discontinued|retired|removed|end[- "
        r"]?dated|termed|inactive)\W*"
    ),
    re.IGNORECASE,
)

ColumnKind = Literal["begins", "last", "gone", "span"]


def column_kind(title: str) -> ColumnKind | None:
    """What the dates of a column with this title are; None for any other column."""
    words = re.sub(r"[*†‡^:()]|\bMM/DD/Y+\b", " ", title, flags=re.IGNORECASE)
    words = " ".join(words.split())
    kinds: tuple[tuple[ColumnKind, re.Pattern[str]], ...] = (
        ("begins", _BEGINS_TITLE),
        ("last", _LAST_TITLE),
        ("gone", _GONE_TITLE),
        ("span", _SPAN_TITLE),
    )
    return next((kind for kind, pattern in kinds if pattern.fullmatch(words)), None)


def of_cell(kind: ColumnKind, text: str) -> Inside:
    """What a cell of such a column says of its row."""
    words = " ".join(text.split())
    if not words:
        return NOTHING
    alone = compact_date(words)
    found = [alone] if alone else list(dates_in(words))
    if not found:
        deleted = kind == "gone" and _YES.fullmatch(words)
        return (
            Inside(ends=DateFact(raw=words, status="undated"), ending=True) if deleted else NOTHING
        )
    told = _gathered(words, list(_classified(words)))
    if told or told.ambiguous:  # "deleted 01/01/2027" in a column of effective dates
        return told
    if len(found) > 1 or kind == "span":
        return Inside(ambiguous=len(found) > 1)
    one = _FoundDate(
        {"begins": "begins", "last": "last"}.get(kind, "gone"),  # ty: ignore[invalid-argument-type]
        found[0],
        found[0].start,
    )
    if kind == "begins":
        return Inside(effective=DateFact(date=found[0].iso, raw=found[0].raw))
    return Inside(ends=_last(words, one), ending=kind == "gone")


def merged(*told: Inside) -> Inside:
    """What several places say of one row: the first of them that names a beginning, and the first
    that names an end.
    """
    effective = next((one.effective for one in told if one.effective), None)
    over = next((one for one in told if one.ends), NOTHING)
    if (
        effective
        and over.ends
        and effective.date
        and over.ends.date
        and last_day(over.ends.date) < parse_iso(effective.date)
    ):
        return Inside(ambiguous=True)
    return Inside(
        effective, over.ends, over.ending, over.refuses, any(one.ambiguous for one in told)
    )
