"""Rules on which procedures go with which diagnoses."""

from policy_tracker.diff.edits import Edit
from policy_tracker.diff.tree import sign_of
from policy_tracker.record.content import Pairing
from policy_tracker.record.vocabulary import Direction
from policy_tracker.rules import direction
from policy_tracker.rules.catalogue import BROADENED, INDETERMINATE, NARROWED, rule


def _direction(edit: Edit) -> Direction | None:
    """More diagnoses broaden an approving pairing and narrow a denying one.

    A pairing that came or went is measured against what holds without it.
    """
    one, two = edit.before, edit.after
    if isinstance(one, Pairing) and isinstance(two, Pairing):
        old, new = set(one.diagnoses), set(two.diagnoses)
        sign = sign_of(two.disposition)
        if edit.fields != {"diagnoses"}:
            return INDETERMINATE
        return direction.along(sign if old < new else -sign if new < old else 0)
    return INDETERMINATE


@rule(
    "pairing-diagnoses-added", on="pairing", kind="criterion_modified", axis="coverage", direction=BROADENED, impact="medium-high",
    mirror="pairing-diagnoses-removed", heading="Diagnoses",
    message="The procedures {codes} can be approved with more groups of diagnoses.", short="more diagnoses support {codes}",
    action="Update diagnosis edits for {codes} from {effective}.",
)  # fmt: skip
def pairing_diagnoses_added(edit: Edit) -> bool:
    """Procedures go with further diagnosis groups under an approving position, or with fewer under a denying one.

    More claims can be approved.
    """
    return _direction(edit) == BROADENED


@rule(
    "pairing-diagnoses-removed", on="pairing", kind="criterion_modified", axis="coverage", direction=NARROWED, impact="medium-high",
    mirror="pairing-diagnoses-added", heading="Diagnoses",
    message="The procedures {codes} can be approved with fewer groups of diagnoses.", short="fewer diagnoses support {codes}",
    action="Update diagnosis edits for {codes} before {effective}.",
)  # fmt: skip
def pairing_diagnoses_removed(edit: Edit) -> bool:
    """Procedures go with fewer diagnosis groups under an approving position, or with more under a denying one.

    Fewer claims can be approved.
    """
    return _direction(edit) == NARROWED


@rule(
    "pairing-changed", on="pairing", kind="criterion_modified", axis="coverage", direction=INDETERMINATE, impact="medium",
    mirror="pairing-changed", heading="Diagnoses", message="Which diagnoses support {codes} is stated differently.",
    short="the diagnoses that support {codes} changed", action="Check diagnosis edits for {codes} before {effective}.",
)  # fmt: skip
def pairing_changed(edit: Edit) -> bool:
    """Which diagnoses support which procedures is now stated, no longer stated, or stated differently.

    Diagnosis groups both came and went, or what holds without them changed too.
    """
    return _direction(edit) == INDETERMINATE
