"""Whose authorization a sentence asks for: the codes that it names itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policy_tracker.errors import CodeError
from policy_tracker.record import CodeRef, Statement
from policy_tracker.record.content import Authorization
from policy_tracker.record.ranges import numeric_members

_EXCEPTS = re.compile(
    r"\b(?:except\w*|other than|unless|exclud\w*|exempt\w*|not (?:listed|named)|apart from"
    r"|but not)\b",
    re.IGNORECASE,
)
"""With such words the codes may be those for which the sentence does not hold."""


def with_named_codes(
    worded: Iterable[Authorization],
    listed: Iterable[Authorization],
    statements: Sequence[Statement],
) -> tuple[Authorization, ...]:
    """The entries that sentences word, with the codes that these name, and those of lists without
    the codes of which a sentence says the same: one requirement is one entry.
    """
    named = {one.key: _named(one) for one in statements if one.role == "prior_auth"}
    found = [
        entry.model_copy(update={"codes": named[entry.statement]})
        if entry.statement and not entry.codes and named.get(entry.statement)
        else entry
        for entry in worded
    ]
    told = {(entry.requirement, code) for entry in found for code in entry.codes}
    left = (
        entry.model_copy(
            update={"codes": tuple(c for c in entry.codes if (entry.requirement, c) not in told)}
        )
        for entry in listed
    )
    return (*found, *dict.fromkeys(entry for entry in left if entry.codes))


def _named(statement: Statement) -> tuple[CodeRef, ...]:
    """The codes of a sentence, those of its ranges too; none where it may except them."""
    if _EXCEPTS.search(statement.text):
        return ()
    codes = [CodeRef(system=code.system, code=code.code) for code in statement.codes]
    for span in statement.ranges:
        try:
            members = numeric_members(span)
        except CodeError:
            return ()
        codes += [CodeRef(system=span.system, code=code) for code in members]
    return tuple(dict.fromkeys(codes))
