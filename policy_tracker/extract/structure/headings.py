"""Which blocks are headings.

What the reader says, else bold, banners, capitals and known words, unless the words are those of a
sentence.
"""

from __future__ import annotations

import re

from policy_tracker.documents.blocks import Block
from policy_tracker.extract.payers.profile import Profile
from policy_tracker.extract.roles import decides
from policy_tracker.language.code_forms import CODE_ALONE
from policy_tracker.language.coverage_terms import special_role
from policy_tracker.language.sentences import split_sentences

LONGEST = 110
"""A heading has fewer characters than this."""
_LONGEST_MARKED = 240
"""One that the document itself marks as a heading may have more."""

_VERB = re.compile(
    r"\b(?:must|may|will|shall|should|can|is|are|was|were|has|have|had|does|do|requires?"
    r"|received|approved? "
    r"for|refer|see)\b"
    r"|\bof the following\b|\bthe following\b|^(?:AND|OR)\b|^approve\b",
)
_DOTS = re.compile(r"\.{4,}|(?:\. ){4,}|…")
_PHASE = re.compile(
    r"(?:initial|continuation|continuing|continued|renewal|re-?authorization|re-?approval"
    r"|subsequent)(?: "
    r"(?:of"
    r"|therapy|treatment|authorizations?|requests?|requirements?"
    r"|approvals?|criteria|coverage|for)){0,4}",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"[^a-z]*[A-Z][^a-z]*:?")
_VALUE = re.compile(
    r":\s*(?:(?:up to )?\d|(?:see|as) (?:below|above|listed|noted|follows)\b)|^\W*\d+\W*$",
    re.IGNORECASE,
)
CODES_ONLY = re.compile(
    rf"(?:[*†‡^]*{CODE_ALONE}[*†‡^]*(?:\s*\([A-Z/]{{1,6}}\))?(?:[\s,;–-]|(?:to|through|and)\b)*)+",
    re.IGNORECASE,
)
"""A line that holds codes and nothing else."""
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which|that|without|in whom)\b")
_LONGEST_QUESTION = 12
_FEW_WORDS, _LEAST_PROSE = 4, 8
_LONE_NOTE = re.compile(r"\W*notes?\W*", re.IGNORECASE)
_SHORT_LINE = re.compile(r"[A-Z0-9].{1,70}")


def is_sentence(text: str) -> bool:
    """Whether words read as a sentence or a lead-in rather than a heading."""
    plain = text.rstrip()
    return plain.endswith((".", ";", ",")) or (bool(_VERB.search(text)) and not plain.endswith("?"))


def is_heading(
    block: Block,
    following: Block | None,
    profile: Profile,
    *,
    announced: bool,
    listed: bool = False,
    among_names: bool = False,
) -> bool:
    """Whether a block is a heading.

    `following` is the block behind it; `announced` tells that it stands in a list that a lead-in
    ending with a colon began, where a short bold item is an item and no heading; `listed` that it
    stands in a table of contents, where only a heading that stands out is one; `among_names` that
    names like it stand before it.
    """
    text = block.text.strip()
    apart = announced or among_names
    if _LONE_NOTE.fullmatch(text) or _names_subject(block, following, announced=apart):
        return block.label is None
    longest = _LONGEST_MARKED if block.kind == "heading" else LONGEST
    if (
        block.kind in {"table", "note"}
        or len(text) > longest
        or not re.search(r"[^\W\d_]", text)
        or block.label_kind in {"bullet", "mark"}
    ):
        return False
    if (
        _DOTS.search(text)
        or _VALUE.search(text)
        or CODES_ONLY.fullmatch(text)
        or (listed and not _stands_out(block))
    ):
        return False
    known = profile.kind_of(text)
    if known and known[0] != "coverage" and _leads_in_decision(block):
        return False
    if known and (block.label is None or _stands_out(block)) and not (announced and block.label):
        return not (text.endswith((".", ";", ",")) and block.kind != "heading")
    if is_sentence(text) and not _is_marked_name(block):
        return False
    if block.kind == "heading" or block.style.banner or _leads_in_prose(block, following):
        return True
    if block.label is not None:
        return not announced and block.connector is None and _labelled(block, following)
    if text.endswith(":") and not _stands_out(block):
        return False
    return (
        (not announced and _asks(block, following))
        or block.style.bold == "all"
        or block.style.underlined
        or (not apart and _names_list(block, following))
        or bool(_CAPITALS.fullmatch(text) and len(text) > 4 and following is not None)
    )


def _asks(block: Block, following: Block | None) -> bool:
    """Whether a short question stands over its answer, in whatever type: "Is it covered?". One
    among questions is a criterion that they ask for.
    """
    text = block.text.strip()
    return (
        block.kind == "paragraph"
        and text.endswith("?")
        and text[:1].isupper()
        and len(text.split()) <= _LONGEST_QUESTION
        and following is not None
        and not following.text.rstrip().endswith("?")
        and len(split_sentences(text)) == 1
    )


def _leads_in_decision(block: Block) -> bool:
    """Whether a plain sentence before a list decides, whatever its first word is called elsewhere:
    "Evidence is lacking, and use is considered unproven, for:".
    """
    text = block.text.strip()
    plain = text.endswith(":") and not _stands_out(block)
    return plain and is_sentence(text) and decides(text) is not None


def _is_marked_name(block: Block) -> bool:
    """Whether the document itself marks a few words as a heading that have a verb, and decide
    nothing: "Codes you may use".
    """
    text = block.text.strip()
    return (
        block.kind == "heading"
        and text[-1:].isalnum()
        and len(text.split()) < _LEAST_PROSE
        and decides(text) is None
        and special_role(text) is None
    )


def _leads_in_prose(block: Block, following: Block | None) -> bool:
    """Whether a word or two before a colon stand over prose: "Inclusions:" above a sentence that
    has a list of its own.
    """
    text = block.text.rstrip()
    return (
        block.label is None
        and text.endswith(":")
        and len(text.split()) <= _FEW_WORDS
        and not _VERB.search(text)
        and following is not None
        and following.kind == "paragraph"
        and following.label is None
        and len(following.text.split()) > _LEAST_PROSE
        and decides(following.text) is not None
    )


def _names_list(block: Block, following: Block | None) -> bool:
    """Whether a line without a verb or an end stands right over labelled items as their name."""
    text = block.text.rstrip()
    return (
        block.kind == "paragraph"
        and ":" not in text
        and text[:1].isupper()
        and following is not None
        and following.label is not None
        and following.label_kind != "mark"
        and following.indent > block.indent
        and re.search(r"[^\W\d_]\)?$", text) is not None
        and special_role(text) is None
        and decides(text) is None
    )


def _names_subject(block: Block, following: Block | None, *, announced: bool) -> bool:
    """Whether a line without a verb of its own names whom or what the decision below it is about:
    "Adults with fever who cannot swallow".
    """
    text = block.text.rstrip()
    return (
        not announced
        and block.label is None
        and ":" not in text
        and block.kind in {"paragraph", "heading"}
        and len(text) <= _LONGEST_MARKED
        and re.search(r"[^\W_]\)?$", text) is not None
        and text[:1].isupper()
        and not is_sentence(_RELATIVE.split(text)[0])
        and following is not None
        and following.kind == "paragraph"
        and following.label is None
        and len(following.text.split()) > _LEAST_PROSE
        and special_role(text) is None
        and decides(split_sentences(following.text)[0]) is not None
    )


def _stands_out(block: Block) -> bool:
    style = block.style
    return (
        block.kind == "heading"
        or style.bold == "all"
        or style.banner
        or style.underlined
        or bool(_CAPITALS.fullmatch(block.text))
    )


def _labelled(block: Block, following: Block | None) -> bool:
    """A numbered heading: "A.

    Asthma" in bold, "1. Initial authorization", or a short name before something that is no
    sibling.
    """
    if _PHASE.fullmatch(block.text.rstrip(" :")):
        return True
    if following is None or (block.text.endswith(":") and not _stands_out(block)):
        return False
    sibling = following.label_kind == block.label_kind and abs(following.indent - block.indent) < 9
    if sibling:
        return False
    return _stands_out(block) or (
        bool(_SHORT_LINE.fullmatch(block.text))
        and following.kind == "paragraph"
        and following.style.bold != "all"
        and following.indent >= block.indent
    )
