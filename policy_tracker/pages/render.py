"""The one Jinja environment of pages, static site, feeds and mails."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from policy_tracker.pages import formatting
from policy_tracker.pages.addresses import Addresses
from policy_tracker.pages.sanitize import visible, web_address
from policy_tracker.record.codes import describe_system
from policy_tracker.settings import Settings, today
from policy_tracker.settings import settings as process_settings

_HERE = Path(__file__).resolve().parent.parent


def templates_dir() -> Path:
    """Where the templates lie: inside the installed package, else beside it in a checkout."""
    packed = _HERE / "_templates"
    return packed if packed.is_dir() else _HERE.parent / "templates"


def _escapes(name: str | None) -> bool:
    """Everything is escaped but plain text mails; a template without a name is escaped too."""
    return name is None or not name.endswith(".txt")


@lru_cache(maxsize=8)
def environment(settings: Settings) -> Environment:
    """The environment that renders every template under one installation's settings.

    Every value is stripped of hidden characters (`visible`) and escaped for its format; a name that
    the context lacks is an error.
    """
    env = Environment(
        loader=FileSystemLoader(templates_dir()),
        autoescape=_escapes,  # noqa: S701 - off for plain text mails alone
        finalize=visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    given: dict[str, Any] = {
        "to": Addresses(),
        "show_descriptors": settings.show_descriptors,
        "public_url": settings.public_url,
        "time_zone": settings.time_zone,
        "words": formatting,
        "describe_system": describe_system,
    }
    env.globals.update(given)
    env.filters.update(
        local_day=lambda moment: today(settings, moment),
        plain_date=formatting.plain_date,
        long_date=formatting.long_date,
        iso_words=formatting.iso_words,
        position_words=formatting.position_words,
        logic_words=formatting.logic_words,
        quantity_words=formatting.quantity_words,
        span_words=formatting.span_words,
        place_words=formatting.place_words,
        sentence=formatting.sentence,
        joined=formatting.listed,
        counted=formatting.counted,
        number=formatting.number,
        edges=formatting.edges,
        web_address=web_address,
    )
    return env


def render(name: str, /, **context: object) -> str:
    """The template `name` rendered with `context`, under `context["settings"]` if it is there, else
    the process's settings.
    """
    given = context.pop("settings", None)
    return (
        environment(given if isinstance(given, Settings) else process_settings())
        .get_template(name)
        .render(**context)
    )
