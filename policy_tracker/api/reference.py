"""The reference page of the API: the OpenAPI document in the site's own dress, without a script and
without asking another host.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

from policy_tracker.api.openapi import DESCRIPTION, PREFIX, TAGS, document
from policy_tracker.api.problems import KINDS
from policy_tracker.pages.render import environment

if TYPE_CHECKING:
    from fastapi import FastAPI

    from policy_tracker.settings import Settings


Spans = tuple[tuple[str, bool], ...]
"""Text in pieces, and of each whether it is code."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address: where it stands, its type in words and what it says."""

    name: str
    place: str
    required: bool
    type: str
    text: Spans


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with its method, its parameters and an example of its answer."""

    id: str
    method: str
    path: str
    summary: str
    text: Spans
    parameters: tuple[Parameter, ...]
    body: str | None
    problems: tuple[str, ...]
    request: str
    example: str | None


@dataclass(frozen=True, slots=True)
class TagOperations:
    """The operations of one tag."""

    name: str
    text: str
    operations: tuple[Operation, ...]


@lru_cache(maxsize=4)
def reference_page(api: FastAPI, settings: Settings) -> str:
    """The page as HTML."""
    problems = [
        (kind, status, title, spans_of(when)) for kind, (status, title, when) in KINDS.items()
    ]
    template = environment(settings).get_template("pages/api_reference.html")
    return template.render(
        nav="",
        paragraphs=[spans_of(part) for part in DESCRIPTION.split("\n\n")],
        parts=parts_of(document(api)),
        problems=problems,
        document=f"{PREFIX}/openapi.json",
    )


def spans_of(text: str) -> Spans:
    """What stands between backquotes is code."""
    return tuple((piece, bool(place % 2)) for place, piece in enumerate(text.split("`")) if piece)


def parts_of(made: dict[str, Any]) -> tuple[TagOperations, ...]:
    """What the page shows of an OpenAPI document."""
    operations = [
        (spec["tags"][0], _operation(made, path, method, spec))
        for path, methods in made["paths"].items()
        for method, spec in methods.items()
    ]
    return tuple(
        TagOperations(
            tag["name"],
            tag["description"],
            tuple(one for of, one in operations if of == tag["name"]),
        )
        for tag in TAGS
    )


def _operation(made: dict[str, Any], path: str, method: str, spec: dict[str, Any]) -> Operation:
    given = spec["responses"]["200"].get("content", {}).get("application/json", {}).get("example")
    body = spec.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Operation(
        id=spec["operationId"].replace("_", "-"),
        method=method.upper(),
        path=path,
        summary=spec["summary"],
        text=spans_of(spec["description"]),
        parameters=tuple(_parameter(made, one) for one in spec.get("parameters", ())),
        body=_pretty(body["example"]) if "example" in body else None,
        problems=tuple(status for status in spec["responses"] if status.startswith(("4", "5"))),
        request=_request(path, spec, made),
        example=_pretty(given) if given is not None else None,
    )


def _request(path: str, spec: dict[str, Any], made: dict[str, Any]) -> str:
    """The address with the examples of its parameters filled in."""
    query = []
    for one in spec.get("parameters", ()):
        example = one.get("example") or next(
            (each["value"] for each in one.get("examples", {}).values()), None
        )
        if example is None:
            continue
        if one["in"] == "path":
            path = path.replace("{" + one["name"] + "}", str(example))
        else:
            query.append(f"{one['name']}={example}")
    return path + ("?" + "&".join(query) if query else "")


def _parameter(made: dict[str, Any], spec: dict[str, Any]) -> Parameter:
    return Parameter(
        spec["name"],
        spec["in"],
        spec.get("required", False),
        _type(made, spec["schema"]),
        spans_of(spec.get("description", "")),
    )


def _type(made: dict[str, Any], schema: dict[str, Any]) -> str:
    """A schema in words: `day`, `one of initial, continuation`, `1 to 200`."""
    if "$ref" in schema:
        return _type(made, made["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return " or ".join(_type(made, one) for one in schema["anyOf"] if one.get("type") != "null")
    if "enum" in schema:
        return "one of " + ", ".join(str(value) for value in schema["enum"])
    default = f", otherwise {schema['default']}" if "default" in schema else ""
    if schema.get("type") == "integer" and "maximum" in schema:
        return f"number from {schema['minimum']} to {schema['maximum']}{default}"
    formats = {"date": "day (YYYY-MM-DD)", "date-time": "instant (RFC 3339)"}
    return formats.get(schema.get("format", ""), "text") + default


def _pretty(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
