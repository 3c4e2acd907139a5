"""Which edition governs, as a question about plain values: no database, no clock.

The rule: among the revisions recorded by then, the newest of each edition, without the withdrawn ones, the edition with the greatest start
at or before the date of the claim that the payer goes by; of several that start on one day the one issued last, then the one recorded
last. What is not known is said: an edition whose start is not known stands before all whose start is; a date that the question does not
give makes the answer indeterminate, but only where it could decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from policy_tracker.store.views import Governing, Need, Question, TimelineSpan

if TYPE_CHECKING:
    from policy_tracker.record import Start

_NEEDS: dict[str, Need] = {"date_processed": "processed_on", "admission": "admitted_on", "auth_request": "authorized_on"}
_BASIS_WORDS = {
    "date_of_service": "by date of service",
    "date_processed": "by date of processing",
    "admission": "by date of admission",
    "auth_request": "by date of the authorization request",
    "unknown": "basis not stated",
}
_CLAIM_WORDS = {"processed_on": "processed on", "admitted_on": "with admission on", "authorized_on": "with authorization requested on"}
_START_WORDS = {
    "effective": "effective {day} ({basis})",
    "issued": "in force since its issue date {day}, as it states no effective date ({basis})",
    "published": "in force since its publication on {day}, as it states no effective date ({basis})",
    "first_observed": "in force since {day}, when it was first observed, as it states no date ({basis})",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision of an edition, as the timeline reads it; `sequence` is the journal's, `number` counts within the edition."""

    edition: str
    revision_id: int
    number: int
    sequence: int
    start: Start
    issued: date | None = None
    superseded_on: date | None = None
    retired: date | None = None
    withdrawn: bool = False

    @property
    def end(self) -> date | None:
        """The first day on which its own dates say that it no longer applies."""
        return min((day for day in (self.superseded_on, self.retired) if day), default=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """An edition as it stands: its newest revision, and its place in the order of editions."""

    entry: Entry
    first_sequence: int

    @property
    def rank(self) -> tuple[bool, date, date, int]:
        """Later in valid time is greater. An edition of unknown start comes before all others, in the order of their known ends."""
        day = self.entry.start.day
        return (day is not None, day or self.entry.end or date.max, self.entry.issued or date.min, self.first_sequence)


def standing(entries: Iterable[Entry], known: int | None = None) -> tuple[tuple[Standing, ...], tuple[Entry, ...]]:
    """The editions that stand by what was recorded until sequence `known` (None: all), earliest first, and those that were withdrawn."""
    newest: dict[str, Entry] = {}
    first: dict[str, int] = {}
    for entry in entries:
        if known is not None and entry.sequence > known:
            continue
        held = newest.get(entry.edition)
        if held is None or entry.number > held.number:
            newest[entry.edition] = entry
        first[entry.edition] = min(entry.sequence, first.get(entry.edition, entry.sequence))
    stand = [Standing(entry, first[entry.edition]) for entry in newest.values() if not entry.withdrawn]
    withdrawn = sorted((entry for entry in newest.values() if entry.withdrawn), key=lambda entry: entry.sequence)
    return tuple(sorted(stand, key=lambda one: one.rank)), tuple(withdrawn)


def resolve(entries: Iterable[Entry], question: Question, known: int | None = None) -> Governing:
    """Which of a policy's editions governs a claim with the dates of `question`, by what was recorded until sequence `known`.

    `question.known_at` is not read (who asks has turned it into `known`), except to be told in `why`.
    With the dates in `needs` the answer is determined. Where several editions of unknown start go by different dates of a claim, `needs`
    may name one date more than would do, because which of them decides depends on the others.
    """
    stand, withdrawn = standing(entries, known)
    if not stand:
        return _nothing(question, withdrawn)
    begun = [one for one in stand if one.entry.start.day and (day := _day_of(one, question)) and one.entry.start.day <= day]
    top = begun[-1] if begun else None
    open_ones = [one for one in stand if one.entry.start.day and _day_of(one, question) is None and (top is None or one.rank > top.rank)]
    if top is None:
        top, of_unknown_end = _of_unknown_start(stand, question)
        open_ones += of_unknown_end
    if open_ones:
        return _indeterminate(question, open_ones, top)
    if top is None:
        return _future(question, stand)
    day = _day_of(top, question)
    if day and top.entry.end and top.entry.end <= day:
        return _ended(question, top)
    return _in_force(question, top, stand)


def spans(entries: Iterable[Entry], known: int | None = None) -> tuple[TimelineSpan, ...]:
    """The bars of a policy in valid time, in order and without holes, as if all dates of a claim were the same day.

    The first begins at no known time, the last is open.
    """
    entries = tuple(entries)
    stand, _ = standing(entries, known)
    marks = sorted({day for one in stand for day in (one.entry.start.day, one.entry.superseded_on, one.entry.retired) if day})
    before = marks[0] - timedelta(days=1) if marks else date.max
    found: list[TimelineSpan] = []
    for begin, end in zip([None, *marks], [*marks, None], strict=True):
        answer = resolve(entries, every_date(begin or before), known)
        span = TimelineSpan(
            status=answer.status,
            edition=answer.edition,
            revision_id=answer.revision_id,
            from_day=begin,
            to_day=end,
            start_known=answer.start is None or answer.start.day is not None,
            basis=answer.start.basis if answer.start else "unknown",
            reason=answer.reason,
        )
        if found and span == found[-1].model_copy(update={"from_day": begin, "to_day": end}):
            span = span.model_copy(update={"from_day": found.pop().from_day})
        found.append(span)
    return tuple(found)


def every_date(day: date) -> Question:
    """The question of a claim whose dates are all the same day."""
    return Question(as_of=day, processed_on=day, authorized_on=day, admitted_on=day)


def _day_of(one: Standing, question: Question) -> date | None:
    """The date of the claim that the payer compares with this edition's dates; None where the question does not give it."""
    need = _NEEDS.get(one.entry.start.basis)
    return getattr(question, need) if need else question.as_of


def _of_unknown_start(stand: tuple[Standing, ...], question: Question) -> tuple[Standing | None, list[Standing]]:
    """Of the editions whose start is not known the one that governs, and those for which a date that is not given decides.

    Of several that have not ended the one that ends first governs, because each of the others came after it; of several that have ended
    the one that ended last was the last to govern. An end that is not stated is the latest of all.
    """
    pool = [one for one in stand if one.entry.start.day is None]
    undecided = [one for one in pool if one.entry.end and _day_of(one, question) is None]
    decided = [one for one in pool if one not in undecided]
    alive = [one for one in decided if not one.entry.end or one.entry.end > (_day_of(one, question) or date.min)]
    if alive:
        first_end = min(one.entry.end or date.max for one in alive)
        top = max((one for one in alive if (one.entry.end or date.max) == first_end), key=lambda one: one.rank)
        return top, [one for one in undecided if one.entry.end and (one.entry.end, top.rank) < (first_end, one.rank)]
    return (max(decided, key=lambda one: one.rank) if decided else None), undecided


def _on(question: Question) -> str:
    """The question's dates in words: `2025-10-01, for a claim processed on 2025-11-01, by what was recorded until …`."""
    given = {words: day for name, words in _CLAIM_WORDS.items() if (day := getattr(question, name))}
    text = str(question.as_of)
    if any(day != question.as_of for day in given.values()):
        text += f" (a claim {' and '.join(f'{words} {day}' for words, day in given.items())})"
    if question.known_at:
        text += f" by what was recorded until {question.known_at.strftime('%Y-%m-%d %H:%M:%S UTC')}"
    return text


def _basis(entry: Entry) -> str:
    return _BASIS_WORDS[entry.start.basis]


def _begins(entry: Entry) -> str:
    if entry.start.day is None:
        return f"its start is not known ({_basis(entry)})"
    return _START_WORDS[entry.start.stated_as].format(day=entry.start.day, basis=_basis(entry))


def _in_force(question: Question, top: Standing, stand: tuple[Standing, ...]) -> Governing:
    entry, day = top.entry, _day_of(top, question)
    later = [one for one in stand if one.rank > top.rank and one.entry.start.day]
    ends = [one.entry.start.day for one in later] + [entry.superseded_on, entry.retired]
    until = min((end for end in ends if end and (day is None or end > day)), default=None)
    reason = "; ".join([_begins(entry), *_remarks(top, stand, day), "no later edition starts by then"])
    return Governing(
        status="in_force",
        edition=entry.edition,
        revision=entry.number,
        revision_id=entry.revision_id,
        start=entry.start,
        until=until,
        reason=reason,
        why=f"Edition {entry.edition} is in force on {_on(question)}: {reason}.",
    )


def _remarks(top: Standing, stand: tuple[Standing, ...], day: date | None) -> list[str]:
    """What a careful reader would ask next: its end, others that start on the same day, others whose start is not known."""
    entry = top.entry
    found = []
    if entry.start.day is None and entry.end:
        found.append(f"it was {'retired' if entry.end == entry.retired else 'superseded'} on {entry.end}, after that day")
    same_day = [one.entry for one in stand if one.rank < top.rank and entry.start.day and one.entry.start.day == entry.start.day]
    if same_day:
        found.append(f"of the editions that start on that day it was {_came_last(entry, same_day)} last")
    found += [
        f"edition {one.entry.edition}, whose start is not known, was in force before {one.entry.end} and may have replaced it earlier"
        for one in stand
        if entry.start.day and one.entry.start.day is None and one.entry.end and one.entry.end > (day or date.max)
    ]
    return found


def _came_last(entry: Entry, others: list[Entry]) -> str:
    return "issued" if all((entry.issued or date.min) > (other.issued or date.min) for other in others) else "recorded"


def _ended(question: Question, top: Standing) -> Governing:
    entry = top.entry
    if entry.end == entry.retired:
        status, reason = "retired", f"edition {entry.edition} was retired on {entry.end}, and no later edition starts by then"
    else:
        status, reason = "gap", f"edition {entry.edition} was superseded on {entry.end} by an edition that is not held"
    why = f"No edition is known to be in force on {_on(question)}: {reason}."
    return Governing(status=status, nearest=entry.edition, reason=reason, why=why)


def _future(question: Question, stand: tuple[Standing, ...]) -> Governing:
    entry = next(one.entry for one in stand if one.entry.start.day)
    words = {"effective": "effective", "issued": "issued", "published": "published", "first_observed": "first observed"}[
        entry.start.stated_as
    ]
    reason = f"the earliest edition held, {entry.edition}, starts later ({words} {entry.start.day}, {_basis(entry)})"
    return Governing(
        status="future_only",
        until=entry.start.day,
        nearest=entry.edition,
        reason=reason,
        why=f"No edition is known to be in force on {_on(question)}: {reason}.",
    )


def _indeterminate(question: Question, open_ones: list[Standing], top: Standing | None) -> Governing:
    needs = tuple(dict.fromkeys(_NEEDS[one.entry.start.basis] for one in open_ones))
    which = " and ".join(f"edition {one.entry.edition} applies {_basis(one.entry)} {_bound(one.entry)}" for one in open_ones)
    otherwise = f"; without it edition {top.entry.edition} is the last to start by then" if top else ""
    reason = f"{which}, and {' and '.join(needs)} {'is' if len(needs) == 1 else 'are'} not given{otherwise}"
    return Governing(
        status="indeterminate",
        nearest=open_ones[-1].entry.edition,
        needs=needs,
        reason=reason,
        why=f"Which edition is in force on {_on(question)} cannot be said: {reason}.",
    )


def _bound(entry: Entry) -> str:
    return f"from {entry.start.day}" if entry.start.day else f"until {entry.end}"


def _nothing(question: Question, withdrawn: tuple[Entry, ...]) -> Governing:
    if withdrawn:
        names = ", ".join(entry.edition for entry in withdrawn)
        reason = f"the payer withdrew {'edition' if len(withdrawn) == 1 else 'editions'} {names}, and no other is held"
    else:
        reason = "no edition of this policy had been recorded"
    nearest = withdrawn[-1].edition if withdrawn else None
    return Governing(status="nothing_known", nearest=nearest, reason=reason, why=f"Nothing is known for {_on(question)}: {reason}.")
