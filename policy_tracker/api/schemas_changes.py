"""Changes, comparisons and rules."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from policy_tracker.api.schemas import ApiModel, GapView, Known, PolicyName
from policy_tracker.record.vocabulary import Axis, ChangeKind, Direction, Impact
from policy_tracker.rules import RuleSettings, catalogue
from policy_tracker.rules.changes import Change, Comparison


class ChangeItem(ApiModel):
    """A change between two versions that follow one another."""

    policy: PolicyName
    from_version: Annotated[
        str | None, Field(description="the version before; null for a policy's first")
    ] = None
    to_version: Annotated[
        str, Field(description="the version that brought the change", examples=["2025-09-26"])
    ]
    effective: Annotated[
        dt.date | None,
        Field(description="from when that version applies; null where it is not known"),
    ] = None
    gap: Annotated[
        GapView | None,
        Field(
            description=(
                "between which days the change came, where versions between the two are not on file"
            )
        ),
    ] = None
    recorded_at: Annotated[dt.datetime, Field(description="when the two were compared")]
    change: Change


class ChangeAnswer(ChangeItem):
    """One change."""

    known: Known


class DiffAnswer(Comparison):
    """Two versions of a policy compared."""

    known: Known


class RuleView(ApiModel):
    """A rule of the catalogue."""

    id: Annotated[str, Field(examples=["review-interval-shortened"])]
    family: Annotated[str, Field(description="the group of rules it belongs to")]
    kind: ChangeKind
    axis: Annotated[Axis | None, Field(description="what it bears on")] = None
    direction: Annotated[
        Direction | None,
        Field(
            description=(
                "the direction along that axis; null where the rule decides it from case to case"
            )
        ),
    ] = None
    impact: Impact
    summary: Annotated[str, Field(description="when the rule speaks")]
    doc: Annotated[str, Field(description="why it matters, with an example")]
    message: Annotated[str, Field(description="what it says; names in braces are filled in")]
    action: Annotated[str | None, Field(description="what it asks a billing team to do")] = None
    mirror: Annotated[
        str | None, Field(description="the rule that speaks where the sides are swapped")
    ] = None
    off: Annotated[
        bool, Field(description="switched off here: what it reads is listed among `absorbed`")
    ] = False


class RulesAnswer(ApiModel):
    """The catalogue."""

    ruleset: Annotated[
        str,
        Field(
            description="version of rules and comparison, and a hash of this installation's "
            "overrides",
            examples=["2.1"],
        ),
    ]
    rules: tuple[RuleView, ...]


def rule_views(settings: RuleSettings) -> tuple[RuleView, ...]:
    """The catalogue as an installation has it."""
    return tuple(
        RuleView.model_validate(settings.applied(rule)).model_copy(
            update={"off": rule.id in settings.off}
        )
        for rule in catalogue()
    )


def rules_answer(settings: RuleSettings) -> RulesAnswer:
    """The catalogue with its version, as an installation has it."""
    return RulesAnswer(ruleset=settings.stamp, rules=rule_views(settings))
