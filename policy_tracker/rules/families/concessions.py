"""Rules on what a sentence says does not matter ("regardless of the diagnosis"): such a phrase that
goes or comes is a change of its own, whatever else of the sentence reads differently.
"""

from policy_tracker.diff.differences import Difference
from policy_tracker.language.concessions import concessions, left_out
from policy_tracker.rules.questions import DECIDING, matter, statements
from policy_tracker.rules.registry import BROADENED, NARROWED, RuleMatch, rule


@rule(
    "concession-removed",
    on="statement",
    beside=True,
    kind="criterion_removed",
    axis="coverage",
    direction=NARROWED,
    impact="medium",
    mirror="concession-added",
    heading="Provision removed",
    message="The sentence no longer says “{was}”: what did not matter may matter now.",
    short="no longer “{was}”",
    action="Check from {effective} the cases that relied on these words.",
)
def concession_removed(difference: Difference) -> RuleMatch | bool:
    """A sentence that approves no longer says what does not matter for it.

    Example: "One visit a year is paid, regardless of the diagnosis" loses its last four words.
    """
    return _one_sided(difference, gone=True)


@rule(
    "concession-added",
    on="statement",
    beside=True,
    kind="criterion_added",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="concession-removed",
    heading="Provision added",
    message="The sentence now says “{was}”.",
    short="now “{was}”",
    action="Review denials that rested on what no longer matters, from {effective}.",
)
def concession_added(difference: Difference) -> RuleMatch | bool:
    """A sentence that approves now says what does not matter for it.

    Example: "One visit a year is paid" gains "regardless of the diagnosis".
    """
    return _one_sided(difference, gone=False)


def _one_sided(difference: Difference, *, gone: bool) -> RuleMatch | bool:
    """Whether one side alone has such phrases, in a sentence that approves on both."""
    one, two = statements(difference)
    sides = difference.side_before, difference.side_after
    if one is None or two is None or matter(difference) not in DECIDING:
        return False
    if any(side is None or side.sign <= 0 for side in sides):
        return False
    had, has = (one, two) if gone else (two, one)
    found = concessions(had.text)
    if not found or concessions(has.text):
        return False
    if not all(left_out(phrase, had.text, has.text) for phrase in found):
        return False
    said = "; ".join(found)
    return RuleMatch({"was": said}, excerpt=(said, None) if gone else (None, said))
