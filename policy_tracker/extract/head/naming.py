"""The title of a policy: behind a label, in the largest type, beside its number, the first heading
or line that names a subject; and where the text speaks of none of these, the words of the head of
which it does.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policy_tracker.extract.head.identity import title_in
from policy_tracker.extract.head.printed_names import first_subject, largest_title
from policy_tracker.extract.head.subjects import is_only_a_name, spoken_text, subject_of, times_told
from policy_tracker.extract.head.title_forms import is_heading
from policy_tracker.extract.head.titles import is_no_title
from policy_tracker.extract.head.wrapped_titles import repeated_whole, whole_title
from policy_tracker.language.lexicon import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_tracker.documents.blocks import Block, Document, Line
    from policy_tracker.extract.head.identity import Identity
    from policy_tracker.extract.head.printed_names import PrintedName

_KIND = (
    r"^[\d.]+$|^history$"
    r"|^(?:(?:corporate|commercial|medicare|medical|clinical|drug|pharmacy|coverage|payment"
    r"|reimbursement) "
    r"?)+(?:policy|policies"
    r"|guidelines?|criteria|bulletin)?$"
)
_CONTENTS = ".."
"""The leaders of a table of contents."""
_BETWEEN = re.compile(r"\S\s[•·▪|]\s\S")
"""What stands between the entries of a menu on one line."""
_LEAST_TITLE = 12.5
_LONGEST_TITLE = 200
_LOWEST = 9
"""The level of a heading that the document does not tell."""
_LEAST_PROSE = 8
"""Words of a paragraph below which stands no title any more."""
_LONGEST_HEADING = 5
"""Words of a heading of the body; a longer one can be the title of a policy on what it names."""


def title_of(
    document: Document, identity: Identity, beside: PrintedName, payer: str
) -> tuple[str, Sequence[Line | Block]]:
    """The title of a document, and the lines or the block that print it where no label does.

    `identity` is what stands behind labels, `beside` what the first lines print without.
    """
    whole = repeated_whole(document, payer)
    if (
        identity.title
        and len(identity.title) < _LONGEST_TITLE
        and _CONTENTS not in identity.title
        and not _BETWEEN.search(identity.title)
        and not is_no_title(identity.title, identity.number, payer)
        and not whole.text.startswith(identity.title)
    ):
        return _without_number(whole_title(identity.title, document), identity.number), ()
    if whole.text:
        return _bare(whole.text, identity.number), whole.lines
    title, printed = _printed_title(document, beside, payer)
    title = _bare(title, identity.number)
    within = identity.number is not None and identity.number in title.split()
    return _told_title(title, printed, document, payer, doubtful=within)


def _bare(title: str, number: str | None) -> str:
    """A title without the policy's number at its ends, and without the kind of document before a
    colon: "Technology Assessment: Wrist Lamps (QX_7)".
    """
    words = title
    if number:
        own = re.escape(number)
        words = re.sub(rf"\s*[(\[|–—:-]+\s*{own}[)\]]?$|^{own}\s*[|–—:-]*\s+", "", words)
    kind, _, rest = words.partition(": ")
    named = rest and all(part[0].isupper() for part in rest.split()[:1])
    return rest if named and _kinds().fullmatch(kind) else words


def _without_number(title: str, number: str | None) -> str:
    """A title behind its label without the number that closes the line."""
    rest = title.removesuffix(f" {number}") if number and not number.isdigit() else title
    return rest.strip(" –—-|") or title


@cache
def _kinds() -> re.Pattern[str]:
    """Words for kinds of text, the last of them what a policy calls itself."""
    words = f"{joined('letterheads', 'kind_in_title')}|{joined('letterheads', 'kind_of_text')}"
    nouns = f"{joined('letterheads', 'document')}|assessments?"
    return re.compile(rf"(?:(?:{words})[\s/]+)*(?:{nouns})", re.IGNORECASE)


def _printed_title(
    document: Document, beside: PrintedName, payer: str
) -> tuple[str, Sequence[Line | Block]]:
    """A title that no label announces, and what prints it: the largest type, the words beside the
    number, the first heading, the first line that names a subject.
    """
    large = largest_title(document, _LEAST_TITLE, _KIND, payer)
    if large and not is_no_title(title_in(large), None, payer):
        return title_in(large), large
    if beside.title:
        return beside.title, beside.lines
    first = None if large else _first_heading(document, payer)
    if first and first.kind == "heading" and not is_no_title(first.text, None, payer):
        return first.text[:_LONGEST_TITLE], [first]
    if lines := first_subject(document, payer):
        return title_in(lines), lines
    if large:
        return title_in(large), large
    return (first.text[:_LONGEST_TITLE], [first]) if first else ("", [])


def _told_title(
    title: str, printed: Sequence[Line | Block], document: Document, payer: str, *, doubtful: bool
) -> tuple[str, Sequence[Line | Block]]:
    """The title, or where it names no subject or the text does not speak of it, the words of the
    head of which the text does.
    """
    doubtful = (
        doubtful
        or is_no_title(title, None, payer)
        or _CONTENTS in title
        or (is_heading(title) and len(title.split()) <= _LONGEST_HEADING)
    )
    own = _is_named_by_file(title, document.title or "")
    told = times_told(title, spoken_text(document))
    office = is_only_a_name(title, document)
    common = " " in title or title.lower() in document.text  # a name alone may be the payer's
    if not doubtful and (own or (told and common and not office)):
        return title, printed
    subject = subject_of(document, payer)
    if subject is None or (not doubtful and told >= subject.told):
        return title, printed
    return whole_title(subject.title, document), [subject.printed]


def _is_named_by_file(title: str, name: str) -> bool:
    """Whether the file's own title has a title in it, or is a part of it in several words."""
    one, other = title.strip().lower(), name.strip().lower()
    return bool(one) and (one in other or (" " in other and other in one))


def _is_prose(block: Block) -> bool:
    return block.kind == "paragraph" and len(block.text.split()) >= _LEAST_PROSE


def _first_heading(document: Document, payer: str) -> Block | None:
    """The first heading of the highest level that can be a title and stands above all prose, else
    the first such heading or block: what a document without a head begins with.
    """
    blocks = [block for block in document.blocks if block.table is None and block.text.strip()]
    headings = [block for block in blocks[:15] if block.kind == "heading"]
    highest = min((block.heading_level or _LOWEST for block in headings), default=_LOWEST)
    heads = [one for one in headings if (one.heading_level or _LOWEST) == highest]
    prose = next((one for one in blocks if _is_prose(one)), None)
    above = blocks.index(prose) if prose else len(blocks)
    named = (
        one for one in heads if blocks.index(one) < above and not is_no_title(one.text, None, payer)
    )
    first = next(named, None) or next(iter(heads), None)
    return first or (blocks[0] if blocks else None)
