"""Coverage of a code as of a day: one question, or many."""

from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from sqlmodel import Session
from starlette.responses import Response

from policy_tracker.api.answers import entity_tag, json_answer, tagged_answer
from policy_tracker.api.cache import AnswerCache, CachedAnswer
from policy_tracker.api.coverage import code_data, question_from
from policy_tracker.api.deps import engine_of, settings_of, today
from policy_tracker.api.openapi import problems_of
from policy_tracker.api.problems import told
from policy_tracker.api.schemas_codes import (
    CodeAnswers,
    CodeParameters,
    CodeQuestion,
    CodeQuestions,
    CodeResponse,
)
from policy_tracker.api.strict_route import StrictRoute, refuse_unknown
from policy_tracker.errors import PolicyTrackerError
from policy_tracker.store.database import reading

PARAMETERS = frozenset(CodeParameters.model_fields)
BATCH = {
    "questions": [{"code": "0691T", "as_of": "2025-09-25"}, {"code": "77080", "payer": "cigna"}]
}
router = APIRouter(tags=["Codes"], route_class=StrictRoute)


def _parameters() -> list[dict[str, Any]]:
    """The parameters of a question as OpenAPI describes them; made from the model that checks
    them.
    """
    described = CodeQuestion.model_json_schema(mode="validation")["properties"]
    code = {"name": "code", "in": "path", "required": True, "schema": described.pop("code")}
    return [
        _parameter(code),
        *(
            _parameter({"name": name, "in": "query", "required": False, "schema": described[name]})
            for name in CodeParameters.model_fields
        ),
    ]


def _parameter(made: dict[str, Any]) -> dict[str, Any]:
    schema = dict(made["schema"])
    description, examples = schema.pop("description", ""), schema.pop("examples", ())
    # a parameter is given or left out; null is for bodies
    schema = next(({**one} for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    for noise in ("title", "default"):
        schema.pop(noise, None)
    return {
        **made,
        "schema": schema,
        "description": description,
        **({"example": examples[0]} if examples and made["name"] == "code" else {}),
    }


async def get_code(request: Request) -> Response:
    """What each policy says of the code on a day: position, governing version and why,
    authorization, source; and who says nothing.
    """
    remembered: AnswerCache = request.app.state.remembered
    day = today(request)
    key = (
        await remembered.version(),
        day,
        request.path_params["code"],
        request.scope["query_string"],
    )
    kept = remembered.get(key)
    if kept is None:
        refuse_unknown(request.query_params, PARAMETERS)
        asked = question_from({**request.query_params, "code": request.path_params["code"]})
        kept = await run_in_threadpool(_answer_one, request, asked)
        remembered.keep(key, kept)
    return tagged_answer(request, kept.body, kept.tag)


def _answer_one(request: Request, asked: CodeQuestion) -> CachedAnswer:
    with reading(engine_of(request)) as session:
        data = _data(request, session, asked)
    body = orjson.dumps(data)
    return CachedAnswer(body, entity_tag(body))


# Its parameters are checked by one model instead of one by one, and it answers bytes: this is the
# address that programs ask all day.
router.add_api_route(
    "/codes/{code}",
    get_code,
    summary="Coverage of a code",
    response_model=CodeResponse,
    responses=problems_of(404, 422),
    openapi_extra={"parameters": _parameters()},
    route_class_override=APIRoute,
)


@router.post(
    "/codes:batch",
    summary="Coverage of many codes",
    response_model=CodeAnswers,
    responses=problems_of(413, 422),
    openapi_extra={"requestBody": {"content": {"application/json": {"example": BATCH}}}},
)
def get_codes(request: Request, asked: CodeQuestions) -> Response:
    """Up to 500 questions in one go.

    The answers come in their order; a question that cannot be answered has its problem in its
    place.
    """
    with reading(engine_of(request)) as session:
        answers = [
            _answer_or_problem(request, session, question, place)
            for place, question in enumerate(asked.questions)
        ]
    return json_answer(request, orjson.dumps({"answers": answers}), {"Cache-Control": "no-store"})


def _data(request: Request, session: Session, asked: CodeQuestion) -> dict[str, Any]:
    settings = settings_of(request)
    return code_data(
        session,
        asked,
        today(request),
        time_zone=settings.time_zone,
        descriptors=settings.show_descriptors,
    )


def _answer_or_problem(
    request: Request,
    session: Any,  # noqa: ANN401 - a session of either kind
    question: object,
    place: int,
) -> dict[str, Any]:
    settings = settings_of(request)
    try:
        return _data(request, session, question_from(question))
    except PolicyTrackerError as error:
        problem = told(
            error, instance=f"{request.url.path}#questions[{place}]", base=settings.public_url
        )
        return problem.model_dump(mode="json", by_alias=True, exclude_none=True)
