"""Policies, their versions, and which of them governs on a day."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from policy_tracker.api.answers import answer
from policy_tracker.api.deps import engine_of, settings_of, today
from policy_tracker.api.lineage import blame_answer
from policy_tracker.api.openapi import problems_of
from policy_tracker.api.schemas import ListPage
from policy_tracker.api.schemas_codes import GoverningView, ReviewStateView
from policy_tracker.api.schemas_lineage import BlameAnswer
from policy_tracker.api.schemas_policies import (
    AsOfAnswer,
    PolicyResponse,
    PolicySummary,
    VersionAnswer,
    VersionsAnswer,
    VersionSummary,
)
from policy_tracker.api.serialize import known, name_of, summary_of, without_descriptors
from policy_tracker.api.strict_route import StrictRoute
from policy_tracker.api.values import CursorText, Day, Instant, PlainText, SlugText, VersionText
from policy_tracker.store import queries, timeline
from policy_tracker.store.database import reading
from policy_tracker.store.lineage import blame_of
from policy_tracker.store.views import PolicyRow, Question, VersionView

router = APIRouter(tags=["Policies"], route_class=StrictRoute)

Payer = Annotated[
    SlugText, Path(description="the payer's slug", openapi_examples={"cigna": {"value": "cigna"}})
]
Policy = Annotated[
    SlugText,
    Path(description="the policy's slug", openapi_examples={"mm-0300": {"value": "mm-0300"}}),
]
Version = Annotated[
    VersionText,
    Path(description="the version's label", openapi_examples={"current": {"value": "2025-09-26"}}),
]
KnownAt = Annotated[
    Instant | None,
    Query(
        description="with what had been recorded by then (RFC 3339); without it, with everything"
    ),
]
MOST_ROWS = 200


@router.get(
    "/policies",
    summary="List policies",
    response_model=ListPage[PolicySummary],
    responses=problems_of(404, 422),
)
def list_policies(
    request: Request,
    payer: Annotated[SlugText | None, Query(description="this payer alone")] = None,
    text: Annotated[
        PlainText | None,
        Query(description="words of the title, the number, an alias", min_length=1, max_length=200),
    ] = None,
    cursor: Annotated[CursorText | None, Query(description="`next` of the part before")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS, description="how many rows at most")] = 50,
) -> Response:
    """Policies as of today, by payer and number."""
    with reading(engine_of(request)) as session:
        page = queries.list_policies(
            session, today(request), payer=payer, text=text, cursor=cursor, limit=limit
        )
        rows = tuple(PolicySummary.model_validate(row) for row in page.items)
        return answer(
            request, ListPage[PolicySummary](items=rows, next=page.cursor, known=known(session))
        )


@router.get(
    "/policies/{payer}/{policy}",
    summary="One policy",
    response_model=PolicyResponse,
    responses=problems_of(404, 422),
)
def get_policy(request: Request, payer: Payer, policy: Policy) -> Response:
    """One policy: which version is in force today, and which comes next."""
    with reading(engine_of(request)) as session:
        row = queries.get_policy(session, payer, policy, today(request))
        return answer(
            request, PolicyResponse(policy=PolicySummary.model_validate(row), known=known(session))
        )


@router.get(
    "/policies/{payer}/{policy}/versions",
    summary="The versions of a policy",
    response_model=VersionsAnswer,
    responses=problems_of(404, 422),
)
def list_versions(
    request: Request, payer: Payer, policy: Policy, known_at: KnownAt = None
) -> Response:
    """Every version, newest in valid time first."""
    with reading(engine_of(request)) as session:
        row = queries.get_policy(session, payer, policy, today(request))
        views = queries.versions(session, row.id, known_at)
        rows = tuple(VersionSummary.model_validate(summary_of(view)) for view in views)
        return answer(
            request,
            VersionsAnswer(policy=name_of(row), versions=rows, known=known(session, known_at)),
        )


@router.get(
    "/policies/{payer}/{policy}/versions/{version}",
    summary="One version",
    response_model=VersionAnswer,
    responses=problems_of(404, 422),
)
def get_version(
    request: Request, payer: Payer, policy: Policy, version: Version, known_at: KnownAt = None
) -> Response:
    """One version with its record."""
    with reading(engine_of(request)) as session:
        view = queries.get_version(session, payer, policy, version, known_at)
        record = (
            view.record
            if settings_of(request).show_descriptors
            else without_descriptors(view.record)
        )
        whole = VersionAnswer.model_validate(
            {
                **summary_of(view),
                "policy": name_of(view.policy),
                "record": record,
                "known": known(session, known_at),
            }
        )
        return answer(request, whole)


@router.get(
    "/policies/{payer}/{policy}/blame",
    summary="Where each statement comes from",
    response_model=BlameAnswer,
    responses=problems_of(404, 422),
)
def get_blame(
    request: Request,
    payer: Payer,
    policy: Policy,
    version: Annotated[
        VersionText | None, Query(description="this version; without it, the latest in valid time")
    ] = None,
) -> Response:
    """Which version brought each statement of a version, and which last changed it; and what is
    gone.
    """
    with reading(engine_of(request)) as session:
        row = queries.get_policy(session, payer, policy, today(request))
        return answer(request, blame_answer(session, row, blame_of(session, row.id, version)))


@router.get(
    "/policies/{payer}/{policy}/as-of",
    summary="Which version governs",
    response_model=AsOfAnswer,
    responses=problems_of(404, 422),
)
def get_as_of(
    request: Request,
    payer: Payer,
    policy: Policy,
    date: Annotated[
        Day | None,
        Query(
            description="date of service; without it, today in the installation's time zone",
            openapi_examples={"before": {"value": "2025-09-25"}},
        ),
    ] = None,
    processed_on: Annotated[Day | None, Query(description="when the claim is processed")] = None,
    authorized_on: Annotated[
        Day | None, Query(description="when authorization was requested")
    ] = None,
    admitted_on: Annotated[Day | None, Query(description="when the patient was admitted")] = None,
    known_at: KnownAt = None,
) -> Response:
    """The version that governs on a day, and why."""
    day = date or today(request)
    question = Question(
        as_of=day,
        processed_on=processed_on,
        authorized_on=authorized_on,
        admitted_on=admitted_on,
        known_at=known_at,
    )
    with reading(engine_of(request)) as session:
        row = queries.get_policy(session, payer, policy, today(request))
        governing = timeline.as_of(session, row.id, question)
        version = _governing(session, row, governing.version, question)
        return answer(
            request,
            AsOfAnswer(
                policy=name_of(row),
                date=day,
                time_zone=settings_of(request).time_zone,
                governing=GoverningView.model_validate(governing),
                source_kind=version.record.source_kind if version else None,
                completeness=version.record.completeness if version else None,
                review_state=ReviewStateView.model_validate(version.review_state)
                if version
                else None,
                known=known(session, known_at),
            ),
        )


def _governing(
    session: Session, row: PolicyRow, version: str | None, question: Question
) -> VersionView | None:
    return (
        queries.get_version(session, row.payer, row.policy, version, question.known_at)
        if version
        else None
    )
