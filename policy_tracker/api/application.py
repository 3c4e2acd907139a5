"""The API as an application of its own: mounted at /v1, with its own errors, document and reference
page.
"""

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from starlette.responses import HTMLResponse, Response

from policy_tracker.api import routes_changes, routes_codes, routes_policies, routes_rules
from policy_tracker.api.answers import json_answer
from policy_tracker.api.openapi import document_bytes
from policy_tracker.api.problem_responses import handle_problems
from policy_tracker.api.reference import reference_page
from policy_tracker.api.strict_route import StrictRoute


def _operation(route: APIRoute) -> str:
    return route.name


def create_api(version: str) -> FastAPI:
    """The API. Whoever mounts it sets `state.engine`, `state.settings` and `state.clock`."""
    api = FastAPI(
        title="Policy Tracker",
        version=version,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation,
    )
    for routes in (routes_codes, routes_policies, routes_changes, routes_rules):
        api.include_router(routes.router)
    api.router.route_class = StrictRoute
    api.add_api_route("/openapi.json", _document, include_in_schema=False)
    api.add_api_route("/docs", _reference, include_in_schema=False)
    handle_problems(api)
    return api


def _document(request: Request) -> Response:
    return json_answer(request, document_bytes(request.app))


def _reference(request: Request) -> Response:
    return HTMLResponse(
        reference_page(request.app, request.app.state.settings),
        headers={"Cache-Control": "no-cache"},
    )
