"""What is wrong with a value, in plain words: the validation library's findings, said to somebody
who edits a record.
"""

from __future__ import annotations

import difflib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from policy_tracker.language.formatting import beginning
from policy_tracker.record import texts

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

_PATTERNS = {
    texts.SLUG: "a short name: lower-case letters and digits, joined by single - _ or .",
    texts.KEY: "a key: lower-case words and digits joined by -, levels divided by /",
    texts.VERSION: "a version's name: letters and digits, joined by single - _ or .",
    texts.STATE: "a state: two capital letters",
    texts.WEB_ADDRESS: "a web address that begins with http:// or https://",
    texts.TOPIC: "one word in lower case",
    r"^[A-Z0-9]{2}$": "a modifier: two capital letters or digits",
    r"^[0-9]{2}$": "a place of service: two digits",
    r"^0[0-9]{3}$": "a revenue code: a zero and three digits",
    r"^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$": "a date of the form YYYY-MM-DD or YYYY-MM",
}
_WANTED = {
    "string_type": "a text",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "fields with values",
    "model_type": "fields with values",
    "model_attributes_type": "fields with values",
}
FORMER_FIELDS = {"edition": "version"}
"""What a field was called in records written before, and what it is called now."""
_COUNTS = {"greater_than_equal": "at least", "less_than_equal": "at most"}


def shown(value: object) -> str:
    """A value as a reason shows it: short, quoted, on one line."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "fields with values"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return beginning(text)


def reason_of(error: ErrorDetails, model: type[BaseModel]) -> str:
    """The reason of one finding on data that should have become `model`, without a full stop."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return _unknown_field(error, model)
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        return f"{shown(value)} is not one of {context['expected'].replace(chr(39), '')}"
    if kind == "string_pattern_mismatch":
        return f"{shown(value)} is not {_PATTERNS.get(context['pattern'], 'of the form ' + context['pattern'])}"  # noqa: E501
    if kind in _WANTED:
        advice = (
            ": put it in quotes"
            if kind == "string_type" and isinstance(value, (int, float))
            else ""
        )
        return f"{_WANTED[kind]} is wanted, not {shown(value)}{advice}".replace(
            "values is", "values are"
        )
    return (
        _too_much_or_little(kind, value, context) or f"{error['msg'][:1].lower()}{error['msg'][1:]}"
    )


def _too_much_or_little(kind: str, value: object, context: dict[str, object]) -> str | None:
    if kind in _COUNTS:
        limit = float(str(context.get("ge", context.get("le"))))
        return f"{shown(value)} is not {_COUNTS[kind]} {limit:g}"
    if kind == "string_too_short":
        return "is empty: leave the field out where nothing is stated"
    if kind == "string_too_long":
        return f"is longer than {context['max_length']} characters"
    if kind in ("too_short", "too_long"):
        limit = (
            f"at least {context['min_length']}"
            if kind == "too_short"
            else f"at most {context['max_length']}"
        )
        return f"has {context['actual_length']} entries, not {limit}"
    return None


def _unknown_field(error: ErrorDetails, model: type[BaseModel]) -> str:
    if now := FORMER_FIELDS.get(str(error["loc"][-1])):
        return (
            f"is called {now} now; `python -m scripts.rename_fields PATH` renames it in all "
            f"records below PATH"
        )
    known = _fields_at(model, tuple(step for step in error["loc"][:-1] if isinstance(step, str)))
    near = difflib.get_close_matches(str(error["loc"][-1]), known, n=1)
    return f"is an unknown field; did you mean {near[0]}?" if near else "is an unknown field"


@lru_cache(maxsize=512)
def _fields_at(model: type[BaseModel], names: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that may stand below `names` (list positions left out), asked of the model's JSON
    Schema.
    """
    schema = model.model_json_schema()
    node = schema
    for name in names:
        node = _resolved(node, schema)
        node = node.get("properties", {}).get(name) or node.get("additionalProperties") or {}
    return tuple(_resolved(node, schema).get("properties", {}))


def _resolved(node: object, schema: dict[str, Any]) -> dict[str, Any]:
    """The object schema that `node` stands for: through references, lists and "or nothing"."""
    while isinstance(node, dict):
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        elif "items" in node:
            node = node["items"]
        elif "anyOf" in node:
            node = next((option for option in node["anyOf"] if option.get("type") != "null"), {})
        else:
            return node
    return {}
