"""Rules on the words of a criterion: eased, tightened, other examples, or reworded."""

import re

from policy_tracker.diff.differences import Difference
from policy_tracker.diff.tree import sign_of
from policy_tracker.language.additions import effect, follows_noun
from policy_tracker.language.duty_cases import asked_more, differ_in_case
from policy_tracker.language.examples import without_examples
from policy_tracker.language.exceptions import excepts
from policy_tracker.language.further import (
    appended,
    in_scope,
    is_further_absence,
    is_further_clause,
    names_one_more,
)
from policy_tracker.language.loosened import loosened, obliged_less
from policy_tracker.language.quantities.read import without_quantities
from policy_tracker.language.rewording import Rewording, Run, is_rewritten, rewording
from policy_tracker.language.stance import stance_of
from policy_tracker.language.tokens import NEGATIONS, words
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules import direction
from policy_tracker.rules.numbers import shifts
from policy_tracker.rules.questions import (
    DECIDING,
    matter,
    negated,
    phrasing,
    positions,
    reworded,
    same_meaning,
    statements,
    texts,
)
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, NARROWED, NEUTRAL, rule
from policy_tracker.rules.turns import turn_of

_RESTRICTING = frozenset(
    {
        "when",
        "if",
        "only",
        "and",
        "with",
        "who",
        "whose",
        "for",
        "in",
        "within",
        "after",
        "during",
        "before",
        "by",
        "using",
        "under",
        "that",
        "without",
        "at",
        "from",
        "where",
        "while",
        "despite",
        "following",
        "once",
        "twice",
        "upon",
        "until",
        "provided",
    }
)
_EXAMPLES = frozenset({"e.g", "example", "such", "including", "includes", "eg", "i.e", "namely"})

_MOST = re.compile(
    r"^\W*(?:no|not) more than\b|\b(?:is|are|be) limited to\b|\b(?:may|must|shall|should|can|will)"
    r" ?not exceed\b|^\W*(?:a )?maximum\b",
    re.IGNORECASE,
)
"""How a limit begins that says what is the most."""
_AND = ("and",)

EXAMPLES_REACH = 12
"""Words behind "e.g." that may still be examples."""


def _under(difference: Difference) -> tuple[int, int]:
    one, two = difference.side_before, difference.side_after
    return (one.sign if one else 0), (two.sign if two else 0)


def _phrased(difference: Difference) -> Direction | None:
    """The direction of words that came to a criterion or left it, None where it was not so changed.

    Words that qualify ("only", "for", "when" ...) make a sentence hold of fewer cases, "or ..." of
    more; behind a negation it is the other way round. Where words both came and went nothing is
    concluded.
    """
    one, two = texts(difference)
    if (
        matter(difference) not in DECIDING
        or not reworded(difference)
        or shifts(difference)
        or positions(difference)
        or one is None
        or two is None
    ):
        return None
    old, new = _under(difference)
    if old != new or turn_of(difference):
        return None
    if found := loosened(one, two) or _obliges_less(difference, one, two):
        return direction.along(found * new)
    if matter(difference) == "criterion" and new > 0 and differ_in_case(one, two):
        return direction.along(-asked_more(one, two)) if asked_more(one, two) else None
    found = phrasing(difference)
    if grown := _longer_list(one, two, found):
        return direction.along(grown * new)
    found = _without_moved_and(found)
    if bool(found.added) == bool(found.removed):
        return None
    runs, before, growth = (
        (found.added, found.before_added, -1)
        if found.added
        else (found.removed, found.before_removed, 1)
    )
    if excepts(runs[0]) and len(runs) == 1:
        return direction.along(growth * _exempted(difference, one, two, new))
    senses = _senses(difference, one, two, runs, before)
    if senses == {0}:
        return _by_effect(one, two, runs, before, -growth * new)
    return direction.along(growth * senses.pop() * new) if len(senses) == 1 else None


def _exempted(difference: Difference, one: str, two: str, sign: int) -> int:
    """What an exception that went does: +1 where it holds of more cases then, -1 of fewer, 0 where
    nothing tells.
    """
    if matter(difference) == "limit":
        return -1 if _takes_away(one) and _takes_away(two) else 0
    return _exception_sense(difference) * sign


def _senses(
    difference: Difference, one: str, two: str, runs: tuple[Run, ...], before: tuple[Run, ...]
) -> set[int]:
    """What each of the runs of words that came, or went, says by itself."""
    if len(runs) == 1 and is_further_clause(appended(*sorted((one, two), key=len))):
        return {1}
    terms, listing = _position_words(difference), _takes_position(difference)
    return {
        -1 if listing and names_one_more(run, ahead) else _sense(run, _without(ahead, terms))
        for run, ahead in zip(runs, before, strict=True)
    }


def _without_moved_and(found: Rewording) -> Rewording:
    """A rewording without the "and" that stands before another last member now: "A and B", "A, B,
    and C".
    """
    if found.removed == (_AND,) and found.added and found.added[-1][:1] == _AND:
        return Rewording(found.added, (), found.before_added, ())
    if found.added == (_AND,) and found.removed and found.removed[-1][:1] == _AND:
        return Rewording((), found.removed, (), found.before_removed)
    return found


def _longer_list(one: str, two: str, found: Rewording) -> int:
    """+1 where a list of alternatives has all its former members and more, -1 the other way round;
    behind a negation it is the other way round, behind several nothing is concluded.
    """
    if not found.added or not found.removed:
        return 0
    grown = (effect(one, two) > 0) - (effect(two, one) > 0)
    ahead = min(*found.before_added, *found.before_removed, key=len)
    denials = sum(word in NEGATIONS for word in ahead)
    return 0 if denials > 1 else -grown if denials else grown


def _obliges_less(difference: Difference, one: str, two: str) -> int:
    """+1 where a condition may hold that had to, -1 the other way round."""
    return obliged_less(one, two) if matter(difference) == "criterion" else 0


def _by_effect(
    one: str, two: str, runs: tuple[Run, ...], before: tuple[Run, ...], sign: int
) -> Direction:
    """The direction of one qualifier, or of one member of an "or" list, that came (a positive sign
    under an approval) or went.
    """
    shorter, longer = (one, two) if len(one) < len(two) else (two, one)
    if len(runs) != 1 or _EXAMPLES & {*runs[0], *before[0][-EXAMPLES_REACH:]}:
        return direction.along(0)
    found = effect(shorter, longer)
    return direction.along((-found if negated(in_scope(before[0])) else found) * sign)


def _sense(run: tuple[str, ...], ahead: tuple[str, ...]) -> int:
    """+1 where words make a sentence hold of fewer cases, -1 of more, 0 where they do not say."""
    if is_further_absence(run, ahead) or is_further_clause(run):
        return 1
    if _EXAMPLES & {*run[:2]} or run[0] in ("not", "unless", "except", "no"):
        return 0
    sense = -1 if run[0] == "or" else 1 if run[0] in _RESTRICTING or follows_noun(run) else 0
    denied = negated(in_scope(ahead))
    # "no A and B" may deny each of both, or the two together
    return 0 if denied and run[0] == "and" else -sense if denied else sense


def _exception_sense(difference: Difference) -> int:
    """What an exception does to a sentence: the position that it takes, or the case that it names
    among denied ones, holds of fewer cases; a condition of approval is met by more.
    """
    sides = [side for side in (difference.side_before, difference.side_after) if side]
    if all(side.statement.role == "position" or side.sign < 0 for side in sides):
        return 1
    return -1 if all(side.statement.role == "criterion" and side.sign > 0 for side in sides) else 0


def _takes_away(text: str) -> bool:
    """Whether a limit says what is the most, and grants nothing: who is put aside from it goes
    beyond it, and loses nothing.
    """
    stance = stance_of(text)
    return bool(_MOST.search(text)) or stance is None or sign_of(stance.position) < 0


def _takes_position(difference: Difference) -> bool:
    """Whether the sentence decides on what it names: the things that "and" joins there are each
    decided so.
    """
    sides = (difference.side_before, difference.side_after)
    return all(side is None or side.statement.role == "position" for side in sides)


def _position_words(difference: Difference) -> tuple[str, ...]:
    """The payer's term for a denial, whose "not" turns nothing else in its sentence."""
    sides = [side for side in (difference.side_before, difference.side_after) if side]
    terms = {words(side.statement.payer_term or "") for side in sides}
    return terms.pop() if len(terms) == 1 else ()


def _without(run: tuple[str, ...], term: tuple[str, ...]) -> tuple[str, ...]:
    for start in range(len(run) - len(term) + 1 if term else 0):
        if run[start : start + len(term)] == term:
            return (*run[:start], *run[start + len(term) :])
    return run


@rule(
    "criterion-eased",
    on="statement",
    kind="criterion_modified",
    axis="coverage",
    direction=BROADENED,
    impact="medium",
    mirror="criterion-tightened",
    message="The criterion now lets more cases through.",
    short="a criterion was eased",
    action="Review denials that rested on the former wording, from {effective}.",
)
def criterion_eased(difference: Difference) -> bool:
    """Words came to a criterion, or left it, so that more cases can be approved.

    An alternative ("or ...") joined, a qualification went, or a prohibition was qualified. Example:
    "not in combination with another drug" becomes "not in combination with another drug for the
    same indication".
    """
    return _phrased(difference) == BROADENED


@rule(
    "criterion-tightened",
    on="statement",
    kind="criterion_modified",
    axis="coverage",
    direction=NARROWED,
    impact="medium",
    mirror="criterion-eased",
    message="The criterion now lets fewer cases through.",
    short="a criterion was tightened",
    action="Check cases planned for {codes} against the new wording before {effective}.",
)
def criterion_tightened(difference: Difference) -> bool:
    """Words came to a criterion, or left it, so that fewer cases can be approved.

    A qualification joined, an alternative went. Example: "failure of a first drug" becomes "failure
    of a first drug within the last 12 months".
    """
    return _phrased(difference) == NARROWED


@rule(
    "examples-changed",
    on="statement",
    kind="criterion_modified",
    axis="coverage",
    direction=NEUTRAL,
    impact="low",
    mirror="examples-changed",
    heading="Examples",
    message="Examples in a criterion changed; what it asks for stays.",
    short="examples were changed",
)
def examples_changed(difference: Difference) -> bool:
    """Only examples in a criterion came or went.

    An example names what the words hold of already. Example: one more drug after "e.g.".
    """
    one, two = texts(difference)
    if (
        difference.op != "modified"
        or matter(difference) not in DECIDING
        or not reworded(difference)
        or one is None
        or two is None
    ):
        return False
    kept = [without_examples(text) for text in (one, two)]
    return (one, two) != tuple(kept) and not shifts(difference) and same_meaning(*kept)


@rule(
    "criterion-reworded-beside-number",
    on="statement",
    kind="criterion_modified",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="criterion-reworded-beside-number",
    message="Beside its number the sentence reads differently, and whether more or fewer cases "
    "meet it these words alone do not tell.",
    short="a criterion was reworded beside its number",
    action="Read the new wording against your cases before {effective}.",
)
def reworded_beside_number(difference: Difference) -> bool:
    """A sentence whose number changed also reads differently in other words.

    Two changes in one sentence are two: the number does not explain the words. Example: "18 years
    or older with chronic pain" becomes "21 years or older with severe pain".
    """
    one, two = statements(difference)
    if one is None or two is None or matter(difference) not in DECIDING or not reworded(difference):
        return False
    found = shifts(difference)
    if not found or any(shift.before is None or shift.after is None for shift in found):
        return False
    beside = [without_quantities(side.text, side.role) for side in (one, two)]
    return bool(rewording(*beside))


@rule(
    "criterion-rewritten",
    on="statement",
    kind="criterion_modified",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="criterion-rewritten",
    message="The sentence was written anew: little of the former wording is left, and what follows "
    "for cases the text has to be read for.",
    short="a criterion was written anew",
    action="Read the new wording against your cases before {effective}.",
)
def criterion_rewritten(difference: Difference) -> bool:
    """A sentence on one matter was replaced by another: hardly any of its words stayed.

    What it names and limits now is part of that one change. Example: an exemption of some groups
    becomes a rule for them.
    """
    one, two = statements(difference)
    if one is None or two is None or matter(difference) not in DECIDING or not reworded(difference):
        return False
    return is_rewritten(one.text, two.text)


@rule(
    "criterion-reworded",
    on="statement",
    kind="criterion_modified",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="criterion-reworded",
    fallback=1,
    message="What it says reads differently, and whether more or fewer cases meet it the words "
    "alone do not tell.",
    short="a criterion was reworded",
    action="Read the new wording against your cases before {effective}.",
)
def criterion_reworded(difference: Difference) -> bool:
    """A criterion, limit, exclusion or position was reworded in a way that no other rule reads.

    Words both came and went, so that the direction stays open.
    """
    return difference.op == "modified" and matter(difference) in DECIDING and reworded(difference)
