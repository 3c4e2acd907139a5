"""HTML pages for people, htmx partials, feeds: `router` holds them all."""

from importlib import import_module
from pkgutil import iter_modules

from fastapi import APIRouter

__all__ = ["router"]


def _routers() -> list[APIRouter]:
    """The `router` of every module of this folder that has one, by the modules' names; no two
    answer the same address.
    """
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return [
        module.router
        for module in modules
        if isinstance(getattr(module, "router", None), APIRouter)
    ]


router = APIRouter()
for _part in _routers():
    router.include_router(_part)
