"""Rules on what is listed below, or named behind, "prior authorization is required for"."""

from policy_tracker.diff.differences import Difference
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules import direction
from policy_tracker.rules.numbers import shifts
from policy_tracker.rules.questions import matter, only, texts
from policy_tracker.rules.reach import asked_of_more, reach
from policy_tracker.rules.registry import BROADENED, NARROWED, rule


def _listed(difference: Difference, wanted: Direction) -> bool:
    """Whether one side alone lists a service below a lead-in that asks for authorization, or says
    that none is asked for.
    """
    if difference.op == "modified" or matter(difference) != "prior_auth":
        return False
    side = only(difference)
    asked = reach(side.parent.text) if side.parent else None
    if asked is None or reach(side.statement.text) is not None:
        return False
    return direction.along(asked.sign if difference.op == "added" else -asked.sign) == wanted


@rule(
    "prior-auth-list-longer",
    on="statement",
    kind="prior_auth_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium-high",
    mirror="prior-auth-list-shorter",
    heading="Authorization list",
    message="Authorization must be asked for one service more.",
    short="one service more needs authorization",
    action="Ask for authorization of it from {effective}.",
)
def prior_auth_list_longer(difference: Difference) -> bool:
    """A service joined the list of those that need prior authorization, or left the list of those
    that need none.

    Example: "Panels of lamps" below "Prior authorization is required for the following services:".
    """
    return _listed(difference, NARROWED)


@rule(
    "prior-auth-list-shorter",
    on="statement",
    kind="prior_auth_changed",
    axis="burden",
    direction=BROADENED,
    impact="medium",
    mirror="prior-auth-list-longer",
    heading="Authorization list",
    message="Authorization must be asked for one service less.",
    short="one service less needs authorization",
    action="Stop asking for authorization of it from {effective}.",
)
def prior_auth_list_shorter(difference: Difference) -> bool:
    """A service left the list of those that need prior authorization, or joined the list of those
    that need none.

    What is no longer listed may be done without asking.
    """
    return _listed(difference, BROADENED)


def _cases(difference: Difference) -> int:
    """+1 where the words of a sentence ask for authorization in more cases than before, -1 in
    fewer.
    """
    one, two = texts(difference)
    if difference.op != "modified" or matter(difference) != "prior_auth":
        return 0
    return asked_of_more(one, two) if one and two and not shifts(difference) else 0


@rule(
    "prior-auth-cases-extended",
    on="statement",
    kind="prior_auth_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium-high",
    mirror="prior-auth-cases-reduced",
    heading="Prior authorization",
    message="Authorization must be asked for in more cases.",
    short="more cases need prior authorization",
    action="Before {effective}, request authorization for the cases that now need it.",
)
def prior_auth_cases_extended(difference: Difference) -> bool:
    """The words that say for what authorization is asked reach further.

    Example: "Prior authorization is required for lamps" becomes "for lamps and screens".
    """
    return _cases(difference) > 0


@rule(
    "prior-auth-cases-reduced",
    on="statement",
    kind="prior_auth_changed",
    axis="burden",
    direction=BROADENED,
    impact="medium",
    mirror="prior-auth-cases-extended",
    heading="Prior authorization",
    message="Authorization must be asked for in fewer cases.",
    short="fewer cases need prior authorization",
    action="From {effective}, request authorization only for the cases that still need it.",
)
def prior_auth_cases_reduced(difference: Difference) -> bool:
    """The words that say for what authorization is asked reach less far.

    Example: "Prior authorization is required for lamps" becomes "for lamps from other shops".
    """
    return _cases(difference) < 0
