"""Rules on wording and layout: differences that say nothing new."""

from typing import get_args

from policy_tracker.diff.differences import Difference, Subject
from policy_tracker.language.tokens import spelled
from policy_tracker.rules.questions import DECIDING, differs_in_form, matter, reworded, texts
from policy_tracker.rules.registry import rule

_STANDING = frozenset(
    {"documentation", "prior_auth", "review_interval", "scope", "note", *DECIDING}
)


def _form_only(difference: Difference) -> bool:
    return matter(difference) in _STANDING and differs_in_form(difference)


@rule(
    "wording-changed",
    on="statement",
    kind="editorial",
    impact="none",
    mirror="wording-changed",
    message="The sentence differs in form alone: articles, singular and plural, or how numbers, "
    "times and codes are written.",
    short="the wording changed",
)
def wording_changed(difference: Difference) -> bool:
    """A sentence differs in articles, in singular and plural, or in how numbers, times, comparisons
    and codes are written.

    What they say is the same, and so are negations and connectors. Example: "Injection" becomes
    "Injections", "2 years" becomes "24 months", "18 years or older" becomes "at least 18 years", or
    a range of codes is written out.
    """
    one, two = texts(difference)
    return _form_only(difference) and spelled(one or "") != spelled(two or "")


@rule(
    "typography-changed",
    on="statement",
    kind="layout_only",
    impact="none",
    mirror="typography-changed",
    message="The sentence differs in punctuation, case or numbering alone.",
    short="the layout changed",
)
def typography_changed(difference: Difference) -> bool:
    """A sentence differs in punctuation, case, typography or its enumerator alone.

    Every word is the same. Example: "b. Absence of infection" becomes "c. Absence of infection".
    """
    one, two = texts(difference)
    return _form_only(difference) and spelled(one or "") == spelled(two or "")


@rule(
    "label-changed",
    on="statement",
    kind="layout_only",
    impact="none",
    mirror="label-changed",
    fallback=2,
    message="The sentence is numbered or labelled differently.",
    short="the numbering changed",
)
def label_changed(difference: Difference) -> bool:
    """A statement has another label or number, and is otherwise the same.

    Example: items b to i become c to j after an insertion.
    """
    return "label" in difference.fields


@rule(
    "payer-term-changed",
    on="statement",
    kind="editorial",
    impact="low",
    mirror="payer-term-changed",
    fallback=2,
    message="The payer uses another term for the same position.",
    short="another term for the same position",
)
def payer_term_changed(difference: Difference) -> bool:
    """The payer's own term for a position is another, and the position the same.

    Example: "investigational" becomes "unproven".
    """
    return "payer_term" in difference.fields and not reworded(difference)


@rule(
    "statement-moved",
    on="statement",
    kind="layout_only",
    impact="none",
    mirror="statement-moved",
    fallback=2,
    message="The sentence stands in another place of the document.",
    short="a sentence was moved",
)
def statement_moved(difference: Difference) -> bool:
    """A statement stands in another section or below another heading, and says the same.

    What governs it is the same on both sides, or it decides nothing.
    """
    return (
        difference.op == "modified"
        and bool(difference.fields & {"parent", "section"})
        and not reworded(difference)
    )


@rule(
    "section-renamed",
    on="section",
    kind="editorial",
    impact="none",
    mirror="section-renamed",
    fallback=1,
    message="The section is now headed “{after}”, was “{before}”.",
    short="a section was renamed",
)
def section_renamed(difference: Difference) -> bool:
    """A section has another heading, or is of another kind.

    Its statements are compared one by one.
    """
    return bool(difference.fields & {"heading", "kind"})


@rule(
    "difference-unread",
    on=get_args(Subject),
    kind="editorial",
    impact="low",
    mirror="difference-unread",
    fallback=3,
    heading="Other difference",
    message="The records differ here in a way that no other rule reads.",
    short="another difference",
)
def difference_unread(difference: Difference) -> bool:
    """The two records differ in a way that no other rule reads.

    It is shown, so that no difference is lost; mostly it is how something was recorded. Example:
    another role for the same sentence.
    """
    return bool(difference.place)
