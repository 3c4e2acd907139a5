"""What is known of a payer itself: its name, and what it states for codes that none of its policies names."""

from typing import Annotated, Literal

from pydantic import Field

from policy_tracker.record.base import Value
from policy_tracker.record.content import Slug
from policy_tracker.record.source import Source
from policy_tracker.record.vocabulary import CodeSystem, CptKind, Position


class PayerDefault(Value):
    """The position that a payer states for codes which no policy of it lists, such as all unlisted Category III codes."""

    system: CodeSystem
    cpt_kind: CptKind | None = None
    position: Position
    text: str
    source: Source | None = None


class Payer(Value):
    """A payer. `fixture` marks an invented one, which pages and mails say wherever its name stands."""

    record: Literal[1]
    payer: Slug
    name: Annotated[str, Field(min_length=1, max_length=200)]
    homepage: Annotated[str, Field(pattern=r"^https?://")] | None = None
    fixture: bool = False
    defaults: tuple[PayerDefault, ...] = ()
