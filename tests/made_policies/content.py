"""What a made policy says, before it is put into the words of a payer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["approve", "open", "deny_when", "deny_list", "deny_plain", "unless", "renew", "rest"]
"""What a rule does: approve under criteria, approve without saying how these combine, deny in named
circumstances, deny named uses, deny an indication, deny unless criteria are met, approve a further
course, deny the rest.
"""


@dataclass(frozen=True)
class Leaf:
    """One criterion, circumstance or use; `quantity` is what its number means."""

    text: str
    quantity: dict[str, str | int] | None = None


@dataclass(frozen=True)
class Group:
    """Criteria that combine: `all_of`, `any_of`, `at_least:N`, or nobody knows how (None)."""

    connector: str | None
    members: tuple[Leaf | Group, ...]


@dataclass(frozen=True)
class Rule:
    """One sentence about coverage, with the list that it governs where it has one."""

    kind: Kind
    indication: str
    group: Group | None = None


@dataclass(frozen=True)
class Code:
    """A printed code, or a range of them where `last` is given."""

    system: str
    code: str
    about: str
    last: str | None = None


@dataclass(frozen=True)
class Content:
    """Everything that one made policy says."""

    number: str
    subject: str
    rules: tuple[Rule, ...]
    headed: bool
    sessions: int
    months: int
    documents: tuple[str, ...]
    approved: tuple[Code, ...]
    denied: tuple[Code, ...]
    diagnoses: tuple[Code, ...]
    dates: dict[str, date]
    changes: tuple[tuple[date, str, str], ...]
    columns: tuple[str, ...]
    described: str
    background: tuple[str, ...]
    references: tuple[str, ...]
    disclaimers: tuple[str, ...]
