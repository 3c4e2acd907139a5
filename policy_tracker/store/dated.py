"""What a version says of a code on a day, where its codes, ranges and statements have dates of
their own: pure, no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from policy_tracker.language.formatting import listed
from policy_tracker.record import DateFact
from policy_tracker.record.inside import Holding, holding, turning_days
from policy_tracker.record.vocabulary import POSITION_WORDS
from policy_tracker.store.answers import NOTHING_SAID, CodeStatement, MentionPlace, say
from policy_tracker.store.views import (
    Circumstances,
    CriterionView,
    NextChange,
    OtherDays,
    TimelineSpan,
)

Places = dict[int, list[MentionPlace]]
Facts = dict[int, dict[str, Any]]


def dates_of(detail: dict[str, Any]) -> tuple[DateFact | None, DateFact | None]:
    """The first and the last day that a place of a record has of its own."""
    effective, ends = (
        DateFact.model_validate(detail[name]) if detail.get(name) else None
        for name in ("effective", "ends")
    )
    return effective, ends


def say_on(
    places: list[MentionPlace], facts: dict[str, Any], given: Circumstances, day: date
) -> CodeStatement:
    """What the places of one revision say of the code on a day; what has not begun by then, or has
    ended, is told apart.
    """
    dated = [
        (place, dates_of(place.detail))
        for place in places
        if place.detail.get("effective") or place.detail.get("ends")
    ]
    states = {
        id(place): state for place, dates in dated if (state := holding(*dates, day)) != "holds"
    }
    wide = [
        one for one in facts.get("authorizations", ()) if holding(*dates_of(one), day) == "holds"
    ]
    said = say(
        [place for place in places if id(place) not in states],
        facts | {"authorizations": wide},
        given,
    )
    if not states:
        return said
    others = tuple(
        _other(place, states[id(place)], *dates)
        for place, dates in dated
        if id(place) in states and not place.of_diagnosis
    )
    return replace(said, other_days=others)


def holding_on(places: list[MentionPlace], day: date) -> list[MentionPlace]:
    """Those of a revision's places that hold on a day."""
    return [place for place in places if holding(*dates_of(place.detail), day) == "holds"]


def criteria_on(
    criteria: list[dict[str, Any]], day: date
) -> tuple[tuple[CriterionView, ...], tuple[OtherDays, ...]]:
    """Those of the statements that govern a code that hold on a day, and what is said of those that
    do not.
    """
    states = {
        id(one): holding(*dates_of(one), day) if one.keys() & {"effective", "ends"} else "holds"
        for one in criteria
    }
    others = tuple(
        _other_criterion(one, states[id(one)]) for one in criteria if states[id(one)] != "holds"
    )
    return tuple(
        CriterionView.model_validate(one) for one in criteria if states[id(one)] == "holds"
    ), others


def _other_criterion(one: dict[str, Any], state: Holding) -> OtherDays:
    effective, ends = dates_of(one)
    return OtherDays(
        state="ended" if state == "ended" else "not_begun",
        position=one["position"],
        stated_in="statement",
        place=one["key"],
        heading=one.get("label"),
        matched=one["text"],
        effective=effective,
        ends=ends,
        sentence=f"“{one['text']}”: {_when(state, effective, ends)}.",
    )


def _when(state: Holding, effective: DateFact | None, ends: DateFact | None) -> str:
    printed = ends if state == "ended" else effective
    raw = f" (“{printed.raw}”)" if printed and printed.raw else ""
    if state == "ended" and ends is not None:
        return (
            f"that ended on {ends.date}{raw}"
            if ends.date
            else f"that does not hold in this version{raw}"
        )
    return f"that begins on {effective.date}{raw}" if effective else f"that is dated{raw}"


def _other(
    place: MentionPlace, state: Holding, effective: DateFact | None, ends: DateFact | None
) -> OtherDays:
    return OtherDays(
        state="ended" if state == "ended" else "not_begun",
        position=place.position,
        stated_in=place.kind,  # ty: ignore[invalid-argument-type]
        place=place.place,
        heading=place.heading,
        matched=place.printed,
        effective=effective,
        ends=ends,
        sentence=_sentence(place, state, effective, ends),
    )


def _sentence(
    place: MentionPlace, state: Holding, effective: DateFact | None, ends: DateFact | None
) -> str:
    said = POSITION_WORDS.get(place.position or "", "named")
    if state == "ended" and ends is not None and ends.date is None:
        raw = f" (“{ends.raw}”)" if ends.raw else ""
        return f"{place.printed} is listed as {said}, and does not hold in this version{raw}."
    return f"{place.printed} is listed as {said}; {_when(state, effective, ends)}."


def has_dates(places: Places, facts: Facts) -> bool:
    """Whether any revision gives something that it says of the code a day of its own; most do not,
    and are answered without more ado.
    """
    details = (place.detail for named in places.values() for place in named)
    wide = (one for number in places for one in facts.get(number, {}).get("authorizations", ()))
    return any(
        "effective" in detail or "ends" in detail for found in (details, wide) for detail in found
    )


def first_days(bars: Iterable[TimelineSpan], day: date) -> dict[int, date]:
    """For each revision the first day from `day` on, on which it governs; those that no longer do
    are left out.
    """
    found: dict[int, date] = {}
    for bar in bars:
        if bar.revision_id is not None and (bar.to_day is None or bar.to_day > day):
            found.setdefault(bar.revision_id, max(bar.from_day or day, day))
    return found


def _turning_days(bar: TimelineSpan, places: Places, facts: Facts) -> list[date]:
    """The days within a bar, after its first, on which something that the version says of the code
    begins or has ended.
    """
    if bar.revision_id is None or bar.revision_id not in places:
        return []
    details = [
        *(place.detail for place in places[bar.revision_id]),
        *facts[bar.revision_id].get("authorizations", ()),
    ]
    days = {day for detail in details for day in turning_days(*dates_of(detail))}
    return sorted(
        day
        for day in days
        if (bar.from_day is None or bar.from_day < day) and (bar.to_day is None or day < bar.to_day)
    )


def turning(
    bars: tuple[TimelineSpan, ...],
    places: Places,
    facts: Facts,
    given: Circumstances,
    after: date,
    now: CodeStatement,
) -> NextChange | None:
    """The first day after `after` on which a version's own dates make it say something else than
    `now`.
    """
    for bar in bars:
        for day in (day for day in _turning_days(bar, places, facts) if day > after):
            number = bar.revision_id or 0
            said = say_on(places[number], facts[number], given, day)
            if said.gist != now.gist:
                return NextChange(
                    on=day,
                    version=bar.version,
                    status=bar.status,
                    positions=said.positions,
                    sentence=_turned(bar, said, day),
                )
    return None


def _turned(bar: TimelineSpan, said: CodeStatement, day: date) -> str:
    lead = f"From {day} on, by the dates in version {bar.version},"
    if not said.names_it:
        return f"{lead} it no longer lists the code: {' '.join(one.sentence for one in said.other_days)}"  # noqa: E501
    told = listed([POSITION_WORDS[position] for position in said.positions]) or "no position"
    authorization = ", ".join(requirement.replace("_", " ") for requirement in said.requirements)
    return f"{lead} it says: {told}{f'; prior authorization: {authorization}' if authorization else ''}."  # noqa: E501


def criteria_turning(
    criteria: list[dict[str, Any]], bars: Iterable[TimelineSpan], after: date, now: CodeStatement
) -> NextChange | None:
    """The first day after `after`, on which a statement that governs the code begins, or has ended,
    in the same version.
    """
    days = {day for one in criteria for day in turning_days(*dates_of(one)) if day > after}
    bar = next(
        (
            bar
            for bar in bars
            if (bar.from_day or date.min) <= after and (bar.to_day is None or after < bar.to_day)
        ),
        None,
    )
    day = min(
        (day for day in days if bar is not None and (bar.to_day is None or day < bar.to_day)),
        default=None,
    )
    if bar is None or day is None:
        return None
    sentence = (
        f"From {day} on, by the dates in version {bar.version}, other criteria, limits or "
        f"conditions hold."
    )
    return NextChange(
        on=day, version=bar.version, status=bar.status, positions=now.positions, sentence=sentence
    )


def sooner(one: NextChange | None, two: NextChange | None) -> NextChange | None:
    """The earlier of two next changes; of two on one day the first."""
    found = [change for change in (one, two) if change is not None]
    return min(found, key=lambda change: change.on, default=None)


def stretches_of(
    bars: Iterable[TimelineSpan], places: Places, facts: Facts
) -> Iterator[tuple[TimelineSpan, CodeStatement]]:
    """The bars of a policy, cut where the dates inside a version turn, each with what is said of
    the code in it.
    """
    for bar in bars:
        number = bar.revision_id
        if number is None or number not in places:
            yield bar, NOTHING_SAID
            continue
        days = _turning_days(bar, places, facts)
        for begin, end in zip([bar.from_day, *days], [*days, bar.to_day], strict=True):
            first = begin or (end and date.fromordinal(end.toordinal() - 1)) or date.min
            yield (
                bar.model_copy(update={"from_day": begin, "to_day": end}),
                say_on(places[number], facts[number], Circumstances(), first),
            )
