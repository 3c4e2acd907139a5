"""Rules on criteria: conditions that joined or left a list, were reworded, or moved, each read by what it stands under."""

from policy_tracker.diff.edits import Edit
from policy_tracker.diff.tree import sign_of
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules import direction
from policy_tracker.rules.catalogue import BROADENED, INDETERMINATE, NARROWED, NEUTRAL, rule
from policy_tracker.rules.numbers import shifts
from policy_tracker.rules.reading import DECIDING, matter, negated, only, phrasing, positions, reworded, texts

_RESTRICTING = frozenset({
    "when", "if", "only", "and", "with", "who", "whose", "for", "in", "within", "after", "during", "before", "by", "using", "under",
    "that", "without", "at",
    "from", "where", "while", "despite", "following",
})  # fmt: skip
_EXAMPLES = frozenset({"e.g", "example", "such", "including", "includes", "eg", "i.e", "namely"})


def _member(edit: Edit, op: str) -> tuple[str, bool, Direction] | None:
    """A criterion, limit or exclusion that one side alone has: its matter, whether it stands under a denial, and its direction."""
    about = matter(edit)
    if edit.op != op or about not in ("criterion", "exclusion", "limit"):
        return None
    side = only(edit)
    governing = side.governing or side.position
    denied = about == "criterion" and sign_of(governing) < 0
    found = direction.membership(side, added=op == "added")
    fallback = edit.fallback_before if op == "added" else edit.fallback_after
    widens_denial = denied and side.logic is not None and (side.logic == "any_of" or side.logic.startswith("at_least"))
    if widens_denial and sign_of(fallback.position) < 0:
        found = NEUTRAL
    return about, denied, found


def _is(edit: Edit, op: str, about: str, wanted: Direction, *, denied: bool = False) -> bool:
    return _member(edit, op) == (about, denied, wanted)


@rule(
    "requirement-added", on="statement", kind="criterion_added", axis="coverage", direction=NARROWED, impact="medium-high",
    mirror="requirement-removed", heading="Requirement added", message="One more condition must now be met.",
    short="a requirement was added", action="Check cases planned for {codes} against the new requirement before {effective}.",
)  # fmt: skip
def requirement_added(edit: Edit) -> bool:
    """A criterion was added to a list of which all must be met, or none may be, under an approving position.

    Cases that met the former list may fail the new one. Example: "Patient is refractory to the first-line drug" joins "ALL of the
    following".
    """
    return _is(edit, "added", "criterion", NARROWED)


@rule(
    "requirement-removed", on="statement", kind="criterion_removed", axis="coverage", direction=BROADENED, impact="medium-high",
    mirror="requirement-added", heading="Requirement removed", message="One condition less must be met.",
    short="a requirement was removed", action="Review denials that rested on this requirement, from {effective}.",
)  # fmt: skip
def requirement_removed(edit: Edit) -> bool:
    """A criterion left a list of which all must be met, or none may be, under an approving position.

    Cases that failed on it alone can be approved.
    """
    return _is(edit, "removed", "criterion", BROADENED)


@rule(
    "option-added", on="statement", kind="criterion_added", axis="coverage", direction=BROADENED, impact="medium-high",
    mirror="option-removed", heading="Option added", message="There is one more way to qualify.", short="one more way to qualify",
    action="Add the new way to qualify to what is checked for {codes} from {effective}.",
)  # fmt: skip
def option_added(edit: Edit) -> bool:
    """A criterion was added to a list of which any, or a number, must be met, under an approving position.

    Example: a further diagnosis joins "ANY of the following".
    """
    return _is(edit, "added", "criterion", BROADENED)


@rule(
    "option-removed", on="statement", kind="criterion_removed", axis="coverage", direction=NARROWED, impact="medium-high",
    mirror="option-added", heading="Option removed", message="There is one way less to qualify.", short="one way less to qualify",
    action="Check cases for {codes} that qualified this way before {effective}.",
)  # fmt: skip
def option_removed(edit: Edit) -> bool:
    """A criterion left a list of which any, or a number, must be met, under an approving position.

    Cases that qualified by it alone no longer do.
    """
    return _is(edit, "removed", "criterion", NARROWED)


@rule(
    "denial-case-added", on="statement", kind="criterion_added", axis="coverage", direction=NARROWED, impact="medium-high",
    mirror="denial-case-removed", heading="Denied case added", message="One more case is now denied.",
    short="one more case is denied", action="Stop scheduling this case for {codes} from {effective}.",
)  # fmt: skip
def denial_case_added(edit: Edit) -> bool:
    """A case was added to a list of cases that are denied, and it was not denied without being named.

    The same addition under an approving position would broaden. Example: a further indication joins "experimental for ANY of the
    following".
    """
    return _is(edit, "added", "criterion", NARROWED, denied=True)


@rule(
    "denial-case-removed", on="statement", kind="criterion_removed", axis="coverage", direction=BROADENED, impact="medium-high",
    mirror="denial-case-added", heading="Denied case removed", message="One case less is denied by name.",
    short="one case less is denied", action="Review past denials of this case, from {effective}.",
)  # fmt: skip
def denial_case_removed(edit: Edit) -> bool:
    """A case left a list of cases that are denied, and it is not denied without being named.

    More can be approved.
    """
    return _is(edit, "removed", "criterion", BROADENED, denied=True)


@rule(
    "denial-condition-added", on="statement", kind="criterion_added", axis="coverage", direction=BROADENED, impact="medium",
    mirror="denial-condition-removed", heading="Denial narrowed", message="One more condition must hold before a case is denied.",
    short="a denial now needs one more condition", action="Review past denials that lack the new condition, from {effective}.",
)  # fmt: skip
def denial_condition_added(edit: Edit) -> bool:
    """A condition was added to a list of which all must hold for a case to be denied.

    Fewer cases are denied. Example: "not medically necessary when ALL of the following" gains an item.
    """
    return _is(edit, "added", "criterion", BROADENED, denied=True)


@rule(
    "denial-condition-removed", on="statement", kind="criterion_removed", axis="coverage", direction=NARROWED, impact="medium",
    mirror="denial-condition-added", heading="Denial widened", message="One condition less must hold before a case is denied.",
    short="a denial needs one condition less", action="Check cases for {codes} that were approved for lack of this condition.",
)  # fmt: skip
def denial_condition_removed(edit: Edit) -> bool:
    """A condition left a list of which all must hold for a case to be denied.

    More cases are denied.
    """
    return _is(edit, "removed", "criterion", NARROWED, denied=True)


@rule(
    "denial-case-named", on="statement", kind="criterion_added", axis="coverage", direction=NEUTRAL, impact="low",
    mirror="denial-case-unnamed", heading="Denial clarified",
    message="The text names a case that was denied already, as everything that is not named.",
    short="a case that was denied anyway is now named",
)  # fmt: skip
def denial_case_named(edit: Edit) -> bool:
    """A case was added to a list of denied ones, and the policy denied it already by denying everything that it does not name.

    Clarified: the same claims can be approved.
    """
    return _is(edit, "added", "criterion", NEUTRAL, denied=True)


@rule(
    "denial-case-unnamed", on="statement", kind="criterion_removed", axis="coverage", direction=NEUTRAL, impact="low",
    mirror="denial-case-named", heading="Denial no longer named",
    message="The text no longer names a case that is still denied, as everything that is not named.",
    short="a denied case is no longer named",
)  # fmt: skip
def denial_case_unnamed(edit: Edit) -> bool:
    """A case left a list of denied ones, and the policy denies everything that it does not name.

    The same claims can be approved as before.
    """
    return _is(edit, "removed", "criterion", NEUTRAL, denied=True)


@rule(
    "criterion-added-open", on="statement", kind="criterion_added", axis="coverage", direction=INDETERMINATE, impact="medium",
    mirror="criterion-removed-open",
    message="A criterion is new; how it combines with the others, or what follows from meeting it, the text does not tell.",
    short="a criterion was added", action="Read the new criterion against your cases before {effective}.",
)  # fmt: skip
def criterion_added_open(edit: Edit) -> bool:
    """A criterion was added to a list whose logic, or whose position, is not stated.

    One more of "all" narrows, one more of "any" broadens: without the word the direction stays open.
    """
    return _is(edit, "added", "criterion", INDETERMINATE) or _is(edit, "added", "criterion", INDETERMINATE, denied=True)


@rule(
    "criterion-removed-open", on="statement", kind="criterion_removed", axis="coverage", direction=INDETERMINATE, impact="medium",
    mirror="criterion-added-open",
    message="A criterion is gone; how it combined with the others, or what followed from meeting it, the text does not tell.",
    short="a criterion was removed", action="Read what is left of the list against your cases before {effective}.",
)  # fmt: skip
def criterion_removed_open(edit: Edit) -> bool:
    """A criterion left a list whose logic, or whose position, is not stated.

    Without "all" or "any" the direction stays open.
    """
    return _is(edit, "removed", "criterion", INDETERMINATE) or _is(edit, "removed", "criterion", INDETERMINATE, denied=True)


@rule(
    "exclusion-added", on="statement", kind="criterion_added", axis="coverage", direction=NARROWED, impact="medium-high",
    mirror="exclusion-removed", heading="Exclusion added", message="Something is now excluded from what can be approved.",
    short="an exclusion is new", action="Check cases planned for {codes} against the new exclusion before {effective}.",
)  # fmt: skip
def exclusion_added(edit: Edit) -> bool:
    """An exclusion was added.

    What it names can no longer be approved, whatever list it stands in. Example: "not in combination with another biologic".
    """
    return _is(edit, "added", "exclusion", NARROWED)


@rule(
    "exclusion-removed", on="statement", kind="criterion_removed", axis="coverage", direction=BROADENED, impact="medium-high",
    mirror="exclusion-added", heading="Exclusion removed", message="Something is no longer excluded from what can be approved.",
    short="an exclusion is gone", action="Review denials that rested on the exclusion, from {effective}.",
)  # fmt: skip
def exclusion_removed(edit: Edit) -> bool:
    """An exclusion is gone.

    What it named can be approved if everything else is met.
    """
    return _is(edit, "removed", "exclusion", BROADENED)


@rule(
    "limit-added", on="statement", kind="criterion_added", axis="coverage", direction=NARROWED, impact="medium",
    mirror="limit-removed", heading="Limit added", message="A limit is new.", short="a limit is new",
    action="Set up an edit for the new limit on {codes} before {effective}.",
)  # fmt: skip
def limit_added(edit: Edit) -> bool:
    """A limit was added on how much, how often or how long something can be approved.

    What goes beyond it is denied. Example: "up to 80 units per 12 months" is new.
    """
    return _is(edit, "added", "limit", NARROWED)


@rule(
    "limit-removed", on="statement", kind="criterion_removed", axis="coverage", direction=BROADENED, impact="medium",
    mirror="limit-added", heading="Limit removed", message="A limit is gone.", short="a limit is gone",
    action="Remove the edit for the former limit on {codes} after {effective}.",
)  # fmt: skip
def limit_removed(edit: Edit) -> bool:
    """A limit on how much, how often or how long something can be approved is gone.

    More can be approved.
    """
    return _is(edit, "removed", "limit", BROADENED)


def _phrased(edit: Edit) -> Direction | None:
    """The direction of words that came to a criterion or left it, None where it was not so changed.

    Words that qualify ("only", "for", "when" ...) make a sentence hold of fewer cases, "or ..." of more; behind a negation it is the
    other way round. Where
    words both came and went nothing is concluded.
    """
    one, two = texts(edit)
    if matter(edit) not in DECIDING or not reworded(edit) or shifts(edit) or positions(edit) or one is None or two is None:
        return None
    old, new = _under(edit)
    if old != new:
        return None
    found = phrasing(one, two)
    if bool(found.come) == bool(found.gone):
        return None
    runs, before, growth = (found.come, found.before_come, -1) if found.come else (found.gone, found.before_gone, 1)
    senses = {_sense(run, ahead) for run, ahead in zip(runs, before, strict=True)}
    if len(senses) != 1:
        return None
    return direction.along(growth * senses.pop() * new)


def _sense(run: tuple[str, ...], ahead: tuple[str, ...]) -> int:
    """+1 where words make a sentence hold of fewer cases, -1 of more, 0 where they do not say."""
    if _EXAMPLES & {*run[:2]} or run[0] in ("not", "unless", "except", "no"):
        return 0
    sense = -1 if run[0] == "or" else 1 if run[0] in _RESTRICTING else 0
    return -sense if negated(ahead) else sense


@rule(
    "criterion-eased", on="statement", kind="criterion_modified", axis="coverage", direction=BROADENED, impact="medium",
    mirror="criterion-tightened", message="The criterion now lets more cases through.", short="a criterion was eased",
    action="Review denials that rested on the former wording, from {effective}.",
)  # fmt: skip
def criterion_eased(edit: Edit) -> bool:
    """Words came to a criterion, or left it, so that more cases can be approved.

    An alternative ("or ...") joined, a qualification went, or a prohibition was qualified. Example: "not in combination with another
    drug" becomes
    "not in combination with another drug for the same indication".
    """
    return _phrased(edit) == BROADENED


@rule(
    "criterion-tightened", on="statement", kind="criterion_modified", axis="coverage", direction=NARROWED, impact="medium",
    mirror="criterion-eased", message="The criterion now lets fewer cases through.", short="a criterion was tightened",
    action="Check cases planned for {codes} against the new wording before {effective}.",
)  # fmt: skip
def criterion_tightened(edit: Edit) -> bool:
    """Words came to a criterion, or left it, so that fewer cases can be approved.

    A qualification joined, an alternative went. Example: "failure of a first drug" becomes "failure of a first drug within the last 12
    months".
    """
    return _phrased(edit) == NARROWED


@rule(
    "examples-changed", on="statement", kind="criterion_modified", axis="coverage", direction=NEUTRAL, impact="low",
    mirror="examples-changed", heading="Examples", message="Examples in a criterion changed; what it asks for stays.",
    short="examples were changed",
)  # fmt: skip
def examples_changed(edit: Edit) -> bool:
    """Only examples in a criterion came or went.

    An example names what the words hold of already. Example: one more drug after "e.g.".
    """
    one, two = texts(edit)
    if edit.op != "modified" or matter(edit) not in DECIDING or not reworded(edit) or one is None or two is None:
        return False
    found = phrasing(one, two)
    runs = [*zip(found.come, found.before_come, strict=True), *zip(found.gone, found.before_gone, strict=True)]
    return bool(runs) and all(_within_examples(run, ahead) for run, ahead in runs) and not shifts(edit)


def _within_examples(run: tuple[str, ...], ahead: tuple[str, ...]) -> bool:
    """Whether words stand among examples: behind "e.g." or "for example", with no new clause since."""
    return bool({"e.g", "eg"} & {*run[:1], *ahead[-12:]}) or "for example" in " ".join((*ahead[-12:], *run[:2]))


@rule(
    "criterion-reworded", on="statement", kind="criterion_modified", axis="coverage", direction=INDETERMINATE, impact="medium",
    mirror="criterion-reworded", fallback=1,
    message="What it says reads differently, and whether more or fewer cases meet it the words alone do not tell.",
    short="a criterion was reworded", action="Read the new wording against your cases before {effective}.",
)  # fmt: skip
def criterion_reworded(edit: Edit) -> bool:
    """A criterion, limit, exclusion or position was reworded in a way that no other rule reads.

    Words both came and went, so that the direction stays open.
    """
    return edit.op == "modified" and matter(edit) in DECIDING and reworded(edit)


def _moved(edit: Edit) -> bool:
    return edit.op == "modified" and "parent" in edit.fields and matter(edit) in DECIDING


def _under(edit: Edit) -> tuple[int, int]:
    one, two = edit.side_before, edit.side_after
    return (one.sign if one else 0), (two.sign if two else 0)


@rule(
    "criterion-moved-to-approval", on="statement", kind="criterion_moved", axis="coverage", direction=BROADENED, impact="medium-high",
    mirror="criterion-moved-to-denial", message="It moved from what is denied to what can be approved.",
    short="a case moved from denied to approved", action="Review past denials of this case, from {effective}.",
)  # fmt: skip
def criterion_moved_to_approval(edit: Edit) -> bool:
    """A statement moved from a list under a denial to one under an approval.

    Example: an indication moves from "experimental" to "medically necessary".
    """
    return _moved(edit) and _under(edit) == (-1, 1) and edit.side_after is not None and edit.side_after.logic != "all_of"


@rule(
    "criterion-moved-to-denial", on="statement", kind="criterion_moved", axis="coverage", direction=NARROWED, impact="high",
    mirror="criterion-moved-to-approval", message="It moved from what can be approved to what is denied.",
    short="a case moved from approved to denied", action="Stop scheduling this case for {codes} from {effective}.",
)  # fmt: skip
def criterion_moved_to_denial(edit: Edit) -> bool:
    """A statement moved from a list under an approval to one under a denial.

    Example: an indication moves from "medically necessary" to "not medically necessary".
    """
    return _moved(edit) and _under(edit) == (1, -1) and edit.side_before is not None and edit.side_before.logic != "all_of"


@rule(
    "criterion-moved-alike", on="statement", kind="criterion_moved", axis="coverage", direction=NEUTRAL, impact="low",
    mirror="criterion-moved-alike", substantive=False, message="It stands elsewhere, under the same position and the same logic.",
    short="a criterion was moved",
)  # fmt: skip
def criterion_moved_alike(edit: Edit) -> bool:
    """A statement moved to another list that combines and decides as the former one did.

    Example: peers become sub-items of a common heading.
    """
    one, two = edit.side_before, edit.side_after
    return (
        _moved(edit)
        and one is not None
        and two is not None
        and (one.position, one.logic, one.sign) == (two.position, two.logic, two.sign)
        and not reworded(edit)
    )


@rule(
    "criterion-moved", on="statement", kind="criterion_moved", axis="coverage", direction=INDETERMINATE, impact="medium",
    mirror="criterion-moved", fallback=1, message="It stands in another list, which combines or decides otherwise.",
    short="a criterion was moved", action="Read both lists against your cases before {effective}.",
)  # fmt: skip
def criterion_moved(edit: Edit) -> bool:
    """A statement moved to a list that combines or decides in another way.

    What that does depends on both lists, so that the direction stays open.
    """
    return _moved(edit) and not reworded(edit)


@rule(
    "criterion-codes-added", on="statement", kind="code_added", axis="coverage", direction=BROADENED, impact="medium",
    mirror="criterion-codes-removed", message="A statement under which claims can be approved now names more codes.",
    short="more codes named among what can be approved", action="Add the codes to charge capture from {effective}: {codes}.",
)  # fmt: skip
def criterion_codes_added(edit: Edit) -> bool:
    """Codes were added to a statement under an approving position.

    Example: "prick testing (95004)" becomes "prick testing (95004, 95017)".
    """
    return _codes(edit, 1, 1)


@rule(
    "criterion-codes-removed", on="statement", kind="code_removed", axis="coverage", direction=NARROWED, impact="medium-high",
    mirror="criterion-codes-added", message="A statement under which claims can be approved now names fewer codes.",
    short="fewer codes named among what can be approved", action="Hold claims with codes that dropped out from {effective}: {codes}.",
)  # fmt: skip
def criterion_codes_removed(edit: Edit) -> bool:
    """Codes were taken from a statement under an approving position.

    What is no longer named may no longer be approved.
    """
    return _codes(edit, -1, 1)


@rule(
    "denial-codes-added", on="statement", kind="code_added", axis="coverage", direction=NARROWED, impact="medium-high",
    mirror="denial-codes-removed", message="A statement under which claims are denied now names more codes.",
    short="more codes named among what is denied", action="Stop scheduling the codes that were added from {effective}: {codes}.",
)  # fmt: skip
def denial_codes_added(edit: Edit) -> bool:
    """Codes were added to a statement under a denying position, or to an exclusion.

    Claims with them are denied.
    """
    return _codes(edit, 1, -1)


@rule(
    "denial-codes-removed", on="statement", kind="code_removed", axis="coverage", direction=BROADENED, impact="medium",
    mirror="denial-codes-added", message="A statement under which claims are denied now names fewer codes.",
    short="fewer codes named among what is denied", action="Review past denials of the codes that dropped out: {codes}.",
)  # fmt: skip
def denial_codes_removed(edit: Edit) -> bool:
    """Codes were taken from a statement under a denying position, or from an exclusion.

    Claims with them are no longer denied by name.
    """
    return _codes(edit, -1, -1)


@rule(
    "criterion-codes-changed", on="statement", kind="criterion_modified", axis="coverage", direction=INDETERMINATE, impact="medium",
    mirror="criterion-codes-changed", fallback=1,
    message="The codes that a statement names changed; which way that goes the text does not tell.",
    short="the codes of a statement changed", action="Check the codes of the statement: {codes}.",
)  # fmt: skip
def criterion_codes_changed(edit: Edit) -> bool:
    """A statement names other codes, and more than one thing could follow.

    Codes both came and went, or what the statement stands under does not say what follows.
    """
    return edit.op == "modified" and bool(edit.fields & {"codes", "ranges"})


def _codes(edit: Edit, growth: int, sign: int) -> bool:
    """Whether a statement of this sign gained (+1) or lost (-1) codes, and nothing else."""
    one, two = edit.side_before, edit.side_after
    if "codes" not in edit.fields or one is None or two is None or matter(edit) not in DECIDING or (one.sign, two.sign) != (sign, sign):
        return False
    old, new = ({(c.system, c.code) for c in side.statement.codes} for side in (one, two))
    return (old < new if growth > 0 else new < old) and "ranges" not in edit.fields and bool(old and new)
