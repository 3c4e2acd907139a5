"""What an edition says of a code on a day, where its codes, ranges and statements have dates of their own: pure, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from policy_tracker.record import DateFact
from policy_tracker.record.inside import Holding, holding, turning_days
from policy_tracker.record.vocabulary import POSITION_WORDS
from policy_tracker.store.answers import NOTHING_SAID, Place, Said, say
from policy_tracker.store.views import Circumstances, NextChange, OtherDays, TimelineSpan

Places = dict[int, list[Place]]
Facts = dict[int, dict[str, Any]]


def dates_of(detail: dict[str, Any]) -> tuple[DateFact | None, DateFact | None]:
    """The first and the last day that a place of a record has of its own."""
    effective, ends = (DateFact.model_validate(detail[name]) if detail.get(name) else None for name in ("effective", "ends"))
    return effective, ends


def say_on(places: list[Place], facts: dict[str, Any], given: Circumstances, day: date) -> Said:
    """What the places of one revision say of the code on a day; what has not begun by then, or has ended, is told apart."""
    dated = [(place, dates_of(place.detail)) for place in places if place.detail.get("effective") or place.detail.get("ends")]
    states = {id(place): state for place, dates in dated if (state := holding(*dates, day)) != "holds"}
    wide = [one for one in facts.get("authorizations", ()) if holding(*dates_of(one), day) == "holds"]
    said = say([place for place in places if id(place) not in states], facts | {"authorizations": wide}, given)
    if not states:
        return said
    others = tuple(_other(place, states[id(place)], *dates) for place, dates in dated if id(place) in states and not place.of_diagnosis)
    return replace(said, other_days=others)


def holding_on(places: list[Place], day: date) -> list[Place]:
    """Those of a revision's places that hold on a day."""
    return [place for place in places if holding(*dates_of(place.detail), day) == "holds"]


def _other(place: Place, state: Holding, effective: DateFact | None, ends: DateFact | None) -> OtherDays:
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


def _sentence(place: Place, state: Holding, effective: DateFact | None, ends: DateFact | None) -> str:
    said = POSITION_WORDS.get(place.position or "", "named")
    printed = ends if state == "ended" else effective
    raw = f" (“{printed.raw}”)" if printed and printed.raw else ""
    if state == "ended" and ends is not None and ends.date is None:
        return f"{place.printed} is listed as {said}, and does not hold in this version{raw}."
    when = f"ended on {ends.date}" if state == "ended" and ends else f"begins on {effective.date}" if effective else "is dated"
    return f"{place.printed} is listed as {said}; that {when}{raw}."


def has_dates(places: Places, facts: Facts) -> bool:
    """Whether any revision gives something that it says of the code a day of its own; most do not, and are answered without more ado."""
    details = (place.detail for named in places.values() for place in named)
    wide = (one for number in places for one in facts.get(number, {}).get("authorizations", ()))
    return any("effective" in detail or "ends" in detail for found in (details, wide) for detail in found)


def first_days(bars: Iterable[TimelineSpan], day: date) -> dict[int, date]:
    """For each revision the first day from `day` on, on which it governs; those that no longer do are left out."""
    found: dict[int, date] = {}
    for bar in bars:
        if bar.revision_id is not None and (bar.to_day is None or bar.to_day > day):
            found.setdefault(bar.revision_id, max(bar.from_day or day, day))
    return found


def _turning_days(bar: TimelineSpan, places: Places, facts: Facts) -> list[date]:
    """The days within a bar, after its first, on which something that the edition says of the code begins or has ended."""
    if bar.revision_id is None or bar.revision_id not in places:
        return []
    details = [*(place.detail for place in places[bar.revision_id]), *facts[bar.revision_id].get("authorizations", ())]
    days = {day for detail in details for day in turning_days(*dates_of(detail))}
    return sorted(day for day in days if (bar.from_day is None or bar.from_day < day) and (bar.to_day is None or day < bar.to_day))


def turning(
    bars: tuple[TimelineSpan, ...], places: Places, facts: Facts, given: Circumstances, after: date, now: Said
) -> NextChange | None:
    """The first day after `after` on which an edition's own dates make it say something else than `now`."""
    for bar in bars:
        for day in (day for day in _turning_days(bar, places, facts) if day > after):
            number = bar.revision_id or 0
            said = say_on(places[number], facts[number], given, day)
            if said.gist != now.gist:
                return NextChange(
                    on=day, edition=bar.edition, status=bar.status, positions=said.positions, sentence=_turned(bar, said, day)
                )
    return None


def _turned(bar: TimelineSpan, said: Said, day: date) -> str:
    lead = f"From {day} on, by the dates in edition {bar.edition},"
    if not said.names_it:
        return f"{lead} it no longer lists the code: {' '.join(one.sentence for one in said.other_days)}"
    told = " and ".join(POSITION_WORDS[position] for position in said.positions) or "no position"
    authorization = ", ".join(requirement.replace("_", " ") for requirement in said.requirements)
    return f"{lead} it says: {told}{f'; prior authorization: {authorization}' if authorization else ''}."


def sooner(one: NextChange | None, two: NextChange | None) -> NextChange | None:
    """The earlier of two next changes; of two on one day the first."""
    found = [change for change in (one, two) if change is not None]
    return min(found, key=lambda change: change.on, default=None)


def stretches_of(bars: Iterable[TimelineSpan], places: Places, facts: Facts) -> Iterator[tuple[TimelineSpan, Said]]:
    """The bars of a policy, cut where the dates inside an edition turn, each with what is said of the code in it."""
    for bar in bars:
        number = bar.revision_id
        if number is None or number not in places:
            yield bar, NOTHING_SAID
            continue
        days = _turning_days(bar, places, facts)
        for begin, end in zip([bar.from_day, *days], [*days, bar.to_day], strict=True):
            first = begin or (end and date.fromordinal(end.toordinal() - 1)) or date.min
            yield bar.model_copy(update={"from_day": begin, "to_day": end}), say_on(places[number], facts[number], Circumstances(), first)
