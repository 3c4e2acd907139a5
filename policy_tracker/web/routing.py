"""How a page's route answers errors: as a page for people, with the status that fits."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from policy_tracker.errors import BusyError, InputError, NotFoundError
from policy_tracker.pages.sanitize import has_hidden
from policy_tracker.web.errors import error_page


class PageRoute(APIRoute):
    """A route of HTML pages: what is not found is a 404 page with suggestions, a wrong question a
    422 page; crashes go on.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with errors turned into pages."""
        handler = super().get_route_handler()

        async def answered(request: Request) -> Response:
            if any(has_hidden(str(value)) for value in request.path_params.values()):
                return await run_in_threadpool(error_page, request, HTTPStatus.NOT_FOUND)
            try:
                return await handler(request)
            except NotFoundError as error:
                return await run_in_threadpool(error_page, request, HTTPStatus.NOT_FOUND, error)
            except BusyError as error:
                return await run_in_threadpool(
                    error_page, request, HTTPStatus.SERVICE_UNAVAILABLE, error
                )
            except (InputError, RequestValidationError) as error:
                return await run_in_threadpool(
                    error_page, request, HTTPStatus.UNPROCESSABLE_ENTITY, error
                )

        return answered
