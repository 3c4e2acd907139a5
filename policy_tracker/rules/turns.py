"""What a negation that came into a sentence, or left it, does to the cases that can be approved."""

from __future__ import annotations

from functools import lru_cache

from policy_tracker.diff.differences import Difference
from policy_tracker.diff.tree import sign_of
from policy_tracker.language.examples import without_examples
from policy_tracker.language.exchange import another, exchange_of
from policy_tracker.language.normalize import same_sense
from policy_tracker.language.stance import denies_of_things, stance_of
from policy_tracker.language.tokens import NEGATIONS
from policy_tracker.language.turned import Turned, turned
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules.direction import along
from policy_tracker.rules.questions import matter, positions, reworded, statements

_ELSEWHERE = frozenset({"logic", "position", "basis"})
"""Fields whose change tells by itself what a negation did."""
_OBLIGING = frozenset({"must", "shall", "should", "need"})
_ASKED = frozenset(
    {"required", "require", "requires", "needed", "need", "needs", "necessary", "mandatory"}
)


def turn_of(difference: Difference) -> Turned | None:
    """The negation in which both sides of a statement's difference differ, and nothing else."""
    both = _worded(difference)
    return turned(*both) if both else None


def _asks_another(difference: Difference) -> bool:
    """Whether one word became another one of its sort, and nothing else did."""
    both = _worded(difference)
    found = exchange_of(*both) if both else None
    return found is not None and another(found.gone, found.come)


def _worded(difference: Difference) -> tuple[str, str] | None:
    """The texts of a statement that differs in its words alone, and not in its examples alone."""
    one, two = statements(difference)
    if (
        one is None
        or two is None
        or "text" not in difference.fields
        or not _ELSEWHERE.isdisjoint(difference.fields)
        or positions(difference)
        or not reworded(difference)
        or same_sense(without_examples(one.text), without_examples(two.text))
    ):
        return None
    return one.text, two.text


@lru_cache(maxsize=16)  # several rules ask this of one difference
def decision_turned(difference: Difference) -> Direction | None:
    """The direction of a sentence that now decides the other way: "is covered", "is not covered".

    The sentence that decides is a position, a limit or an exclusion, or a whole sentence on
    coverage; "eligible for a transplant" is a criterion of a patient.
    """
    one, two = statements(difference)
    about = matter(difference)
    if one is None or two is None or turn_of(difference) is None:
        return None
    if about not in ("position", "limit", "exclusion", "criterion"):
        return None
    if about == "criterion" and not denies_of_things(one.text):
        return None
    before, after = stance_of(one.text), stance_of(two.text)
    if before is None or after is None:
        return None
    old, new = sign_of(before.position), sign_of(after.position)
    return along(new) if old * new < 0 else None


def criterion_turned(difference: Difference) -> bool:
    """Whether a condition that decides something became its opposite, or asks for another thing of
    one sort: some cases come and others go.
    """
    about = matter(difference)
    if about not in ("criterion", "position", "limit", "exclusion"):
        return False
    if decision_turned(difference) or not (turn_of(difference) or _asks_another(difference)):
        return False
    sides = difference.side_before, difference.side_after
    return about in ("limit", "exclusion") or all(side and side.sign for side in sides)


def demand_turned(difference: Difference, about: str) -> Direction | None:
    """The direction on burden of a sentence that asks for documents or for an authorization: asked
    no longer, or now; None too where it asks in other cases than before, because its condition
    became the opposite.
    """
    if matter(difference) != about or (turn := turn_of(difference)) is None:
        return None
    if not NEGATIONS.isdisjoint(turn.ahead):
        return None
    if _OBLIGING.isdisjoint(turn.ahead[-1:]) and _ASKED.isdisjoint(turn.behind[:1]):
        return None
    return along(1 if turn.came else -1)
