"""What a subscription can be about, and what a change is about: matching is that the one is among
the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from policy_tracker.errors import CodeError, InputError
from policy_tracker.record.codes import clean_code, system_of

if TYPE_CHECKING:
    from policy_tracker.rules.changes import Change, Comparison

Kind = Literal["everything", "payer", "policy", "code"]
_SLUG = r"[a-z0-9]+(?:[-_.][a-z0-9]+)*"
_PAYER = re.compile(_SLUG)
_POLICY = re.compile(rf"({_SLUG})/({_SLUG})")
LONGEST = 260


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter that can be followed; `value` is "" (everything), `cigna`, `cigna/mm-0300`, or
    `CPT:0691T`.
    """

    kind: Kind
    value: str = ""

    @property
    def text(self) -> str:
        """The spelling under which it is stored and matched: `code:CPT:0691T`."""
        return f"{self.kind}:{self.value}" if self.value else self.kind


EVERYTHING = Topic("everything")


def read_topic(kind: str, value: str = "") -> Topic:
    """The topic that a person chose; a code may be typed in any case, with its system (`CPT:0691T`)
    or without.

    Raises InputError where it is none. Whether a payer or policy is held here is not asked.
    """
    value = value.strip()
    if len(value) > LONGEST:
        message = "That is too long to be a payer, policy or code."
        raise InputError(message)
    if kind == "everything":
        return EVERYTHING
    if kind == "payer" and _PAYER.fullmatch(value):
        return Topic("payer", value)
    if kind == "policy" and _POLICY.fullmatch(value):
        return Topic("policy", value)
    if kind == "code":
        return _code_topic(value)
    message = (
        f"{value!r} is not a {kind}."
        if kind in ("payer", "policy")
        else "One can follow everything, a payer, a policy or a code."
    )
    raise InputError(message)


def parse_topic(text: str) -> Topic:
    """The topic of its stored spelling. Raises InputError."""
    kind, _, value = text.partition(":")
    return read_topic(kind, value)


def _code_topic(value: str) -> Topic:
    system, colon, code = value.partition(":")
    try:
        if not colon:
            code, system = value, system_of(value)
        return Topic("code", f"{system.upper()}:{clean_code(system.upper(), code)}")  # ty: ignore[invalid-argument-type]
    except (CodeError, KeyError) as error:
        message = f"{value!r} does not have the form of a code, as 0691T, J1234 or M81.0 have."
        raise InputError(message) from error


def topics_of(comparison: Comparison) -> frozenset[Topic]:
    """What somebody may follow who wants to know of any change of this policy: everything, its
    payer, the policy itself.
    """
    return frozenset(
        {
            EVERYTHING,
            Topic("payer", comparison.payer),
            Topic("policy", f"{comparison.payer}/{comparison.policy}"),
        }
    )


def codes_of(comparison: Comparison) -> frozenset[Topic]:
    """The single codes that a comparison concerns, as topics; of the members of ranges see
    `concerns`.
    """
    return frozenset(
        Topic("code", f"{ref.system}:{ref.code}")
        for one in comparison.concerned
        for ref in one.codes
    )


def systems_of_ranges(comparison: Comparison) -> frozenset[str]:
    """The code systems of which a comparison concerns ranges."""
    return frozenset(span.system for one in comparison.concerned for span in one.spans)


def concerns(comparison: Comparison, topic: Topic) -> bool:
    """Whether somebody who follows a topic wants to know of a comparison: of a code, if the answer
    about it differs.
    """
    if topic.kind != "code":
        return topic in topics_of(comparison)
    system, _, code = topic.value.partition(":")
    return comparison.touches(system, code)


def changes_for(comparison: Comparison, topic: Topic) -> tuple[Change, ...]:
    """The changes of a comparison that somebody who follows a topic wants to know of, among those
    that can decide a claim.
    """
    if topic.kind == "code":
        system, _, code = topic.value.partition(":")
        return comparison.changes_for(system, code)
    return (
        tuple(change for change in comparison.changes if change.substantive)
        if concerns(comparison, topic)
        else ()
    )
