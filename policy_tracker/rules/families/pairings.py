"""Rules on which procedures go with which diagnoses."""

from policy_tracker.diff.differences import Difference
from policy_tracker.diff.pairings import Paired
from policy_tracker.diff.tree import sign_of
from policy_tracker.language.formatting import listed
from policy_tracker.record import CodeRef
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules import direction
from policy_tracker.rules.registry import BROADENED, INDETERMINATE, NARROWED, RuleMatch, rule
from policy_tracker.rules.words import code_words

Codes = frozenset[tuple[str, str]]


def _sides(difference: Difference) -> tuple[Paired | None, Paired | None]:
    one, two = (
        side if isinstance(side, Paired) else None for side in (difference.before, difference.after)
    )
    return one, two


def _procedures(side: Paired | None) -> Codes:
    return frozenset((c.system, c.code) for c in side.value.procedures) if side else frozenset()


def _direction(difference: Difference) -> Direction | None:
    """More diagnoses broaden an approving pairing and narrow a denying one.

    A pairing that came or went is measured against what holds without it.
    """
    one, two = _sides(difference)
    if one is None or two is None or difference.fields != {"diagnoses"}:
        return INDETERMINATE
    old, new = set(one.value.diagnoses), set(two.value.diagnoses)
    sign = sign_of(two.value.disposition)
    return direction.along(sign if old < new else -sign if new < old else 0)


def _membership(difference: Difference) -> Direction:
    """The direction of procedures that joined or left an approving pairing, by what the other
    version lists them under.

    A procedure that was denied and is now approved with some diagnoses broadens; one that was
    approved with every diagnosis, and now is with some alone, narrows. Where the tables do not list
    it, or do not agree, the text does not tell.
    """
    one, two = _sides(difference)
    if (
        one is None
        or two is None
        or difference.fields != {"procedures"}
        or sign_of(two.value.disposition) <= 0
    ):
        return INDETERMINATE
    old, new = _procedures(one), _procedures(two)
    found = {_joins(code, one, two) for code in new - old} | {
        -_joins(code, two, one) for code in old - new
    }
    return direction.along(found.pop()) if len(found) == 1 else INDETERMINATE


def _joins(code: tuple[str, str], without: Paired, within: Paired) -> int:
    """What it does to approvals that a procedure is held by a pairing in one version, and in the
    other by its code tables alone.
    """
    signs = {sign_of(said) for system, name, said in without.listed if (system, name) == code}
    if signs == {-1}:
        return 1
    return -1 if signs == {1} and sign_of(within.value.otherwise) < 0 else 0


def _told(difference: Difference) -> RuleMatch:
    """The procedures that joined or left, and what else is otherwise; all procedures where none
    did.
    """
    one, two = _sides(difference)
    added, removed = _procedures(two) - _procedures(one), _procedures(one) - _procedures(two)
    parts = []
    if one and two:
        parts += [f"{_said(difference, added)} joined"] if added else []
        parts += [f"{_said(difference, removed)} left"] if removed else []
        parts += ["the groups of diagnoses are others"] if "diagnoses" in difference.fields else []
        parts += ["what holds with them changed"] if "disposition" in difference.fields else []
        parts += ["what holds without them changed"] if "otherwise" in difference.fields else []
    else:
        parts.append("this is now stated" if two else "this is no longer stated")
    return (
        RuleMatch({"name": listed(parts)}, codes=_refs(difference, added | removed))
        if added or removed
        else RuleMatch({"name": listed(parts)})
    )


def _refs(difference: Difference, codes: Codes) -> tuple[CodeRef, ...]:
    return tuple(code for code in difference.codes if (code.system, code.code) in codes)


def _said(difference: Difference, codes: Codes) -> str:
    return code_words(_refs(difference, codes), shown=len(codes))


@rule(
    "pairing-diagnoses-added",
    on="pairing",
    kind="criterion_modified",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="pairing-diagnoses-removed",
    heading="Diagnoses",
    message="The procedures {codes} can be approved with more groups of diagnoses.",
    short="more diagnoses support {codes}",
    action="Update diagnosis edits for {codes} from {effective}.",
)
def pairing_diagnoses_added(difference: Difference) -> bool:
    """Procedures go with further diagnosis groups under an approving position, or with fewer under
    a denying one.

    More claims can be approved.
    """
    return _direction(difference) == BROADENED


@rule(
    "pairing-diagnoses-removed",
    on="pairing",
    kind="criterion_modified",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="pairing-diagnoses-added",
    heading="Diagnoses",
    message="The procedures {codes} can be approved with fewer groups of diagnoses.",
    short="fewer diagnoses support {codes}",
    action="Update diagnosis edits for {codes} before {effective}.",
)
def pairing_diagnoses_removed(difference: Difference) -> bool:
    """Procedures go with fewer diagnosis groups under an approving position, or with more under a
    denying one.

    Fewer claims can be approved.
    """
    return _direction(difference) == NARROWED


@rule(
    "pairing-procedures-broadened",
    on="pairing",
    kind="criterion_modified",
    axis="coverage",
    direction=BROADENED,
    impact="medium-high",
    mirror="pairing-procedures-narrowed",
    heading="Diagnoses",
    message="Among the procedures that these diagnoses support, {name}: more claims can be "
    "approved.",
    short="diagnoses support {codes} otherwise than before",
    action="Update diagnosis edits for {codes} from {effective}.",
)
def pairing_procedures_broadened(difference: Difference) -> RuleMatch | bool:
    """Procedures joined or left those that certain diagnoses support, so that more claims can be
    approved.

    A procedure that was denied joined, or one left that is now approved whatever the diagnosis.
    """
    return _membership(difference) == BROADENED and _told(difference)


@rule(
    "pairing-procedures-narrowed",
    on="pairing",
    kind="criterion_modified",
    axis="coverage",
    direction=NARROWED,
    impact="medium-high",
    mirror="pairing-procedures-broadened",
    heading="Diagnoses",
    message="Among the procedures that these diagnoses support, {name}: fewer claims can be "
    "approved.",
    short="diagnoses support {codes} otherwise than before",
    action="Update diagnosis edits for {codes} before {effective}.",
)
def pairing_procedures_narrowed(difference: Difference) -> RuleMatch | bool:
    """Procedures joined or left those that certain diagnoses support, so that fewer claims can be
    approved.

    A procedure that was approved whatever the diagnosis joined, or one left that is now denied.
    """
    return _membership(difference) == NARROWED and _told(difference)


@rule(
    "pairing-changed",
    on="pairing",
    kind="criterion_modified",
    axis="coverage",
    direction=INDETERMINATE,
    impact="medium",
    mirror="pairing-changed",
    heading="Diagnoses",
    message="Which diagnoses support which procedures is stated differently: {name}.",
    short="the diagnoses that support {codes} changed",
    action="Check diagnosis edits for {codes} before {effective}.",
)
def pairing_changed(difference: Difference) -> RuleMatch | bool:
    """Which diagnoses support which procedures is now stated, no longer stated, or stated
    differently.

    Diagnosis groups both came and went, what holds without them changed too, or the text does not
    tell what held for the procedures that joined or left.
    """
    return _direction(difference) == _membership(difference) == INDETERMINATE and _told(difference)
