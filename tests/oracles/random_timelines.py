"""Random timelines of policies: what payers print of dates, in the ways that payers print it, and
in ways that nobody would believe.

A timeline is made from a number, so that one that fails is named by it. `simpler` takes one apart
for the smallest that still fails.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.oracles.timelines import Printed, Revision, Timeline

BEGIN, END = date(2012, 1, 1), date(2025, 6, 30)
"""The payer's own dates lie between these, so that no history names a day that is still to come."""
_STYLES = (
    "plain",
    "plain",
    "first_date",
    "first_date",
    "issue_only",
    "undated",
    "dated_back",
    "mixed",
)


def random_timeline(number: int) -> Timeline:
    """The timeline of a number: the payer's true versions, of which some are held, each with what
    it prints.
    """
    rng = Random(number)
    true_days = _true_days(rng)
    policy_style = rng.choice(_STYLES)
    prefix, first_number = rng.choice(["PA-", "2024T0524-", "v", "", "CG-"]), rng.randint(1, 12)
    numbered, truncated = rng.random() < 0.4, rng.choice([None, None, 2, 4])
    kept = [place for place in range(len(true_days)) if rng.random() < 0.7] or [len(true_days) - 1]
    held = []
    for place in kept:
        style = rng.choice(_STYLES[:-1]) if policy_style == "mixed" else policy_style
        label = f"{prefix}{first_number + place}" if numbered and rng.random() < 0.95 else None
        if prefix == "2024T0524-" and label:
            label = label.replace("2024", str(true_days[place].year), 1)
        held.append(_version(rng, true_days, place, style, label, truncated))
    held += [_twin(rng, one) for one in held if rng.random() < 0.07]
    named = [replace(one, version=f"{one.version}.{number}") for number, one in enumerate(held)]
    return Timeline(_recorded(rng, named), dates_back=rng.random() < 0.3)


def _true_days(rng: Random) -> list[date]:
    """When the payer's versions began; now and then two on one day, or in one month."""
    days = [BEGIN + timedelta(days=rng.randrange(3000))]
    for _ in range(rng.choice([0, 1, 2, 3, 4, 6])):
        days.append(days[-1] + timedelta(days=rng.choice([0, 7, 31, 92, 200, 365, 365, 700])))
    return [day for day in days if day <= END]


def _version(
    rng: Random,
    true_days: list[date],
    place: int,
    style: str,
    label: str | None,
    truncated: int | None,
) -> Revision:
    day = true_days[place]
    issue_name = rng.choice(["issued", "issued", "published", "revised", "last_review"])
    dates: dict[str, Printed] = {}
    if style == "plain":
        dates["effective"] = _printed(rng, day)
        if rng.random() < 0.7:
            dates[issue_name] = _printed(
                rng,
                day
                + timedelta(days=rng.choice([-60, -30, -7, 0, 0, 6, 20, 170, 179, 180, 181, 182])),
            )
    if style == "first_date":
        dates["effective"] = _printed(rng, true_days[0], months=False)
        if rng.random() < 0.9:
            dates[issue_name] = _printed(rng, day)
    if style == "issue_only":
        dates[issue_name] = _printed(rng, day)
    if style == "dated_back":
        dates["effective"] = _printed(rng, day)
        dates[issue_name] = _printed(
            rng, day + timedelta(days=rng.choice([100, 181, 250, 400, 900]))
        )
    if rng.random() < 0.1:
        dates.setdefault("last_review", _printed(rng, day + timedelta(days=rng.choice([0, 300]))))
    dates |= _ends(rng, true_days, place, style)
    return Revision(
        version=str(day),
        dates=dates,
        basis=rng.choices(
            ["unknown", "date_of_service", "date_processed", "auth_request"], [12, 4, 1, 0.5]
        )[0],
        version_label=label,
        history=_history(rng, true_days, place, truncated) if rng.random() < 0.6 else (),
        mark=rng.random() < 0.12,
        retrieved=_iso(rng, day + timedelta(days=rng.choice([0, 10, 100, 500, 1500])))
        if rng.random() < 0.6
        else None,
    )


def _printed(rng: Random, day: date, months: bool = True) -> Printed:
    return Printed(_iso(rng, day) if months else str(day), ambiguous=rng.random() < 0.02)


def _iso(rng: Random, day: date) -> str:
    return f"{day:%Y-%m}" if rng.random() < 0.1 else str(day)


def _ends(rng: Random, true_days: list[date], place: int, style: str) -> dict[str, Printed]:
    """An end that the payer states, for few: when the next one came, or at some later time; never
    before anything else it prints.
    """
    if rng.random() > (0.4 if style == "undated" else 0.08):
        return {}
    following = (
        true_days[place + 1]
        if place + 1 < len(true_days)
        else true_days[place] + timedelta(days=1200)
    )
    end = (
        max(following, true_days[place] + timedelta(days=1000)) if rng.random() < 0.5 else following
    )
    later = max(end, true_days[place] + timedelta(days=1))
    return {rng.choice(["retired", "superseded_on"]): Printed(str(later))}


def _history(
    rng: Random, true_days: list[date], place: int, truncated: int | None
) -> tuple[str, ...]:
    """The payer's rows up to this version: all, or the last few; without its own now and then; and
    rarely a row of a later one.
    """
    rows = list(true_days[: place + 1])
    if rng.random() < 0.2:
        rows.pop()
    if rng.random() < 0.06:
        rows += true_days[place + 1 : place + 2]
    rows = [day + timedelta(days=rng.choice([0, 0, 0, -10, 12])) for day in rows]
    return tuple(_iso(rng, day) for day in rows[-(truncated or 99) :])


def _twin(rng: Random, one: Revision) -> Revision:
    """A second version for the same day: issued again later that month, or with nothing that could
    tell them apart.
    """
    dates = dict(one.dates)
    if rng.random() < 0.5:
        dates["issued"] = Printed(one.version[:8] + "28")
    return replace(one, dates=dates, version=f"{one.version}-again")


def _recorded(rng: Random, held: list[Revision]) -> tuple[Revision, ...]:
    """The versions in any order of loading, some corrected later (another date), some withdrawn,
    some that came back.
    """
    loaded = rng.sample(held, len(held))
    afterwards = []
    for one in loaded:
        if rng.random() < 0.12:
            dates = dict(one.dates)
            moved = (
                "issued"
                if {"retired", "superseded_on"} & set(dates)
                else rng.choice(["effective", "issued"])
            )
            dates[moved] = Printed(
                str(date.fromisoformat(one.version[:10]) + timedelta(days=rng.choice([-3, 0, 5])))
            )
            afterwards.append(replace(one, dates=dates))
        if rng.random() < 0.06:
            afterwards.append(
                replace(
                    afterwards[-1] if afterwards and afterwards[-1].version == one.version else one,
                    withdrawn=True,
                )
            )
    for one in afterwards:
        first = next(place for place, other in enumerate(loaded) if other.version == one.version)
        last = max(place for place, other in enumerate(loaded) if other.version == one.version)
        loaded.insert(rng.randint(max(first, last) + 1, len(loaded)), one)
    return tuple(loaded)


def simpler(timeline: Timeline) -> Iterator[Timeline]:
    """Timelines with one thing less each."""
    for place, revision in enumerate(timeline.revisions):
        rest = (timeline.revisions[:place], timeline.revisions[place + 1 :])
        if len(timeline.revisions) > 1:
            yield replace(timeline, revisions=rest[0] + rest[1])
        for less in _less_said(revision):
            yield replace(timeline, revisions=(*rest[0], less, *rest[1]))
    if timeline.dates_back:
        yield replace(timeline, dates_back=False)


def _less_said(revision: Revision) -> Iterator[Revision]:
    for name in revision.dates:
        yield replace(
            revision, dates={other: fact for other, fact in revision.dates.items() if other != name}
        )
    for place in range(len(revision.history)):
        yield replace(revision, history=revision.history[:place] + revision.history[place + 1 :])
    plain = Revision("")
    for name in ("basis", "version_label", "mark", "retrieved"):
        if getattr(revision, name) != getattr(plain, name):
            yield replace(revision, **{name: getattr(plain, name)})


def smallest(timeline: Timeline, fails) -> Timeline:
    """The smallest timeline, by taking one thing away at a time, that still `fails`."""
    while found := next((less for less in simpler(timeline) if fails(less)), None):
        timeline = found
    return timeline
