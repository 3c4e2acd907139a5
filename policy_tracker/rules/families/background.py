"""Rules on the parts of a document that decide nothing: background, references, history, notes,
specialties.
"""

from policy_tracker.diff.differences import Difference
from policy_tracker.rules.questions import matter
from policy_tracker.rules.registry import rule


def _is(difference: Difference, op: str, *matters: str) -> bool:
    return difference.op == op and matter(difference) in matters


@rule(
    "background-added",
    on="statement",
    kind="background_changed",
    impact="none",
    mirror="background-removed",
    message="A passage of background is new.",
    short="background was added",
)
def background_added(difference: Difference) -> bool:
    """A passage was added to the background.

    Background explains a policy; it decides no claim. Example: a paragraph on a new study.
    """
    return _is(difference, "added", "background")


@rule(
    "background-removed",
    on="statement",
    kind="background_changed",
    impact="none",
    mirror="background-added",
    message="A passage of background is gone.",
    short="background was removed",
)
def background_removed(difference: Difference) -> bool:
    """A passage of the background is gone.

    Background explains a policy; it decides no claim.
    """
    return _is(difference, "removed", "background")


@rule(
    "background-reworded",
    on="statement",
    kind="background_changed",
    impact="none",
    mirror="background-reworded",
    message="A passage of background reads differently.",
    short="background was reworded",
)
def background_reworded(difference: Difference) -> bool:
    """A passage of the background was reworded, or moved.

    Numbers in it (a label's indication, say) may announce a later change of criteria.
    """
    return _is(difference, "modified", "background")


@rule(
    "reference-added",
    on="statement",
    kind="reference_changed",
    impact="none",
    mirror="reference-removed",
    message="A reference is new.",
    short="a reference was added",
)
def reference_added(difference: Difference) -> bool:
    """A reference was added.

    Literature decides no claim.
    """
    return _is(difference, "added", "references")


@rule(
    "reference-removed",
    on="statement",
    kind="reference_changed",
    impact="none",
    mirror="reference-added",
    message="A reference is gone.",
    short="a reference was removed",
)
def reference_removed(difference: Difference) -> bool:
    """A reference is gone.

    Literature decides no claim.
    """
    return _is(difference, "removed", "references")


@rule(
    "reference-updated",
    on="statement",
    kind="reference_changed",
    impact="none",
    mirror="reference-updated",
    message="A reference was updated.",
    short="a reference was updated",
)
def reference_updated(difference: Difference) -> bool:
    """A reference was updated, such as to a later version or another access date.

    Literature decides no claim.
    """
    return _is(difference, "modified", "references")


@rule(
    "history-added",
    on=("statement", "history"),
    kind="editorial",
    impact="none",
    mirror="history-removed",
    heading="Revision history",
    message="A row of the payer's own revision history is new.",
    short="the revision history was continued",
)
def history_added(difference: Difference) -> bool:
    """A row was added to the payer's own revision history.

    It says what the payer wants to say of a change; the change itself is told by the other rules.
    """
    return difference.op == "added" and (
        difference.subject == "history" or matter(difference) == "history"
    )


@rule(
    "history-removed",
    on=("statement", "history"),
    kind="editorial",
    impact="none",
    mirror="history-added",
    heading="Revision history",
    message="A row of the payer's own revision history is gone.",
    short="the revision history was shortened",
)
def history_removed(difference: Difference) -> bool:
    """A row of the payer's own revision history is gone.

    Payers often keep the last few years only.
    """
    return difference.op == "removed" and (
        difference.subject == "history" or matter(difference) == "history"
    )


@rule(
    "history-reworded",
    on=("statement", "history"),
    kind="editorial",
    impact="none",
    mirror="history-reworded",
    heading="Revision history",
    message="A row of the payer's own revision history reads differently.",
    short="the revision history was reworded",
)
def history_reworded(difference: Difference) -> bool:
    """A row of the payer's own revision history reads differently.

    It decides no claim.
    """
    return difference.op == "modified" and (
        difference.subject == "history" or matter(difference) == "history"
    )


@rule(
    "note-added",
    on="statement",
    kind="editorial",
    impact="low",
    mirror="note-removed",
    heading="Note",
    message="A note is new; by its role it decides no claim.",
    short="a note was added",
)
def note_added(difference: Difference) -> bool:
    """A note was added.

    A note explains how to read or to bill; where it sets a condition it should be recorded as a
    criterion.
    """
    return _is(difference, "added", "note")


@rule(
    "note-removed",
    on="statement",
    kind="editorial",
    impact="low",
    mirror="note-added",
    heading="Note",
    message="A note is gone; by its role it decided no claim.",
    short="a note was removed",
)
def note_removed(difference: Difference) -> bool:
    """A note is gone.

    A note explains how to read or to bill.
    """
    return _is(difference, "removed", "note")


@rule(
    "note-reworded",
    on="statement",
    kind="editorial",
    impact="low",
    mirror="note-reworded",
    heading="Note",
    fallback=1,
    message="A note reads differently.",
    short="a note was reworded",
)
def note_reworded(difference: Difference) -> bool:
    """A note was reworded.

    A note explains how to read or to bill.
    """
    return _is(difference, "modified", "note") and bool(
        difference.fields & {"text", "codes", "ranges", "quantities"}
    )


@rule(
    "specialty-added",
    on="specialty",
    kind="editorial",
    impact="none",
    mirror="specialty-removed",
    heading="Specialties",
    message="The payer now names {after} as concerned.",
    short="a specialty was added",
)
def specialty_added(difference: Difference) -> bool:
    """The payer names a further medical specialty as concerned.

    It decides no claim.
    """
    return difference.op == "added"


@rule(
    "specialty-removed",
    on="specialty",
    kind="editorial",
    impact="none",
    mirror="specialty-added",
    heading="Specialties",
    message="The payer no longer names {before} as concerned.",
    short="a specialty was removed",
)
def specialty_removed(difference: Difference) -> bool:
    """The payer no longer names a medical specialty as concerned.

    It decides no claim.
    """
    return difference.op == "removed"
