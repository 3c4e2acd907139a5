"""Routes that refuse what they do not know: a misspelt parameter would otherwise be ignored, and
the answer be that of another question.
"""

from collections.abc import Callable, Coroutine, Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.datastructures import QueryParams
from starlette.responses import Response

from policy_tracker.api.problems import MalformedError, WrongPart


def refuse_unknown(given: QueryParams, known: Iterable[str]) -> None:
    """Raise MalformedError for parameters that are not `known`, with the nearest known name, and
    for those given more than once.
    """
    names = sorted(known)
    parts = [_unknown(name, names) for name in given if name not in names]
    parts += [
        WrongPart(where="query", field=name, reason="is given more than once")
        for name in given
        if name in names and len(given.getlist(name)) > 1
    ]
    if parts:
        raise MalformedError(parts)


def _unknown(name: str, known: list[str]) -> WrongPart:
    near = get_close_matches(name, known, n=1)
    hint = (
        f"; did you mean {near[0]}?"
        if near
        else f"; known are {', '.join(known)}"
        if known
        else "; this address has none"
    )
    return WrongPart(
        where="query", field=name[:80], reason=f"is no parameter of this address{hint}"
    )


def _query_names(dependant: Dependant) -> Iterator[str]:
    """The names of the query's parameters, those of dependencies too."""
    yield from (field.alias for field in dependant.query_params)
    for needed in dependant.dependencies:
        yield from _query_names(needed)


class StrictRoute(APIRoute):
    """A route that answers 422 where the query has an unknown or a repeated parameter."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler that FastAPI makes, behind the check of names."""
        handle = super().get_route_handler()
        known = frozenset(_query_names(self.dependant))

        async def strict(request: Request) -> Response:
            refuse_unknown(request.query_params, known)
            return await handle(request)

        return strict
