"""Where the statements of a version come from."""

from typing import Annotated

from pydantic import Field

from policy_tracker.api.schemas import ApiModel, Known, PolicyName
from policy_tracker.diff.lineage import Aspect, Fate, Origin
from policy_tracker.record.vocabulary import Position, Role


class TouchView(ApiModel):
    """A change of a statement from one version to the next."""

    before: Annotated[str, Field(description="the version before", examples=["2025-09-26.before"])]
    version: Annotated[
        str, Field(description="the version that changed it", examples=["2025-09-26"])
    ]
    fields: Annotated[
        tuple[Aspect, ...],
        Field(
            description=(
                "what of it changed; `split` and `merged`: it was part of another "
                "statement, or is made of several"
            )
        ),
    ]


class LineView(ApiModel):
    """A statement with its past."""

    key: Annotated[str, Field(description="its key in its version")]
    parent: Annotated[str | None, Field(description="the key of the statement above it")] = None
    section: Annotated[str, Field(description="the key of its section")]
    role: Role
    position: Annotated[
        Position | None, Field(description="its own position, else that of what governs it")
    ] = None
    text: str
    lineage: Annotated[
        tuple[str, ...],
        Field(
            description=(
                "names, which stay for life, of the lines of descent it stands on: several "
                "where statements were merged"
            )
        ),
    ]
    since: Annotated[str, Field(description="the version that brought it")]
    origin: Annotated[
        Origin,
        Field(
            description="how that is known: the version before lacks it (`brought`), it is the "
            "first that is held (`first_held`), "
            "or the one before is told only in part, so that it may be older (`not_told_before`)"
        ),
    ]
    changes: Annotated[
        tuple[TouchView, ...], Field(description="what changed it since then, newest first")
    ]
    versions: Annotated[
        tuple[str, ...], Field(description="all versions in which it stands, earliest first")
    ]
    unchanged: Annotated[
        int, Field(description="in how many of them, the last ones, it stands as it does now")
    ]


class RemovedStatementItem(LineView):
    """A statement that no longer stands, as it stood last."""

    last: Annotated[str, Field(description="the last version in which it stands")]
    removed: Annotated[str, Field(description="the version that lacks it")]
    fate: Annotated[
        Fate,
        Field(
            description=(
                "`not_told_after` where that version is told only in part, so that it may "
                "stand there all the same"
            )
        ),
    ]


class BlameAnswer(ApiModel):
    """The statements of a version, each with the version that brought it and those that changed
    it.
    """

    policy: PolicyName
    version: Annotated[
        str, Field(description="the version whose statements these are", examples=["2025-09-26"])
    ]
    statements: Annotated[tuple[LineView, ...], Field(description="in the order of the document")]
    removed: Annotated[
        tuple[RemovedStatementItem, ...],
        Field(description="what earlier versions said and it does not, what went last first"),
    ]
    known: Known
