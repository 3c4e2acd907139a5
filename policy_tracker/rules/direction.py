"""Which way a change goes, as a question about sets.

Which combinations of code, diagnosis, population, setting, phase and date could be approved before,
and which after? More of them: broadened. Fewer: narrowed. The same: neutral. Where the text cannot
tell: indeterminate. What a version says of a case is its explicit row, else its residual, else the
payer's stated default; the silence of a policy is no denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from policy_tracker.diff.differences import EffectivePosition
from policy_tracker.diff.tree import Side, sign_of
from policy_tracker.record import Quantity, Statement
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules.bounds import Held, compared
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, MIRRORED, NARROWED, NEUTRAL

_REQUIREMENTS = ("not_required", "notification", "conditional", "required")
"""What a provider must do before a service, least first."""


def along(sign: int) -> Direction:
    """The direction of a change that moves approvals with this sign; 0 is not told by the text."""
    return BROADENED if sign > 0 else NARROWED if sign < 0 else INDETERMINATE


def membership(side: Side, *, added: bool) -> Direction:
    """The direction of a member that joined (or left) the list that it stands in.

    One more member of an all-of list narrows what the list holds of, one more of any-of or
    at-least-N broadens it, one more of none-of narrows it; and what that means for approvals
    follows from what the list stands under. An exclusion or a limit takes something away from what
    could be approved, whatever list it stands in.
    """
    if side.statement.role in ("exclusion", "limit"):
        found = along(-1)
    elif side.logic is None:
        found = _joined(side) or _alone(side)
    elif side.logic == "none_of":  # the member's sign is turned already
        found = along(side.sign)
    else:
        found = along(-side.sign if side.logic == "all_of" else side.sign)
    return found if added else MIRRORED[found]


def _joined(side: Side) -> Direction | None:
    """The direction of one more member of a list without a logic that printed connectors join to
    its neighbors: with "and" on both sides it is asked for too, with "or" it is another way.

    Under a denial "and" may only end an enumeration, and tells nothing.
    """
    if side.joined == "or" and side.sign:
        return along(side.sign)
    return along(-1) if side.joined == "and" and side.sign > 0 else None


_PERMITS = re.compile(
    r"\bmay (?:also |then )?be (?:reported|billed|submitted|reimbursed|covered|approved|paid)\b",
    re.IGNORECASE,
)
_DEMANDS = re.compile(r"\b(?:must|required?|requires|only|not|no)\b", re.IGNORECASE)
_BINDS = re.compile(
    r"\W*(?:(?:the|an?|each|all)\s+)?(?:[\w'\u2019-]+\s+){0,14}?"
    r"(?:must|shall|(?:is|are) required)\b",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(
    r"\b(?:if|when|unless|except|or|either|one of|any of|for|no|not|neither|none)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[a-z)]\.)\s+(?=[A-Z])")

_OPEN_END = re.compile(r"\bor\W*$", re.IGNORECASE)


def _alone(side: Side) -> Direction:
    """The direction of a sentence that stands in no list whose logic is stated, under an approval:
    one that permits something adds to what can be approved, one that says what must be takes away.
    """
    text = side.statement.text
    if sign_of(side.position) <= 0:
        return INDETERMINATE
    if side.parent is None and _PERMITS.search(text) and not _DEMANDS.search(text):
        return BROADENED
    return NARROWED if _binds(side.statement) else INDETERMINATE


def _binds(statement: Statement) -> bool:
    """Whether a sentence of a statement begins with what must be, for every case: "must be
    prescribed by ...".
    """
    if statement.role != "criterion" or _OPEN_END.search(statement.text):
        return False
    found = (_BINDS.match(sentence) for sentence in _SENTENCE.split(statement.text))
    return any(one is not None and not _ALTERNATIVE.search(one[0]) for one in found)


_GRANTS = re.compile(
    r"\b(?:is|are|will be|shall be) (?:also |then )?"
    r"(?:covered|approved|allowed|reimbursed|payable)\b",
    re.IGNORECASE,
)
_CURBS = re.compile(
    r"\b(?:only|not|no|never|limit(?:s|ed)?|maximum|max|most|up to|more than|less than|exceed\w*"
    r"|restricted|beyond|further|additional|must|within|per)\b",
    re.IGNORECASE,
)


def grants_a_rate(side: Side) -> bool:
    """Whether a limit that stands alone says that something is covered, and how often ("visits are
    covered twice a week"), without a word that curbs: where it was not covered before, this is no
    restriction.
    """
    text = side.statement.text
    return side.parent is None and bool(_GRANTS.search(text)) and not _CURBS.search(text)


_OF_STUDY = re.compile(
    r"\b(?:in|within|as part of) (?:an? |the )?(?:[\w-]+ ){0,3}(?:study|studies|trials?)\b",
    re.IGNORECASE,
)


def is_of_study(side: Side, fallback: EffectivePosition) -> bool:
    """Whether an approval holds within a study alone, and the other version has no rule that
    answers for it: it may be refused there, or granted outside of studies too.
    """
    silent = fallback.position is None
    return silent and sign_of(side.position) > 0 and bool(_OF_STUDY.search(side.statement.text))


def naming(position: str | None, fallback: EffectivePosition, *, added: bool) -> Direction:
    """The direction of a position that is now stated of something (or no longer).

    It is measured against what answered for it without being named.

    To name as denied what was denied anyway is neutral. To approve something adds to what can be
    approved unless it could be approved anyway. To deny something of which the version said nothing
    before takes away: its silence was no denial. What a version says in two ways answers nothing.
    """
    now, otherwise = sign_of(position), sign_of(fallback.position)
    if now == 0:
        return INDETERMINATE
    if now == otherwise:
        return NEUTRAL
    silent = fallback.position is None and fallback.known == "unknown"
    found = along(now) if now > 0 or otherwise or silent else INDETERMINATE
    return found if added else MIRRORED[found]


def position_change(before: str | None, after: str | None) -> Direction:
    """The direction on coverage of one position in the place of another.

    Another reason to deny, or another term for approval, is neutral here.
    """
    old, new = sign_of(before), sign_of(after)
    if not old or not new:
        return INDETERMINATE
    return NEUTRAL if old == new else along(new)


def code_change(before: EffectivePosition, after: EffectivePosition) -> Direction:
    """The direction of codes to which another position answers than before.

    Silence before an approval, or after one, counts as not approved.
    """
    old, new = sign_of(before.position), sign_of(after.position)
    if old and new:
        return NEUTRAL if old == new else along(new)
    if new > 0 and before.known == "unknown":
        return BROADENED
    if old > 0 and after.known == "unknown":
        return NARROWED
    return INDETERMINATE


def requirement_change(before: str | None, after: str | None) -> Direction:
    """The direction on burden of one authorization requirement in the place of another.

    A requirement that is not stated (None) asks for nothing.
    """
    ranks = [
        _REQUIREMENTS.index(r) if r in _REQUIREMENTS else 0 if r is None else None
        for r in (before, after)
    ]
    if ranks[0] is None or ranks[1] is None:
        return INDETERMINATE
    return NEUTRAL if ranks[0] == ranks[1] else along(ranks[0] - ranks[1])


def needed(logic: str | None, members: int | None = None) -> float | None:
    """How many members of a list must hold: 1 of any-of, N of at-least-N, all of all-of (infinity
    where their number is not given).

    None otherwise.
    """
    if logic == "any_of":
        return 1
    if logic == "all_of":
        return members if members is not None else float("inf")
    return int(logic.partition(":")[2]) if logic and logic.startswith("at_least") else None


def logic_change(before: str | None, after: str | None, sign: int) -> Direction:
    """The direction of a list whose members combine in another way.

    `sign` says what it means for approvals if the list holds of more cases.
    """
    old, new = needed(before), needed(after)
    if old is None or new is None:
        return INDETERMINATE
    return NEUTRAL if old == new else along(sign if new < old else -sign)


def quantity_change(before: Quantity, after: Quantity, side: Side, *, limit: bool) -> Direction:
    """The direction of a number that became another in a statement.

    In a limit the number is how much can be approved, so that a bound which holds of more cases
    broadens; a limit that names from where on claims are denied ("more than 80 units are not
    medically necessary") turns with its position, as any criterion does with what it stands under.
    """
    held = compared(before, after, limit=limit)
    beyond = (
        before.comparator in (">", ">=")
        and before.kind != "interval"
        and sign_of(side.position) < 0
    )
    return of_cases(held, (-1 if beyond else 1) if limit else side.sign)


def of_cases(held: Held, sign: int) -> Direction:
    """The direction of a number that holds of more cases, or fewer, or others, where more of them
    move approvals with this sign.
    """
    return along({"more": sign, "fewer": -sign}.get(held, 0))


def together(directions: Iterable[Direction]) -> Direction:
    """One direction of several parts of one difference: theirs if they agree, indeterminate if not;
    neutral parts do not count.
    """
    found = {d for d in directions if d != NEUTRAL}
    if not found:
        return NEUTRAL
    return found.pop() if len(found) == 1 else INDETERMINATE
