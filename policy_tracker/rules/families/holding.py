"""Rules on dates inside of a policy: codes and positions that hold from, or until, other days than
before.
"""

from datetime import date

from policy_tracker.diff.differences import CodesAt, Difference
from policy_tracker.diff.tree import sign_of
from policy_tracker.record.inside import Dated, begins_on, ended_on
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules import direction
from policy_tracker.rules.questions import statements
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, NARROWED, RuleMatch, rule


def _longer(one: Dated, two: Dated, fields: frozenset[str]) -> int:
    """+1 where the later version's span holds all days of the earlier one's and more, -1 the other
    way round, 0 for anything else.

    A first day that is not among the `fields` that differ had passed in both versions, or is the
    same.
    """
    begins = [
        begins_on(side.effective) or date.min if "effective" in fields else date.min
        for side in (one, two)
    ]
    over = [ended_on(side.ends) or date.max for side in (one, two)]
    more = (begins[0] > begins[1]) + (over[0] < over[1])
    less = (begins[0] < begins[1]) + (over[0] > over[1])
    return 1 if more and not less else -1 if less and not more else 0


def _days(side: Dated) -> str:
    """From when until when something holds, in words."""
    parts = []
    if side.effective is not None:
        parts.append(f"from {side.effective.date or side.effective.raw or 'an unknown day'}")
    if side.ends is not None:
        parts.append(
            f"through {side.ends.date}"
            if side.ends.date
            else "no longer, since a day that is not stated"
        )
    return " ".join(parts) or "without dates of its own"


def _codes(difference: Difference, wanted: Direction) -> RuleMatch | bool:
    """Whether the days of codes or ranges changed in this direction: to be listed longer as
    approved broadens, as denied narrows.
    """
    one, two = difference.before, difference.after
    if (
        not isinstance(one, CodesAt)
        or not isinstance(two, CodesAt)
        or not difference.fields & {"effective", "ends"}
    ):
        return False
    found = direction.along(
        _longer(one.rows[0], two.rows[0], difference.fields) * sign_of(two.effective.position)
    )
    return found == wanted and RuleMatch(
        {
            "before": _days(one.rows[0]),
            "after": _days(two.rows[0]),
            "group_after": two.placements[0].heading,
        }
    )


def _position(difference: Difference, wanted: Direction) -> RuleMatch | bool:
    """Whether a statement that takes a position holds longer or shorter; what a criterion's days do
    to approvals is not told by them.
    """
    one, two = statements(difference)
    if one is None or two is None or not difference.fields & {"effective", "ends"}:
        return False
    side = difference.side_after
    sign = sign_of(side.position) if side and two.role == "position" else 0
    return direction.along(_longer(one, two, difference.fields) * sign) == wanted and RuleMatch(
        {"before": _days(one), "after": _days(two)}
    )


@rule(
    "code-dates-narrowed",
    on="codes",
    kind="date_changed",
    axis="coverage",
    direction=NARROWED,
    impact="high",
    mirror="code-dates-broadened",
    substantive=True,
    heading="Dates of codes",
    message="{codes} stand under {group_after} {after}; before, {before}.",
    short="{codes}: {after}",
    action="Check claims with {codes} against these days.",
)
def code_dates_narrowed(difference: Difference) -> RuleMatch | bool:
    """Codes that can be approved begin later or end earlier than before, or codes that are denied
    are denied for longer.

    Fewer claims can be approved. Example: the end date of a covered code is brought forward.
    """
    return _codes(difference, NARROWED)


@rule(
    "code-dates-broadened",
    on="codes",
    kind="date_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="code-dates-narrowed",
    substantive=True,
    heading="Dates of codes",
    message="{codes} stand under {group_after} {after}; before, {before}.",
    short="{codes}: {after}",
    action="Review claims with {codes} on the days that were added.",
)
def code_dates_broadened(difference: Difference) -> RuleMatch | bool:
    """Codes that can be approved begin earlier or end later than before, or codes that are denied
    are denied for a shorter time.

    More claims can be approved. Example: the end date of a covered code is taken away.
    """
    return _codes(difference, BROADENED)


@rule(
    "code-dates-changed",
    on="codes",
    kind="date_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="code-dates-changed",
    substantive=True,
    heading="Dates of codes",
    message="{codes} stand under {group_after} {after}; before, {before}.",
    short="{codes}: {after}",
    action="Check claims with {codes} against these days.",
)
def code_dates_changed(difference: Difference) -> RuleMatch | bool:
    """Codes hold on other days than before, and neither span lies within the other, or the list
    takes no position.

    Claims of some days are decided otherwise. Example: a span of half a year moves by a quarter.
    """
    return _codes(difference, INDETERMINATE)


@rule(
    "statement-dates-narrowed",
    on="statement",
    kind="date_changed",
    axis="coverage",
    direction=NARROWED,
    impact="medium",
    mirror="statement-dates-broadened",
    substantive=True,
    heading="Dates of a statement",
    message="A position holds {after}; before, {before}.",
    short="a position holds {after}",
    action="Check from which day until which day the position decides.",
)
def statement_dates_narrowed(difference: Difference) -> RuleMatch | bool:
    """A position under which something can be approved begins later or ends earlier, or one that
    denies holds for longer.

    Fewer claims can be approved. Example: "covered through December 31" becomes "covered through
    June 30".
    """
    return _position(difference, NARROWED)


@rule(
    "statement-dates-broadened",
    on="statement",
    kind="date_changed",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="statement-dates-narrowed",
    substantive=True,
    heading="Dates of a statement",
    message="A position holds {after}; before, {before}.",
    short="a position holds {after}",
    action="Check from which day until which day the position decides.",
)
def statement_dates_broadened(difference: Difference) -> RuleMatch | bool:
    """A position under which something can be approved begins earlier or ends later, or one that
    denies holds for a shorter time.

    More claims can be approved. Example: a telehealth extension is prolonged.
    """
    return _position(difference, BROADENED)


@rule(
    "statement-date-changed",
    on="statement",
    kind="date_changed",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="statement-date-changed",
    substantive=True,
    heading="Dates of a statement",
    message="A single statement holds {after}; before, {before}.",
    short="a statement holds {after}",
    action="Check from which day until which day the statement decides.",
)
def statement_date_changed(difference: Difference) -> RuleMatch | bool:
    """A statement with dates of its own, which is no position, has other ones; or the days of a
    position moved.

    Claims of the days between are decided otherwise. Example: a criterion "for services after
    January 1" becomes "after July 1".
    """
    return _position(difference, INDETERMINATE)
