"""Which version was the payer's text on a day, and how sure is that: an oracle, written from the
description of time alone.

It imports nothing of the product. It is slow and plain on purpose: everything is worked out anew
for each day that is asked, by going through all versions. What the description leaves open is
decided here, and each such decision is marked DECIDED.
"""

import itertools
import re
from dataclasses import dataclass, field
from datetime import date, timedelta

ISSUE_DATES = ("issued", "published", "revised", "last_review")
"""The dates that can say when a version was issued; the first one present does."""
DATING_BACK_FROM = 180
"""Days: a version issued later than this after its printed effective date starts when it was
issued.
"""
OWN_ROW_WITHIN = 120
"""Days: the newest row of a version's history is about the version itself if it lies this near to
one of its dates.
"""
NEEDS = {
    "date_processed": "processed_on",
    "admission": "admitted_on",
    "auth_request": "authorized_on",
}


@dataclass(frozen=True)
class Printed:
    """A date as a version prints it: `text` is a day or a month; an ambiguous one tells nothing."""

    text: str
    ambiguous: bool = False


@dataclass(frozen=True)
class Revision:
    """What was recorded of a version, once: everything that time depends on.

    The last one recorded of a version is the one that counts.
    """

    version: str
    dates: dict[str, Printed] = field(default_factory=dict)
    basis: str = "unknown"
    version_label: str | None = None
    history: tuple[str, ...] = ()
    mark: bool = False
    retrieved: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class Timeline:
    """A policy: what was recorded of it, in the order of recording, and whether its payer dates
    back by custom.
    """

    revisions: tuple[Revision, ...]
    dates_back: bool = False


@dataclass(frozen=True)
class Answer:
    """What holds on a day. `versions`: the one that is named; several where it is free which one
    is.

    `kinds`: why it is not certain.
    """

    status: str
    versions: frozenset[str]
    certainty: str
    kinds: frozenset[str] = frozenset()


def first_day(text: str) -> date:
    """A month counts as its first day."""
    return date.fromisoformat(text if len(text) == len("2020-01-01") else f"{text}-01")


def printed(revision: Revision, name: str) -> date | None:
    """A date that the version prints.

    DECIDED: an ambiguous effective date does not count either.
    """
    fact = revision.dates.get(name)
    return None if fact is None or fact.ambiguous else first_day(fact.text)


def issue_day(revision: Revision) -> date | None:
    return next((day for name in ISSUE_DATES if (day := printed(revision, name))), None)


def held(timeline: Timeline, known: int | None = None) -> list[Revision]:
    """The versions that stand by the first `known` revisions (None: all): the newest of each,
    without those that were withdrawn.
    """
    newest = {revision.version: revision for revision in timeline.revisions[:known]}
    return [revision for revision in newest.values() if not revision.withdrawn]


def start_day(revision: Revision, stand: list[Revision], dates_back: bool) -> date | None:
    """DECIDED: printed effective dates are the same if they mean the same first day; withdrawn
    versions are nobody's siblings.
    """
    effective, issued = printed(revision, "effective"), issue_day(revision)
    if effective is None or issued is None:
        return effective or issued
    sibling = any(
        other.version != revision.version and printed(other, "effective") == effective
        for other in stand
    )
    long_after = issued > effective + timedelta(days=DATING_BACK_FROM) and not dates_back
    return max(effective, issued) if sibling or long_after else effective


def natural(text: str) -> list:
    """Numbers in a label compare as numbers."""
    return [
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in re.split(r"([0-9]+)", text.lower())
        if part
    ]


class Policy:
    """The versions of a policy that stand, in their order."""

    def __init__(self, timeline: Timeline, known: int | None = None):
        self.stand = held(timeline, known)
        self.start = {
            one.version: start_day(one, self.stand, timeline.dates_back) for one in self.stand
        }
        self.issued = {one.version: issue_day(one) for one in self.stand}
        self.end = {one.version: _end(one) for one in self.stand}
        # DECIDED: what starts at an unknown time stands before all else
        self.order = sorted(self.stand, key=self._place)
        self.known_order = [one for one in self.order if self.start[one.version]]
        self.gaps = {
            one.version: self._gaps(one, after)
            for one, after in itertools.pairwise([*self.known_order, None])
        }

    def _place(self, one: Revision) -> tuple:
        start, issued = self.start[one.version], self.issued[one.version]
        # DECIDED: where one of several of a day has no label, labels put none of them in order
        alike = [
            other
            for other in self.stand
            if (self.start[other.version], self.issued[other.version]) == (start, issued)
        ]
        label = one.version_label or "" if all(other.version_label for other in alike) else ""
        return (start or date.min, issued or date.min, natural(label), one.version)

    def tied(self, one: Revision) -> frozenset[str]:
        """The versions that nothing puts before or behind this one, itself included.

        DECIDED: an unlabelled one ties all of that day.
        """
        alike = [other for other in self.stand if self._when(other) == self._when(one)]
        if not all(other.version_label for other in alike):
            return frozenset(other.version for other in alike)
        return frozenset(
            other.version
            for other in alike
            if natural(other.version_label) == natural(one.version_label)
        )

    def _when(self, one: Revision) -> tuple:
        return (
            self.start[one.version],
            self.issued[one.version],
            self.end[one.version] if self.start[one.version] is None else None,
        )

    # --- Which one

    def governing(self, days: dict[str, date]) -> tuple[str, Revision | None]:
        """The status and the version by the dates of a claim: the last in order that has begun by
        the date that the payer goes by.
        """
        begun = [one for one in self.known_order if self.start[one.version] <= _day_of(one, days)]
        if begun:
            return self._ended_or_not(begun[-1], days)
        unknown = [one for one in self.order if self.start[one.version] is None]
        alive = [one for one in unknown if (self.end[one.version] or date.max) > _day_of(one, days)]
        if alive:
            # DECIDED (as decision 0004 has it): of several that began at an unknown time, the one
            # that ends first governs until then
            first_end = min(self.end[one.version] or date.max for one in alive)
            return "in_force", [
                one for one in alive if (self.end[one.version] or date.max) == first_end
            ][-1]
        if unknown:
            return self._ended_or_not(
                max(unknown, key=lambda one: (self.end[one.version], self._place(one))), days
            )
        return ("future_only", self.known_order[0]) if self.stand else ("nothing_known", None)

    def _ended_or_not(self, one: Revision, days: dict[str, date]) -> tuple[str, Revision]:
        end = self.end[one.version]
        if end is None or end > _day_of(one, days):
            return "in_force", one
        return ("retired" if end == printed(one, "retired") else "gap"), one

    # --- How sure

    def next_of(self, one: Revision) -> Revision | None:
        """DECIDED: the next in order, even where both start on one day."""
        place = self.order.index(one)
        return self.order[place + 1] if place + 1 < len(self.order) else None

    def _gaps(self, one: Revision, after: Revision | None) -> list[tuple[date, date]]:
        """The days between two versions, or behind the last one, that may belong to a version that
        nobody holds: [from, to).
        """
        if after is None:
            rows = [
                row
                for row in _rows_not_its_own(one, self.start[one.version], self.issued[one.version])
                if row > self._latest(one)
            ]
            return [(min(rows), date.max)] if rows else []
        start, rows = self.start[after.version], self._missing_rows(one, after)
        begins = list(rows)
        if not self._all_dated(one, after):
            last_known = max(
                [self._latest(one), *([first_day(one.retrieved)] if one.retrieved else [])]
            )
            begins.append(last_known + timedelta(days=1))
        # DECIDED: what is missing leaves open the days until the next held version, which may be
        # the earlier of the two
        return [
            (begin, min(day for day in self.start.values() if day and day > begin))
            for begin in begins
            if begin < start
        ]

    def _missing_rows(self, one: Revision, after: Revision) -> list[date]:
        newest_known = max((first_day(text) for text in one.history), default=self._latest(one))
        start = self.start[after.version]
        # DECIDED: a row that lies behind the start is about no version before it; one between an
        # earlier issue and the start may be
        rows = [
            row
            for row in _rows_not_its_own(after, start, self.issued[after.version])
            if newest_known < row <= start
        ]
        # DECIDED: a row from before the earlier one's start, on the very day of another held
        # version, is that one's: it is not missing
        return [
            row for row in rows if row >= self.start[one.version] or row not in self._days_of_held()
        ]

    def _days_of_held(self) -> set[date]:
        return {
            day
            for one in self.stand
            for day in (self.start[one.version], self.issued[one.version])
            if day
        }

    def _all_dated(self, one: Revision, after: Revision) -> bool:
        return _skipped(one.version_label, after.version_label) <= len(
            self._missing_rows(one, after)
        )

    def _latest(self, one: Revision) -> date:
        return max(day for day in (self.start[one.version], self.issued[one.version]) if day)

    def review_reasons(self, status: str, one: Revision, day: date) -> frozenset[str]:
        """Why it is uncertain what holds on a day."""
        if status not in {"in_force", "retired"}:
            return frozenset({status})
        kinds = set()
        start, issued = self.start[one.version], self.issued[one.version]
        if start is None:
            kinds.add("start_unknown")
        if len(self.tied(one)) > 1:
            kinds.add("tie")
        if issued and start and issued > start and one is self.known_order[0] and day < issued:
            kinds.add("before_first_issue")
        if any(begin <= day < end for gaps in self.gaps.values() for begin, end in gaps):
            kinds.add("gap")
        if one.mark and not self.directly_followed(one) and not self._end_is_dated(one):
            kinds.add("archive_mark")
        return frozenset(kinds)

    def directly_followed(self, one: Revision) -> bool:
        start = self.start[one.version]
        behind = [
            begin for begin, _ in self.gaps.get(one.version, ()) if start is None or begin >= start
        ]
        return self.next_of(one) is not None and not behind

    def _end_is_dated(self, one: Revision) -> bool:
        """Whether the next held version's history dates every version between: then it says when
        the earlier one ended.
        """
        after = self.next_of(one)
        return (
            after is not None
            and self.start[one.version] is not None
            and self._all_dated(one, after)
        )

    def certainty(self, status: str, one: Revision, day: date) -> tuple[str, frozenset[str]]:
        kinds = self.review_reasons(status, one, day)
        if status == "retired":
            # DECIDED: the payer states it, whenever the version began; unless another may have
            # come, or it is open which one it was
            kinds &= {"gap", "tie"}
        if kinds:
            return "uncertain", kinds
        if status == "retired":
            return "certain", frozenset()
        issued = self.issued[one.version]
        had_been_issued = day >= issued if issued else True
        # what is stamped as archived when it is fetched was not the payer's text then
        checked = one.retrieved is not None and not one.mark and day <= first_day(one.retrieved)
        if had_been_issued and (self.directly_followed(one) or checked):
            return "certain", frozenset()
        return "presumed", frozenset(["after_last_check" if had_been_issued else "before_issue"])


def ask(
    timeline: Timeline, day: date, known: int | None = None, only_service_date: bool = False
) -> Answer:
    """What holds on a day, by the first `known` revisions (None: all).

    Otherwise all dates of the claim are that day.
    """
    policy = Policy(timeline, known)
    if not policy.stand:
        return Answer("nothing_known", frozenset(), "uncertain", frozenset({"nothing_known"}))
    days = {"as_of": day, **dict.fromkeys(NEEDS.values(), day)}
    status, one = policy.governing(days)
    if only_service_date and len(_outcomes(policy, day)) > 1:
        return Answer("indeterminate", frozenset(), "uncertain", frozenset({"indeterminate"}))
    if only_service_date:
        ((status, name),) = _outcomes(policy, day)
        one = next(other for other in policy.stand if other.version == name)
    certainty, kinds = policy.certainty(status, one, day)
    named = set(policy.tied(one)) if "tie" in kinds else {one.version}
    return Answer(
        status,
        frozenset(_free_or_greatest(policy, named)) if status == "in_force" else frozenset(),
        certainty,
        kinds,
    )


def _free_or_greatest(policy: Policy, tied: set[str]) -> set[str]:
    """Of versions that nothing puts in order the greatest by its text is named; where some have a
    payer's label and some not, any may.
    """
    labelled = {bool(one.version_label) for one in policy.stand if one.version in tied}
    return tied if len(labelled) > 1 else {max(tied)}


def _outcomes(policy: Policy, day: date) -> set[tuple[str, str]]:
    """What comes out if every date of the claim that is not given takes every value at which
    something may turn.
    """
    turns = {
        turn
        for one in policy.stand
        for turn in (policy.start[one.version], policy.end[one.version])
        if turn
    }
    values = sorted({turn + timedelta(days=step) for turn in turns for step in (-1, 0)} | {day})
    needed = sorted({NEEDS[one.basis] for one in policy.stand if one.basis in NEEDS})
    found = set()
    for combination in itertools.product(values, repeat=len(needed)):
        status, one = policy.governing(
            {"as_of": day, **dict(zip(needed, combination, strict=True))}
        )
        found.add((status, one.version if one else ""))
    return found


def _day_of(one: Revision, days: dict[str, date]) -> date:
    return days[NEEDS.get(one.basis, "as_of")]


def _end(one: Revision) -> date | None:
    return min(
        (day for name in ("superseded_on", "retired") if (day := printed(one, name))), default=None
    )


def _rows_not_its_own(one: Revision, start: date | None, issued: date | None) -> list[date]:
    """The rows of a version's history without the row about the version itself: the newest, if it
    lies near to one of its dates.
    """
    rows = sorted({first_day(text) for text in one.history})
    near = [
        day for day in (start, issued, printed(one, "revised"), printed(one, "last_review")) if day
    ]
    if rows and any(abs((rows[-1] - day).days) <= OWN_ROW_WITHIN for day in near):
        return [row for row in rows if row != rows[-1]]
    return rows


def _skipped(before: str | None, after: str | None) -> int:
    """How many versions the payer's own numbering skips: `PA-18` to `PA-22` leaves out three."""
    found = [re.fullmatch(r"(.*?)([0-9]+)([^0-9]*)", text) for text in (before, after) if text]
    if len(found) < 2 or not all(found):
        return 0
    (one, other) = ((_without_year(match[1]), int(match[2]), match[3]) for match in found)
    return max(other[1] - one[1] - 1, 0) if (one[0], one[2]) == (other[0], other[2]) else 0


def _without_year(text: str) -> str:
    return re.sub(r"(?<![0-9])[0-9]{4}(?![0-9])", "", text)


def days_that_matter(timeline: Timeline) -> list[date]:
    """Each date that anything names or that follows from one, the day before and the day after."""
    days: set[date] = set()
    for revision in timeline.revisions:
        texts = (
            [fact.text for fact in revision.dates.values()]
            + list(revision.history)
            + [revision.retrieved] * bool(revision.retrieved)
        )
        days |= {first_day(text) for text in texts}
    for known in range(1, len(timeline.revisions) + 1):
        days |= {
            edge
            for gaps in Policy(timeline, known).gaps.values()
            for gap in gaps
            for edge in gap
            if edge != date.max
        }
    return sorted({day + timedelta(days=step) for day in days for step in (-1, 0, 1)})
