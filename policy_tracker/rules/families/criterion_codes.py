"""Rules on codes that a statement names."""

from policy_tracker.diff.codes import named_by_one, named_codes
from policy_tracker.diff.edits import Edit
from policy_tracker.rules.catalogue import BROADENED, INDETERMINATE, NARROWED, Told, rule
from policy_tracker.rules.reading import DECIDING, matter


@rule(
    "criterion-codes-added", on="statement", kind="code_added", axis="coverage", direction=BROADENED, impact="medium",
    mirror="criterion-codes-removed", message="A statement under which claims can be approved now names more codes.",
    short="more codes named among what can be approved", action="Add the codes to charge capture from {effective}: {codes}.",
)  # fmt: skip
def criterion_codes_added(edit: Edit) -> Told | bool:
    """Codes were added to a statement under an approving position.

    Example: "prick testing (95004)" becomes "prick testing (95004, 95017)".
    """
    return _codes(edit, 1, 1)


@rule(
    "criterion-codes-removed", on="statement", kind="code_removed", axis="coverage", direction=NARROWED, impact="medium-high",
    mirror="criterion-codes-added", message="A statement under which claims can be approved now names fewer codes.",
    short="fewer codes named among what can be approved", action="Hold claims with codes that dropped out from {effective}: {codes}.",
)  # fmt: skip
def criterion_codes_removed(edit: Edit) -> Told | bool:
    """Codes were taken from a statement under an approving position.

    What is no longer named may no longer be approved.
    """
    return _codes(edit, -1, 1)


@rule(
    "denial-codes-added", on="statement", kind="code_added", axis="coverage", direction=NARROWED, impact="medium-high",
    mirror="denial-codes-removed", message="A statement under which claims are denied now names more codes.",
    short="more codes named among what is denied", action="Stop scheduling the codes that were added from {effective}: {codes}.",
)  # fmt: skip
def denial_codes_added(edit: Edit) -> Told | bool:
    """Codes were added to a statement under a denying position, or to an exclusion.

    Claims with them are denied.
    """
    return _codes(edit, 1, -1)


@rule(
    "denial-codes-removed", on="statement", kind="code_removed", axis="coverage", direction=BROADENED, impact="medium",
    mirror="denial-codes-added", message="A statement under which claims are denied now names fewer codes.",
    short="fewer codes named among what is denied", action="Review past denials of the codes that dropped out: {codes}.",
)  # fmt: skip
def denial_codes_removed(edit: Edit) -> Told | bool:
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


def _codes(edit: Edit, growth: int, sign: int) -> Told | bool:
    """Whether a statement of this sign gained (+1) or lost (-1) codes, and nothing else; told with those that did."""
    one, two = edit.side_before, edit.side_after
    touched = bool(edit.fields & {"codes", "ranges"})
    if not touched or one is None or two is None or matter(edit) not in DECIDING or (one.sign, two.sign) != (sign, sign):
        return False
    old, new = (named_codes(side.statement) for side in (one, two))
    if not (old and new and (old < new if growth > 0 else new < old)):
        return False
    return Told(codes=named_by_one(one.statement, two.statement))
