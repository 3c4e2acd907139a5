"""Which version governs, and how certain that is, as a question about plain values: no database, no
clock.

The rule: among the revisions recorded by then, the newest of each version, without the withdrawn
ones, the version with the greatest start at or before the date of the claim that the payer goes by;
of several that start on one day the one issued last, then the one with the greatest label of the
payer's own; never the one recorded last. What is not known is said: a version whose start is not
known stands before all whose start is; a date that the question does not give makes the answer
indeterminate, but only where it could decide; and a named version is certain only for days on which
its text is known to have been the payer's (`policy_tracker.store.certainty`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from policy_tracker.language.formatting import listed
from policy_tracker.store.certainty import Sureness, sureness, turning_days, unsettled
from policy_tracker.store.line import Entry, HeldVersion, VersionLine, line_of
from policy_tracker.store.views import Governing, Need, Question, TimelineSpan

if TYPE_CHECKING:
    from policy_tracker.record import Start

__all__ = [
    "Entry",
    "HeldVersion",
    "VersionLine",
    "every_date",
    "line_of",
    "resolve",
    "spans",
    "standing",
]

_NEEDS: dict[str, Need] = {
    "date_processed": "processed_on",
    "admission": "admitted_on",
    "auth_request": "authorized_on",
}
_BASIS_WORDS = {
    "date_of_service": "by date of service",
    "date_processed": "by date of processing",
    "admission": "by date of admission",
    "auth_request": "by date of the authorization request",
    "unknown": "basis not stated",
}
_CLAIM_WORDS = {
    "processed_on": "processed on",
    "admitted_on": "with admission on",
    "authorized_on": "with authorization requested on",
}
_STATED_WORDS = {
    "effective": "effective",
    "issued": "issued",
    "published": "published",
    "revised": "revised",
    "last_review": "last reviewed",
}
_NOT_NAMED = "no version on file is known to be in force on that day"


def standing(
    entries: Iterable[Entry] | VersionLine, known: int | None = None
) -> tuple[tuple[HeldVersion, ...], tuple[HeldVersion, ...]]:
    """The versions that stand by what was recorded until sequence `known` (None: all), earliest
    first, and those that were withdrawn.
    """
    line = line_of(entries, known)
    return line.stand, line.withdrawn


def resolve(
    entries: Iterable[Entry] | VersionLine, question: Question, known: int | None = None
) -> Governing:
    """Which of a policy's versions governs a claim with the dates of `question`, by what was
    recorded until sequence `known`.

    `question.known_at` is not read (who asks has turned it into `known`), except to be told in
    `why`. With the dates in `needs` the answer is determined. Where several versions of unknown
    start go by different dates of a claim, `needs` may name one date more than would do, because
    which of them decides depends on the others.
    """
    line = line_of(entries, known)
    stand = line.stand
    if not stand:
        return _nothing(question, line.withdrawn)
    begun = [
        one
        for one in stand
        if one.start.day and (day := _day_of(one, question)) and one.start.day <= day
    ]
    top = begun[-1] if begun else None
    open_ones = [
        one
        for one in stand
        if one.start.day
        and _day_of(one, question) is None
        and (top is None or one.place > top.place)
    ]
    if top is None:
        top, of_unknown_end = _of_unknown_start(stand, question)
        open_ones += of_unknown_end
    if open_ones:
        return _indeterminate(question, line, open_ones, top)
    if top is None:
        return _future(question, line)
    day = _day_of(top, question)
    if day and top.entry.end and top.entry.end <= day:
        return _ended(question, line, top)
    return _in_force(question, line, top)


def spans(
    entries: Iterable[Entry] | VersionLine, known: int | None = None
) -> tuple[TimelineSpan, ...]:
    """The bars of a policy in valid time, in order and without holes, as if all dates of a claim
    were the same day.

    The first begins at no known time, the last is open. A bar ends where another version governs,
    and where the same is more or less certain: a gap is a bar of its own.
    """
    line = line_of(entries, known)
    marks = turning_days(line)
    before = marks[0] - timedelta(days=1) if marks else date.max
    found: list[TimelineSpan] = []
    for begin, end in zip([None, *marks], [*marks, None], strict=True):
        answer = resolve(line, every_date(begin or before))
        span = _span(line, answer, begin, end)
        if found and span == found[-1].model_copy(update={"from_day": begin, "to_day": end}):
            span = span.model_copy(update={"from_day": found.pop().from_day})
        found.append(span)
    return tuple(found)


def _span(
    line: VersionLine, answer: Governing, begin: date | None, end: date | None
) -> TimelineSpan:
    gap = line.missing_on(begin) if begin and answer.version else None
    return TimelineSpan.model_construct(
        status=answer.status,
        version=answer.version,
        revision_id=answer.revision_id,
        from_day=begin,
        to_day=end,
        start_known=answer.start is None or answer.start.day is not None,
        basis=answer.start.basis if answer.start else "unknown",
        reason=answer.reason,
        certainty=answer.certainty,
        certainty_reasons=answer.certainty_reasons,
        checked_on=answer.checked_on,
        missing=gap.missing if gap else None,
    )


def every_date(day: date) -> Question:
    """The question of a claim whose dates are all the same day."""
    return Question(as_of=day, processed_on=day, authorized_on=day, admitted_on=day)


def _day_of(one: HeldVersion, question: Question) -> date | None:
    """The date of the claim that the payer compares with this version's dates; None where the
    question does not give it.
    """
    need = _NEEDS.get(one.start.basis)
    return getattr(question, need) if need else question.as_of


def _of_unknown_start(
    stand: tuple[HeldVersion, ...], question: Question
) -> tuple[HeldVersion | None, list[HeldVersion]]:
    """Of the versions whose start is not known the one that governs, and those for which a date
    that is not given decides.

    Of several that have not ended the one that ends first governs, because each of the others came
    after it; of several that have ended the one that ended last was the last to govern. An end that
    is not stated is the latest of all.
    """
    pool = [one for one in stand if one.start.day is None]
    undecided = [one for one in pool if one.entry.end and _day_of(one, question) is None]
    decided = [one for one in pool if one not in undecided]
    alive = [
        one
        for one in decided
        if not one.entry.end or one.entry.end > (_day_of(one, question) or date.min)
    ]
    if alive:
        first_end = min(one.entry.end or date.max for one in alive)
        top = max(
            (one for one in alive if (one.entry.end or date.max) == first_end),
            key=lambda one: one.place,
        )
        return top, [
            one
            for one in undecided
            if one.entry.end and (one.entry.end, top.place) < (first_end, one.place)
        ]
    return (max(decided, key=lambda one: one.place) if decided else None), undecided


def _on(question: Question) -> str:
    """The question's dates in words: `2025-10-01, for a claim processed on 2025-11-01, by what was
    recorded until …`.
    """
    given = {words: day for name, words in _CLAIM_WORDS.items() if (day := getattr(question, name))}
    text = str(question.as_of)
    if any(day != question.as_of for day in given.values()):
        text += f" (a claim {listed([f'{words} {day}' for words, day in given.items()])})"
    if question.known_at:
        text += f" by what was recorded until {question.known_at.strftime('%Y-%m-%d %H:%M:%S UTC')}"
    return text


def _basis(start: Start) -> str:
    return _BASIS_WORDS[start.basis]


def _begins(start: Start) -> str:
    """From when it applies, and on what that rests."""
    if start.day is None:
        return f"its start is not known ({_basis(start)})"
    stated = f"{_STATED_WORDS[start.stated_as]} {start.day}"
    if start.stated_as == "effective":
        return f"{stated} ({_basis(start)})"
    if start.policy_effective:
        return (
            f"{stated}, as the effective date that it prints, {start.policy_effective}, is not "
            f"its own ({_basis(start)})"
        )
    return f"{stated}, as it states no effective date ({_basis(start)})"


def _in_force(question: Question, line: VersionLine, top: HeldVersion) -> Governing:
    entry, day = top.entry, _day_of(top, question)
    sure = sureness(line, top, day or question.as_of)
    ends = [one.start.day for one in line.stand[top.place + 1 :]] + [
        entry.timing.superseded_on,
        entry.timing.retired,
    ]
    until = min((end for end in ends if end and (day is None or end > day)), default=None)
    reason = "; ".join(
        [_begins(top.start), *_remarks(line, top, day), "no later version starts by then"]
    )
    unsure = sure.certainty == "uncertain"
    return Governing.model_construct(
        status="in_force",
        version=entry.version,
        revision=entry.number,
        revision_id=entry.revision_id,
        start=top.start,
        until=until,
        reason=reason,
        why=f"Version {entry.version} is in force on {_on(question)}: {reason}.",
        certainty=sure.certainty,
        certainty_reasons=sure.reasons,
        checked_on=entry.timing.checked_on,
        policy_effective=top.start.policy_effective,
        tied=line.tied(top),
        nearest_before=entry.version if unsure else None,
        nearest_after=_label(line.next_of(top)) if unsure else None,
    )


def _label(one: HeldVersion | None) -> str | None:
    return one.entry.version if one else None


def _remarks(line: VersionLine, top: HeldVersion, day: date | None) -> list[str]:
    """What a careful reader would ask next: its end, others that start on the same day, others
    whose start is not known.
    """
    entry, start = top.entry, top.start
    found = []
    if start.day is None and entry.end:
        found.append(
            f"it was {'retired' if entry.end == entry.timing.retired else 'superseded'} on "
            f"{entry.end}, after that day"
        )
    same_day = [one for one in line.stand[: top.place] if start.day and one.start.day == start.day]
    if same_day:
        found.append(f"of the versions that start on that day it {_came_last(line, top, same_day)}")
    found += [
        (
            f"version {one.entry.version}, whose start is not known, was in force before "
            f"{one.entry.end} and may have replaced it earlier"
        )
        for one in line.stand
        if start.day
        and one.start.day is None
        and one.entry.end
        and one.entry.end > (day or date.max)
    ]
    return found


def _came_last(line: VersionLine, top: HeldVersion, others: list[HeldVersion]) -> str:
    if line.tied(top):
        return "is one of those that nothing puts in order"
    issued = top.start.issued or date.min
    return (
        "was issued last"
        if all(issued > (other.start.issued or date.min) for other in others)
        else "has the last label"
    )


def _unnamed(question: Question, line: VersionLine, why: str, sure: Sureness) -> dict[str, Any]:
    """What an answer that names no version says besides: how certain that is, and which versions
    are the nearest.
    """
    before = [one for one in line.stand if one.start.day is None or one.start.day <= question.as_of]
    after = [one for one in line.stand if one.start.day and one.start.day > question.as_of]
    unsure = sure.certainty == "uncertain"
    return {
        "why": why,
        "certainty": sure.certainty,
        "certainty_reasons": sure.reasons,
        "nearest_before": _label(before[-1]) if before and unsure else None,
        "nearest_after": _label(after[0]) if after and unsure else None,
    }


def _ended(question: Question, line: VersionLine, top: HeldVersion) -> Governing:
    entry = top.entry
    why = f"No version is known to be in force on {_on(question)}: "
    if entry.end == entry.timing.retired:
        reason = (
            f"version {entry.version} was retired on {entry.end}, and no later version starts "
            f"by then"
        )
        review_reasons = tuple(unsettled(line, top, _day_of(top, question) or question.as_of))
        itself = f"The payer itself says that it retired version {entry.version} on {entry.end}."
        sure = (
            Sureness("uncertain", review_reasons)
            if review_reasons
            else Sureness("certain", (itself,))
        )
        return Governing(
            status="retired",
            nearest=entry.version,
            reason=reason,
            **_unnamed(question, line, f"{why}{reason}.", sure),
        )
    reason = f"version {entry.version} was superseded on {entry.end} by a version that is not held"
    sure = Sureness(
        "uncertain",
        (
            (
                f"Version {entry.version} was superseded on {entry.end}, and what replaced it is "
                f"not on file."
            ),
        ),
    )
    return Governing(
        status="gap",
        nearest=entry.version,
        reason=reason,
        **_unnamed(question, line, f"{why}{reason}.", sure),
    )


def _future(question: Question, line: VersionLine) -> Governing:
    first = next(one for one in line.stand if one.start.day)
    stated = f"{_STATED_WORDS[first.start.stated_as]} {first.start.day}, {_basis(first.start)}"
    reason = f"the earliest version held, {first.entry.version}, starts later ({stated})"
    sure = Sureness(
        "uncertain",
        (f"The earliest version on file, {first.entry.version}, starts on {first.start.day}.",),
    )
    why = f"No version is known to be in force on {_on(question)}: {reason}."
    return Governing(
        status="future_only",
        until=first.start.day,
        nearest=first.entry.version,
        reason=reason,
        **_unnamed(question, line, why, sure),
    )


def _indeterminate(
    question: Question, line: VersionLine, open_ones: list[HeldVersion], top: HeldVersion | None
) -> Governing:
    needs = tuple(dict.fromkeys(_NEEDS[one.start.basis] for one in open_ones))
    which = listed(
        [
            f"version {one.entry.version} applies {_basis(one.start)} {_bound(one)}"
            for one in open_ones
        ]
    )
    otherwise = (
        f"; without it version {top.entry.version} is the last to start by then" if top else ""
    )
    missing = f"{listed(needs)} {'is' if len(needs) == 1 else 'are'} not given"
    reason = f"{which}, and {missing}{otherwise}"
    sure = Sureness(
        "uncertain", (f"Which version governs depends on a date of the claim: {missing}.",)
    )
    return Governing(
        status="indeterminate",
        nearest=open_ones[-1].entry.version,
        needs=needs,
        reason=reason,
        **_unnamed(
            question,
            line,
            f"Which version is in force on {_on(question)} cannot be said: {reason}.",
            sure,
        ),
    )


def _bound(one: HeldVersion) -> str:
    return f"from {one.start.day}" if one.start.day else f"until {one.entry.end}"


def _nothing(question: Question, withdrawn: tuple[HeldVersion, ...]) -> Governing:
    if withdrawn:
        names = ", ".join(one.entry.version for one in withdrawn)
        reason = (
            f"the payer withdrew {'version' if len(withdrawn) == 1 else 'versions'} {names}, "
            f"and no other is held"
        )
    else:
        reason = "no version of this policy had been recorded"
    return Governing(
        status="nothing_known",
        nearest=withdrawn[-1].entry.version if withdrawn else None,
        reason=reason,
        why=f"Nothing is known for {_on(question)}: {reason}.",
        certainty="uncertain",
        certainty_reasons=(f"{_NOT_NAMED[0].upper()}{_NOT_NAMED[1:]}.",),
    )
