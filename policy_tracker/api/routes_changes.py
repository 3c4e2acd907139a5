"""The feed of changes, single changes, and the comparison of any two versions."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from policy_tracker.api.answers import answer
from policy_tracker.api.deps import engine_of, settings_of
from policy_tracker.api.openapi import problems_of
from policy_tracker.api.schemas import ListPage
from policy_tracker.api.schemas_changes import ChangeAnswer, ChangeItem, DiffAnswer
from policy_tracker.api.serialize import known
from policy_tracker.api.strict_route import StrictRoute
from policy_tracker.api.values import (
    ChangeId,
    CodeText,
    CursorText,
    Day,
    PlainText,
    SlugText,
    VersionText,
)
from policy_tracker.record.vocabulary import Axis, ChangeKind, Direction, Impact
from policy_tracker.rule_settings import comparing
from policy_tracker.store import feed, queries
from policy_tracker.store.database import reading
from policy_tracker.store.views import ChangeFilter

router = APIRouter(tags=["Changes"], route_class=StrictRoute)
MOST_ROWS = 200


@router.get(
    "/changes",
    summary="What changed",
    response_model=ListPage[ChangeItem],
    responses=problems_of(422),
)
def list_changes(  # noqa: PLR0913, PLR0917 - one argument per parameter of the address
    request: Request,
    payer: Annotated[SlugText | None, Query(description="this payer alone")] = None,
    policy: Annotated[SlugText | None, Query(description="policies with this slug alone")] = None,
    code: Annotated[CodeText | None, Query(description="changes that concern this code")] = None,
    axis: Annotated[
        Axis | None, Query(description="what it bears on: coverage, burden, payment or recourse")
    ] = None,
    direction: Annotated[
        Direction | None, Query(description="the direction along its axis")
    ] = None,
    impact_at_least: Annotated[
        Impact | None, Query(description="this impact or a higher one")
    ] = None,
    kind: Annotated[ChangeKind | None, Query(description="this kind alone")] = None,
    substantive: Annotated[
        Literal["true", "false", "any"],
        Query(description="true: what can decide a claim; false: what cannot; any: both"),
    ] = "true",
    effective_from: Annotated[
        Day | None, Query(description="versions that apply from this day or later")
    ] = None,
    effective_to: Annotated[
        Day | None, Query(description="versions that apply from this day or earlier")
    ] = None,
    text: Annotated[
        PlainText | None, Query(description="words of the change", min_length=1, max_length=200)
    ] = None,
    cursor: Annotated[CursorText | None, Query(description="`next` of the part before")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS, description="how many rows at most")] = 50,
) -> Response:
    """Changes between versions that follow one another, those that take effect last first."""
    wanted = ChangeFilter(
        payer=payer,
        policy=policy,
        code=code,
        axis=axis,
        direction=direction,
        impact_at_least=impact_at_least,
        kind=kind,
        substantive={"true": True, "false": False, "any": None}[substantive],
        effective_from=effective_from,
        effective_to=effective_to,
        text=text,
    )
    with reading(engine_of(request)) as session:
        page = feed.changes(session, wanted, cursor=cursor, limit=limit)
        rows = tuple(ChangeItem.model_validate(row) for row in page.items)
        return answer(
            request, ListPage[ChangeItem](items=rows, next=page.cursor, known=known(session))
        )


@router.get(
    "/changes/{id}",
    summary="One change",
    response_model=ChangeAnswer,
    responses=problems_of(404, 422),
)
def get_change(
    request: Request,
    change_id: Annotated[
        ChangeId,
        Path(
            alias="id",
            description="the change's id, stable as long as the versions and the rule are",
        ),
    ],
) -> Response:
    """One change by its id."""
    with reading(engine_of(request)) as session:
        row = feed.get_change(session, change_id)
        return answer(request, ChangeAnswer.model_validate({**dict(row), "known": known(session)}))


@router.get(
    "/diff",
    summary="Compare two versions",
    response_model=DiffAnswer,
    responses=problems_of(404, 422),
)
def compare_versions(
    request: Request,
    payer: Annotated[
        SlugText,
        Query(description="the payer's slug", openapi_examples={"cigna": {"value": "cigna"}}),
    ],
    policy: Annotated[
        SlugText,
        Query(description="the policy's slug", openapi_examples={"mm-0300": {"value": "mm-0300"}}),
    ],
    before: Annotated[
        VersionText,
        Query(
            alias="from",
            description="the version before",
            openapi_examples={"before": {"value": "2025-09-26.before"}},
        ),
    ],
    after: Annotated[
        VersionText,
        Query(
            alias="to",
            description="the version after",
            openapi_examples={"after": {"value": "2025-09-26"}},
        ),
    ],
) -> Response:
    """Any two versions of a policy compared, in either order."""
    with reading(engine_of(request)) as session:
        comparison = queries.get_comparison(
            session, payer, policy, before, after, compare=comparing(settings_of(request))
        )
        return answer(
            request, DiffAnswer.model_validate({**dict(comparison), "known": known(session)})
        )
