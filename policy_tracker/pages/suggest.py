"""Where a wrong address may have been meant to lead."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from policy_tracker.errors import CodeError, NotFoundError
from policy_tracker.pages.assemble import near_codes
from policy_tracker.pages.naming import PayerName, payer_of, version_label
from policy_tracker.record.codes import clean_code, system_of
from policy_tracker.store import queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlmodel import Session

    from policy_tracker.store.views import PolicyRow

_SHOWN = 5
_ALIKE = 0.45


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page that may have been meant: `parts` are what its address is made of."""

    kind: str
    parts: tuple[str, ...]
    text: str
    payer: PayerName | None = None


def suggestions(session: Session, path: str, today: date) -> tuple[Suggestion, ...]:
    """Pages near to an address that leads nowhere: the versions of its policy, policies with like
    names, codes that begin alike.
    """
    parts = [part for part in path.split("/") if part]
    if parts[:1] == ["codes"] and len(parts) > 1:
        return tuple(
            Suggestion("code", (code,), code) for code in near_codes(session, parts[1].upper()[:20])
        )
    if parts[:1] == ["policies"] and len(parts) > 3:
        versions = _versions(session, parts[1], parts[2], today)
        if versions:
            return versions
    wanted = "/".join(parts[1:3] if parts[:1] == ["policies"] else parts)
    codes = _as_code(session, parts[-1]) if parts else ()
    return (*codes, *_policies(session, wanted, today))


def _versions(session: Session, payer: str, policy: str, today: date) -> tuple[Suggestion, ...]:
    try:
        row = queries.get_policy(session, payer, policy, today)
    except NotFoundError:
        return ()
    found = queries.versions(session, row.id)[:_SHOWN]
    return tuple(
        Suggestion(
            "version",
            (payer, policy, version.version),
            f"{row.label}, {version_label(version.record)}",
            payer_of(row),
        )
        for version in found
    )


def _as_code(session: Session, text: str) -> tuple[Suggestion, ...]:
    try:
        code = clean_code(system_of(text), text)
    except CodeError:
        return ()
    known = [near for near in near_codes(session, code) if near == code]
    return tuple(Suggestion("code", (near,), near) for near in known)


def _policies(session: Session, wanted: str, today: date) -> tuple[Suggestion, ...]:
    ranked = _ranked(queries.list_policies(session, today).items, wanted.lower()[:200])
    return tuple(
        Suggestion("policy", (row.payer, row.policy), f"{row.label}, {row.title}", payer_of(row))
        for row in ranked
    )


def _ranked(rows: Sequence[PolicyRow], wanted: str) -> list[PolicyRow]:
    """The policies whose names are most like `wanted`."""
    scored = [
        (max(_likeness(wanted, name) for name in _names(row)), place, row)
        for place, row in enumerate(rows)
    ]
    return [
        row
        for score, _, row in sorted(scored, key=lambda item: (-item[0], item[1]))[:_SHOWN]
        if score >= _ALIKE
    ]


def _names(row: PolicyRow) -> tuple[str, ...]:
    return (f"{row.payer}/{row.policy}", row.policy, row.label.lower(), row.title.lower())


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
