"""Errors below /v1 as RFC 9457 problems: one shape, a sentence that says what to do, and nothing of
what is inside.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from policy_tracker.errors import InputError, NotFoundError, PolicyTrackerError, QueryError

MEDIA_TYPE = "application/problem+json"
KINDS: dict[str, tuple[int, str, str]] = {
    "invalid-request": (
        422,
        "The request cannot be understood",
        "A parameter or a part of the body is unknown, repeated or malformed; `errors` names each.",
    ),
    "unknown-code": (
        404,
        "No record names this code",
        "The code has the form of a code, but no policy that is watched here names it.",
    ),
    "not-found": (404, "Not found", "There is no such policy, version, change, rule or address."),
    "method-not-allowed": (
        405,
        "This address does not answer that method",
        "The header `Allow` names the methods that it answers.",
    ),
    "too-large": (413, "The request is too large", "Send fewer questions at a time."),
    "internal": (
        500,
        "Something went wrong here",
        "The request was fine as far as we know. The server's log has the details.",
    ),
    "unavailable": (
        503,
        "The database does not answer",
        "Try again in a moment; the header `Retry-After` says when.",
    ),
}
"""Each kind of problem: its status, its title, and when it occurs.

The kind is the last part of a problem's `type`.
"""


class WrongPart(BaseModel):
    """One part of a request that is wrong."""

    model_config = ConfigDict(serialize_by_alias=True, populate_by_name=True)

    where: Annotated[
        Literal["path", "query", "body", "header"],
        Field(alias="in", description="the part of the request"),
    ]
    field: Annotated[
        str,
        Field(
            description="its name, with a dotted path inside a body",
            examples=["as_of", "questions[3].code"],
        ),
    ]
    reason: Annotated[
        str,
        Field(
            description="what is wrong with it",
            examples=["'2025-13-01' is not a day of the form YYYY-MM-DD"],
        ),
    ]


class Problem(BaseModel):
    """Why a request could not be answered (RFC 9457)."""

    type: Annotated[
        str,
        Field(
            description="address that documents this kind of problem",
            examples=["http://127.0.0.1:8000/v1/docs#problem-unknown-code"],
        ),
    ]
    title: Annotated[
        str,
        Field(
            description="the kind of problem in words; the same for all of a kind",
            examples=["No record names this code"],
        ),
    ]
    status: Annotated[int, Field(description="the HTTP status", examples=[404])]
    detail: Annotated[
        str,
        Field(
            description="what is the matter with this request",
            examples=["No record names 0692T (CPT, Category III)."],
        ),
    ]
    instance: Annotated[
        str, Field(description="the address asked for", examples=["/v1/codes/0692T"])
    ]
    errors: Annotated[
        tuple[WrongPart, ...] | None,
        Field(description="every part that is wrong, where the request is malformed"),
    ] = None


class UnknownCodeError(NotFoundError):
    """No record names a code."""


class MalformedError(QueryError):
    """Parts of a request are wrong; `parts` names each."""

    def __init__(self, parts: Sequence[WrongPart]) -> None:
        self.parts = tuple(parts)
        super().__init__(
            "; ".join(f"{part.field}: {part.reason}" for part in parts), parts[0].field
        )


def problem(
    kind: str, detail: str, *, instance: str, base: str, errors: Sequence[WrongPart] = ()
) -> Problem:
    """A problem of one of the `KINDS`; `base` is the public address of the installation."""
    status, title, _ = KINDS[kind]
    return Problem(
        type=f"{base}/v1/docs#problem-{kind}",
        title=title,
        status=status,
        detail=detail,
        instance=instance,
        errors=tuple(errors) or None,
    )


def told(error: PolicyTrackerError, *, instance: str, base: str) -> Problem:
    """The problem that one of our errors amounts to."""
    if isinstance(error, MalformedError):
        return malformed(error.parts, instance=instance, base=base)
    if isinstance(error, InputError):
        field = getattr(error, "field", None)
        parts = [WrongPart(where="query", field=field, reason=str(error))] if field else []
        return problem(
            "invalid-request", _sentence(str(error)), instance=instance, base=base, errors=parts
        )
    if isinstance(error, NotFoundError):
        kind = "unknown-code" if isinstance(error, UnknownCodeError) else "not-found"
        return problem(kind, _sentence(str(error)), instance=instance, base=base)
    return problem(
        "internal",
        "The request could not be answered because of a fault on our side.",
        instance=instance,
        base=base,
    )


def malformed(parts: Sequence[WrongPart], *, instance: str, base: str) -> Problem:
    """The problem of a request of which `parts` are wrong; the first few are named in its
    sentence.
    """
    detail = " ".join(_sentence(f"{part.field}: {part.reason}") for part in parts[:3])
    more = f" And {len(parts) - 3} more." if len(parts) > 3 else ""
    return problem("invalid-request", detail + more, instance=instance, base=base, errors=parts)


def wrong_part(fault: Mapping[str, Any]) -> WrongPart:
    """One fault of pydantic's, in our words; the value sent is not repeated unless its own check
    did so.
    """
    place, *path = fault["loc"]
    where: Any = place if place in ("path", "query", "body", "header") else "query"
    reason = str(fault["msg"]).removeprefix("Value error, ")
    return WrongPart(
        where=where, field=_dotted(path) or "body", reason=reason[:1].lower() + reason[1:]
    )


def _dotted(path: Sequence[object]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
