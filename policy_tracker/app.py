"""The web application: the API below /v1, pages for people, their assets, and the probes, behind
one set of headers.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import FastAPI, Request
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policy_tracker import __version__
from policy_tracker.api.application import create_api
from policy_tracker.api.cache import AnswerCache
from policy_tracker.api.health import router as probes
from policy_tracker.api.problem_responses import answer_problem, too_large
from policy_tracker.api.routes_codes import get_code
from policy_tracker.errors import InputError, NotFoundError
from policy_tracker.pages.assets import ASSETS, asset_hash
from policy_tracker.rule_settings import rules_in_force
from policy_tracker.settings import Settings
from policy_tracker.settings import settings as process_settings
from policy_tracker.store.database import open_engine
from policy_tracker.web import router as pages
from policy_tracker.web.errors import error_page
from policy_tracker.web.page_images import Pictures

LARGEST_BODY = 1024 * 1024
"""A request with a larger body is refused: 500 questions to the API take a tenth of it."""
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "font-src 'none'",
        "manifest-src 'self'",
    )
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # addresses of the signed links never leave this site; a form still says where it came from
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), "
    "payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
API = "/v1/"
_STATUS: dict[type[Exception], int] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    OperationalError: HTTPStatus.SERVICE_UNAVAILABLE,
}
ONE_YEAR = 31_536_000


class Front:
    """What every response passes last, those about crashes too.

    It adds the security headers that a response does not set itself, answers HEAD as GET without
    the body (RFC 9110, 9.3.2), and makes the entity tag of a compressed response weak, because its
    bytes are no longer those of the tag (RFC 9110, 8.8.1). A request that announces too large a
    body is refused before anything of it is read; one that announces nothing is counted while it is
    read.
    """

    def __init__(
        self, app: ASGIApp, headers: Mapping[str, str], refuse: Callable[[Request], Response]
    ) -> None:
        self.app = app
        self.refuse = refuse
        self.headers = tuple((name.encode(), value.encode()) for name, value in headers.items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - the protocol of ASGI
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._completed(message.get("headers", ()))
            elif head and message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        if _announced(scope) > LARGEST_BODY:
            await self.refuse(Request(scope))(scope, receive, send_on)
            return
        await self.app({**scope, "method": "GET"} if head else scope, receive, send_on)

    def _completed(self, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        names = {name for name, _ in given}
        if b"content-encoding" in names:
            given = [
                (name, b"W/" + value if name == b"etag" and not value.startswith(b"W/") else value)
                for name, value in given
            ]
        return [*given, *(header for header in self.headers if header[0] not in names)]


def _announced(scope: Scope) -> int:
    """The length of the body that a request announces, 0 where it announces none."""
    text = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
    return int(text) if text.isdigit() else 0


class Application(FastAPI):
    """FastAPI behind `Front`."""

    front: Mapping[str, str] = {}

    def build_middleware_stack(self) -> ASGIApp:
        """The stack with `Front` outside of it, so that an answer to a crash passes it as well."""
        return Front(super().build_middleware_stack(), self.front, self._too_large)

    def _too_large(self, request: Request) -> Response:
        request.scope["app"] = self  # nothing has been routed yet
        if request.url.path.startswith(API):
            return too_large(request)
        return error_page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class Assets(StaticFiles):
    """Static files; one that is asked for with the hash of its content never changes, so that a
    browser need not ask again.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file with how long it may be kept."""
        response = await super().get_response(path, scope)
        asked = scope.get("query_string", b"").decode("ascii", "replace").removeprefix("v=")
        lasting = (
            bool(asked)
            and response.status_code < HTTPStatus.BAD_REQUEST
            and asked == asset_hash(path)
        )
        response.headers["Cache-Control"] = (
            f"public, max-age={ONE_YEAR}, immutable" if lasting else "no-cache"
        )
        return response


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def create_app(
    settings: Settings, *, engine: Engine | None = None, clock: Callable[[], datetime] = now
) -> FastAPI:
    """The application of one installation.

    `engine` and `clock` stand in for the settings' database and the real time.

    The database is expected to be at the newest migration; /health/ready says where it is not.
    """
    rules_in_force(settings)  # a wrong file of overrides stops the start, not the first question
    database = engine or open_engine(settings.database)
    api = create_api(__version__)
    remembered = AnswerCache(database)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        remembered.close()
        if engine is None:
            database.dispose()

    app = Application(
        title="Policy Tracker",
        version=__version__,
        openapi_url=None,
        redirect_slashes=False,  # such a redirect would name the Host that the client claims
        lifespan=lifespan,
        max_body_size=LARGEST_BODY,
    )
    app.front = _headers(settings)
    app.add_middleware(GZipMiddleware, minimum_size=1400, compresslevel=5)
    for part in (app, api):
        part.state.settings, part.state.engine, part.state.clock, part.state.remembered = (
            settings,
            database,
            clock,
            remembered,
        )
    app.state.pictures = Pictures()
    # the address that programs ask all day does not pass through the mounted application, whose
    # layers cost more than the answer
    app.router.routes.append(Route("/v1/codes/{code}", get_code, methods=["GET"]))
    app.include_router(probes)
    app.add_api_route("/v1", _reference, include_in_schema=False)
    app.mount("/v1", api)
    app.mount("/static", Assets(directory=ASSETS))
    app.include_router(pages)
    for kind in (InputError, NotFoundError, OperationalError, HTTPException, Exception):
        app.add_exception_handler(kind, _answer_error)
    return app


def serving() -> FastAPI:
    """The application under this process's settings; what the web server starts."""
    return create_app(process_settings())


def _headers(settings: Settings) -> dict[str, str]:
    if settings.public_url.startswith("https://"):
        return {**HEADERS, "strict-transport-security": f"max-age={ONE_YEAR}"}
    return HEADERS


async def _reference() -> Response:
    return RedirectResponse("/v1/docs")


async def _answer_error(request: Request, error: Exception) -> Response:
    """Below /v1 a problem (for addresses that the mounted API does not match as well), elsewhere a
    page.
    """
    if request.url.path.startswith(API):
        return await answer_problem(request, error)
    status = error.status_code if isinstance(error, HTTPException) else _status_of(error)
    page = error_page(request, status, error)
    if isinstance(error, HTTPException) and error.headers:
        page.headers.update(error.headers)
    return page


def _status_of(error: Exception) -> int:
    return next(
        (status for kind, status in _STATUS.items() if isinstance(error, kind)),
        HTTPStatus.INTERNAL_SERVER_ERROR,
    )
