"""What a negation that came into a sentence, or left it, does to the cases that can be approved."""

from __future__ import annotations

from functools import lru_cache

from policy_tracker.diff.differences import Difference
from policy_tracker.diff.tree import sign_of
from policy_tracker.language.examples import without_examples
from policy_tracker.language.exceptions import exception_of
from policy_tracker.language.exchange import another, exchange_of
from policy_tracker.language.normalize import same_sense
from policy_tracker.language.stance import denies_of_things, stance_of
from policy_tracker.language.tokens import NEGATIONS, words
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


_CONDITIONS = frozenset({"if", "when", "unless", "until", "where", "once", "provided", "with"})
"""Words behind which a clause says in which cases something holds."""


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
    if one is None or two is None or (turn := turn_of(difference)) is None:
        return None
    if about not in ("position", "limit", "exclusion", "criterion"):
        return None
    if about == "criterion" and not denies_of_things(one.text):
        return None
    before, after = stance_of(one.text), stance_of(two.text)
    old, new = (sign_of(stance.position) if stance else 0 for stance in (before, after))
    if old * new < 0:
        return along(new)
    if about == "criterion" or before == after:
        return None
    # of "is not unproven" the words without the negation tell which way the decision went
    sign = -old if turn.came else new
    return along(sign) if sign else None


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
    no longer, or now, or in all cases but some; None too where it asks in other cases than before,
    because its condition became the opposite.
    """
    if matter(difference) != about:
        return None
    if (turn := turn_of(difference)) is None:
        return _demand_excepted(difference) if about == "prior_auth" else None
    if not NEGATIONS.isdisjoint(turn.ahead):
        return None
    if _OBLIGING.isdisjoint(turn.ahead[-1:]) and _ASKED.isdisjoint(turn.behind[:1]):
        return None
    return along(1 if turn.came else -1)


def review_turned(difference: Difference) -> Direction | None:
    """The direction on burden of the one sentence on re-review that now says there is none, or that
    there is one.
    """
    if matter(difference) != "review_interval" or (turn := turn_of(difference)) is None:
        return None
    if not NEGATIONS.isdisjoint((*turn.ahead, *turn.behind)) or not _CONDITIONS.isdisjoint(
        turn.ahead
    ):
        return None
    return along(1 if turn.came else -1)


def _demand_excepted(difference: Difference) -> Direction | None:
    """The direction on burden of an exception that came to a sentence that asks for something, or
    left it: what is asked is asked in fewer cases, what is waived is asked in some.
    """
    both = _worded(difference)
    found = exception_of(*both) if both else None
    asks = asked_in(found.main) if found else 0
    return along(asks if found.came else -asks) if found and asks else None


def asked_in(main: str) -> int:
    """+1 where a clause asks for something, -1 where it says that it is not asked, 0 where it does
    neither, or does it twice.
    """
    said = words(main)
    places = [n for n, word in enumerate(said) if word in _ASKED or word in _OBLIGING]
    if len(places) != 1:
        return 0
    denied = [word for word in said if word in NEGATIONS]
    if not denied:
        return 1
    beside = said[max(0, places[0] - 2) : places[0] + 2]
    return -1 if len(denied) == 1 and denied[0] in beside else 0
