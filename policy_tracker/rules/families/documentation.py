"""Rules on what must be documented or submitted."""

from policy_tracker.diff.differences import Difference
from policy_tracker.language.duty_cases import asked_more, differ_in_case
from policy_tracker.language.exceptions import excepts
from policy_tracker.language.further import asks_less
from policy_tracker.language.loosened import loosened, obliged_less
from policy_tracker.rules.questions import matter, mentions_documents, phrasing, reworded, texts
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, NARROWED, rule


def _alone(difference: Difference, op: str) -> bool:
    return difference.op == op and matter(difference) == "documentation"


@rule(
    "documentation-added",
    on="statement",
    kind="documentation_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium",
    mirror="documentation-removed",
    message="Something more must be documented or submitted.",
    short="a documentation requirement is new",
    action="Add the new requirement to the documentation checklist for {codes} before {effective}.",
)
def documentation_added(difference: Difference) -> bool:
    """A documentation requirement was added.

    A claim or an appeal without it fails on paper. Example: "Documentation must include clinical
    history" is new.
    """
    return _alone(difference, "added")


@rule(
    "documentation-removed",
    on="statement",
    kind="documentation_changed",
    axis="burden",
    direction=BROADENED,
    impact="low",
    mirror="documentation-added",
    message="Something no longer has to be documented or submitted.",
    short="a documentation requirement is gone",
    action="Take the requirement off the documentation checklist for {codes} after {effective}.",
)
def documentation_removed(difference: Difference) -> bool:
    """A documentation requirement is gone.

    Less to collect before a claim.
    """
    return _alone(difference, "removed")


def _runs(
    difference: Difference,
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """The runs of words that came and that went, where the text says something else."""
    one, two = texts(difference)
    if not reworded(difference) or one is None or two is None:
        return (), ()
    found = phrasing(difference)
    return found.added, found.removed


@rule(
    "documentation-extended",
    on="statement",
    kind="documentation_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium",
    mirror="documentation-reduced",
    message="A documentation requirement was extended.",
    short="a documentation requirement was extended",
    action="Bring the documentation checklist for {codes} up to date before {effective}.",
)
def documentation_extended(difference: Difference) -> bool:
    """Words were added to a documentation requirement, and none taken away.

    Example: "must include clinical history" becomes "must include clinical history and imaging of
    the last 6 months".
    """
    added, removed = _runs(difference)
    if matter(difference) != "documentation":
        return False
    if way := _asks_less(difference):
        return way < 0
    return bool(added) and not removed and not _alternative(added) and not _of_case(difference)


@rule(
    "documentation-reduced",
    on="statement",
    kind="documentation_changed",
    axis="burden",
    direction=BROADENED,
    impact="low",
    mirror="documentation-extended",
    message="A documentation requirement was shortened.",
    short="a documentation requirement was shortened",
    action="Bring the documentation checklist for {codes} up to date after {effective}.",
)
def documentation_reduced(difference: Difference) -> bool:
    """Words were taken from a documentation requirement, and none added.

    Example: "clinical history and a photograph" becomes "clinical history".
    """
    added, removed = _runs(difference)
    if matter(difference) != "documentation":
        return False
    if way := _asks_less(difference):
        return way > 0
    return bool(removed) and not added and not _alternative(removed) and not _of_case(difference)


def _asks_less(difference: Difference) -> int:
    """+1 where a word asks for less than the one in whose place it stands, or an exception came; -1
    where it is the other way round.
    """
    one, two = texts(difference)
    if not reworded(difference) or one is None or two is None:
        return 0
    if way := asked_more(one, two):
        return -way
    added, removed = _runs(difference)
    if len(added) + len(removed) == 1:
        if excepts((*added, *removed)[0]):
            return 1 if added else -1
        found = phrasing(difference)
        ahead = (*found.before_added, *found.before_removed)
        if way := asks_less((*added, *removed)[0], ahead[0]):
            return way if added else -way
    return loosened(one, two) or obliged_less(one, two)


def _of_case(difference: Difference) -> bool:
    """Whether the words that came or went stand in the case that brings the duty, not in it."""
    one, two = texts(difference)
    return one is not None and two is not None and differ_in_case(one, two)


def _alternative(runs: tuple[tuple[str, ...], ...]) -> bool:
    """Whether words name another way to meet a requirement, rather than more of it."""
    return any(
        word in ("or", "unless", "except", "if", "when", "not", "optional")
        for run in runs
        for word in run
    )


@rule(
    "documentation-reworded",
    on="statement",
    kind="documentation_changed",
    axis="burden",
    direction=INDETERMINATE,
    impact="low",
    mirror="documentation-reworded",
    fallback=1,
    message="A documentation requirement reads differently.",
    short="a documentation requirement was reworded",
    action="Compare the documentation checklist for {codes} with the new wording.",
)
def documentation_reworded(difference: Difference) -> bool:
    """A documentation requirement was reworded, so that words came and went.

    Whether more or less must be documented the words alone do not tell.
    """
    return (
        difference.op == "modified"
        and matter(difference) == "documentation"
        and reworded(difference)
    )


_ELSEWHERE = ("criterion", "limit", "position", "prior_auth", "review_interval")


@rule(
    "documentation-asked",
    on="statement",
    kind="documentation_changed",
    axis="burden",
    direction=NARROWED,
    impact="medium",
    mirror="documentation-no-longer-asked",
    message="It must now come with documentation.",
    short="documentation must now be submitted",
    action="Collect the documentation that is now asked for {codes} before {effective}.",
)
def documentation_asked(difference: Difference) -> bool:
    """A statement on something else now asks for documentation too.

    Example: "Re-review every 12 months" becomes "Re-review every 12 months with updated clinical
    documentation".
    """
    added, removed = _runs(difference)
    asked = any(map(mentions_documents, added)) and not any(map(mentions_documents, removed))
    return asked and matter(difference) in _ELSEWHERE and not _alternative(added)


@rule(
    "documentation-no-longer-asked",
    on="statement",
    kind="documentation_changed",
    axis="burden",
    direction=BROADENED,
    impact="low",
    mirror="documentation-asked",
    message="It no longer has to come with documentation.",
    short="documentation no longer has to be submitted",
    action="Take the documentation off the checklist for {codes} after {effective}.",
)
def documentation_no_longer_asked(difference: Difference) -> bool:
    """A statement on something else no longer asks for documentation.

    Example: "with a signed attestation" is dropped from a criterion.
    """
    added, removed = _runs(difference)
    dropped = any(map(mentions_documents, removed)) and not any(map(mentions_documents, added))
    return dropped and matter(difference) in _ELSEWHERE and not _alternative(removed)
