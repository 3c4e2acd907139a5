"""The forms of names and texts in a record."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

SLUG = r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$"
KEY = r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*$"
VERSION = r"^[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$"
STATE = r"^[A-Z]{2}$"
WEB_ADDRESS = r"^https?://[^\s]+$"
TOPIC = r"^[a-z][a-z0-9_]*$"
LOGIC = r"^(all_of|any_of|none_of|at_least:[1-9][0-9]?)$"

Slug = Annotated[str, Field(pattern=SLUG, max_length=120)]
"""A short name that can stand in an address: `cigna`, `mm-0300`."""
Key = Annotated[str, Field(pattern=KEY, max_length=400)]
"""A name within one version, with `/` for levels: `coverage/indication-1`."""
VersionLabel = Annotated[str, Field(pattern=VERSION, max_length=120)]
"""The name of a version: `2025-09-26`, `v7`."""
Text = Annotated[str, Field(min_length=1, max_length=200_000)]
State = Annotated[str, Field(pattern=STATE)]
WebAddress = Annotated[str, Field(pattern=WEB_ADDRESS, max_length=2000)]


def _known_logic(value: str) -> str:
    if re.fullmatch(LOGIC, value):
        return value
    message = f"{value!r} is not all_of, any_of, none_of or at_least:N (N from 1 to 99)"
    raise ValueError(message)


Logic = Annotated[str, AfterValidator(_known_logic), Field(json_schema_extra={"pattern": LOGIC})]
"""How children combine."""
