"""What all values of a record share."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


class Value(BaseModel):
    """A frozen value: unknown fields are refused, and equal content means equal value.

    The text under a field is its description, in the JSON Schema too.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        serialize_by_alias=True,
        str_strip_whitespace=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
    )


Number = Annotated[float, Field(strict=True, ge=-1e15, le=1e15)]
"""A number that is written as one: neither `true` nor `"12"` is; 15 digits are what every reader of
JSON keeps.
"""
Whole = Annotated[int, Field(strict=True, ge=-(2**53), le=2**53)]
"""A whole number that is written as one."""
Flag = Annotated[bool, Field(strict=True)]
"""`true` or `false`, and nothing that merely resembles them."""


def _known_version(value: object) -> object:
    if type(value) is not int:  # a literal takes True and 1.0 for 1
        message = "the version of the format is the number 1"
        raise ValueError(message)
    return value


FormatVersion = Annotated[Literal[1], BeforeValidator(_known_version)]
"""The version of the record format."""
