"""The OpenAPI document: what FastAPI derives from the routes, with problems, examples and full
addresses.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from policy_tracker.api.problems import KINDS, MEDIA_TYPE, Problem

PREFIX = "/v1"
DESCRIPTION = """What payers' medical policies say of a code, which version governs on a day and why, and what changed.

Every answer says what it rests on: the governing version, why it governs, what its record was made from (`source_kind`),
and up to which entry of the journal the answer counts (`known.sequence`). A field that is null or absent means "not stated", never "no".
Errors are `application/problem+json` (RFC 9457). Answers carry a strong `ETag`; send it back as `If-None-Match`.
An unknown or repeated parameter is refused."""  # noqa: E501
TAGS = [
    {"name": "Codes", "description": "Coverage of a code as of a day."},
    {"name": "Policies", "description": "Policies and their versions."},
    {"name": "Changes", "description": "What changed, and what it means."},
    {"name": "Rules", "description": "How changes are named and weighed."},
]
_KIND_OF = {404: "not-found", 422: "invalid-request", 413: "too-large"}
_EXAMPLES = Path(__file__).with_name("examples.json")


def problems_of(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What FastAPI is told of an address besides its answer: not modified, and the problems it may
    have.
    """
    responses: dict[int | str, dict[str, Any]] = {
        304: {"description": "Not modified: what `If-None-Match` names is still the answer"}
    }
    for status in (*statuses, 500, 503):
        kind = _KIND_OF.get(status) or next(
            kind for kind, (of, _, _) in KINDS.items() if of == status
        )
        responses[status] = {
            "description": KINDS[kind][1],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return responses


def examples() -> dict[str, Any]:
    """For each operation an answer as it was given for the curated records."""
    return orjson.loads(_EXAMPLES.read_bytes())


def document(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of `api`, with addresses from the root of the site."""
    made = get_openapi(
        title="Policy Tracker",
        version=api.version,
        summary="Coverage policies of health payers, version by version",
        description=DESCRIPTION,
        tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        routes=api.routes,
        separate_input_output_schemas=api.separate_input_output_schemas,
    )
    _, shared = models_json_schema(
        [(Problem, "serialization")], ref_template="#/components/schemas/{model}"
    )
    made["components"]["schemas"].update(shared["$defs"])
    for unused in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(unused, None)
    given = examples()
    for operations in made["paths"].values():
        for operation in operations.values():
            _complete(operation, given)
    made["paths"] = {PREFIX + path: operations for path, operations in made["paths"].items()}
    return made


def _complete(operation: dict[str, Any], given: dict[str, Any]) -> None:
    """Add the example, and the headers that every answer has."""
    answer = operation["responses"]["200"]
    answer["description"] = operation["summary"]
    example = given.get(operation["operationId"])
    if example is not None:
        answer["content"]["application/json"]["example"] = example
    text = {"schema": {"type": "string"}}
    answer["headers"] = {
        "ETag": {"description": "changes exactly when the answer does", **text},
        "Cache-Control": {"description": "keep it if you like, but ask again each time", **text},
    }


@lru_cache(maxsize=4)
def document_bytes(api: FastAPI) -> bytes:
    """The document as JSON, made once per application."""
    return orjson.dumps(document(api))
