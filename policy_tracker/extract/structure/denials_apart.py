"""Denials that stand alone in what a payer says in general of how it decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_tracker.documents.traced import UNPRINTED
from policy_tracker.extract.roles import decides
from policy_tracker.language.boilerplate import speaks_of_itself
from policy_tracker.language.coverage_terms import is_evidence, is_report
from policy_tracker.language.sentences import split_sentences
from policy_tracker.record.vocabulary import DENYING

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Block
    from policy_tracker.extract.payers.profile import Profile
    from policy_tracker.extract.structure.sections import HeadedPart

_FEW = 3
"""Sentences of a part that says no more than what it denies."""


def with_denials_apart(part: HeadedPart, profile: Profile) -> Iterator[HeadedPart]:
    """A part of unknown kind, cut where a paragraph of one sentence denies: what a payer says in
    general about how it decides ends "Lamps that no page names are considered unnecessary.".

    A few sentences behind background, under a name of their own, are coverage if they deny.
    """
    if _concludes_alone(part, profile):
        yield replace(part, kind="coverage")
        return
    begin = 0
    if part.kind == "other" and part.heading and profile.kind_of(part.heading) is None:
        for place, block in enumerate(part.blocks):
            if not _denies_alone(block):
                continue
            if place > begin:
                yield replace(part, blocks=part.blocks[begin:place])
            # the printed heading stays that of the rest, whose kind it has
            yield replace(
                part,
                kind="coverage",
                blocks=(block,),
                key=f"{part.key}-denied-{place}",
                title=UNPRINTED,
                heading_block=None,
            )
            begin = place + 1
    if begin < len(part.blocks) or not begin:
        yield replace(part, blocks=part.blocks[begin:])


def _concludes_alone(part: HeadedPart, profile: Profile) -> bool:
    """Whether a part only comes behind background, stands under none, and its few sentences end
    with a denial: "Data are few. Lamps are unproven.".
    """
    if part.kind != "background" or any(map(profile.kind_of, part.path)):
        return False
    prose = [block for block in part.blocks if block.table is None]
    if len(prose) != 1 or prose[0].kind != "paragraph" or prose[0].label:
        return False
    said = split_sentences(prose[0].text.strip())
    return 1 < len(said) <= _FEW and _denies(said[-1])


def _denies_alone(block: Block) -> bool:
    text = block.text.strip()
    return (
        block.kind == "paragraph"
        and not block.label
        and text.endswith(".")
        and len(split_sentences(text)) == 1
        and _denies(text)
    )


def _denies(text: str) -> bool:
    own = decides(text)
    return (
        own is not None
        and own[0] in DENYING
        and not (is_report(text) or is_evidence(text) or speaks_of_itself(text))
    )
