"""A page of a version's document as people see it: its picture, with a passage marked, and the
passage's words beside it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_tracker.errors import NotFoundError
from policy_tracker.isolation.page_image import LOOK
from policy_tracker.pages.marking import PageLink, mark_in, passage_of
from policy_tracker.pages.naming import PayerName, payer_of, policy_label, version_label
from policy_tracker.pages.sanitize import web_address
from policy_tracker.store import queries
from policy_tracker.store.documents import document_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from policy_tracker.isolation.page_image import Marks, PageImage
    from policy_tracker.pages.marking import MarkedPassage
    from policy_tracker.record.content import Record
    from policy_tracker.store.documents import StoredDocument

PDF = "application/pdf"
HIGHEST_PAGE = 100_000
"""No record names a page beyond it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A page that was asked for: of the document of which record, which page, with what marked;
    `why_not` is why there is no picture.

    `at` is the record in addresses: a version's payer, policy and version, or the number of a
    reading that is not published.
    """

    at: tuple[str, ...]
    record: Record
    payer: PayerName
    document: StoredDocument | None
    number: int
    passage: MarkedPassage | None
    mark: Mapping[str, str]
    why_not: str | None

    @property
    def marks(self) -> Marks | None:
        """What to mark on it."""
        return self.passage.marks_on(self.number) if self.passage else None


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Everything that the page about a document's page shows; `picture` is None where there is
    none, for `why_not`.
    """

    payer: PayerName
    at: tuple[str, ...]
    label: str
    title: str
    version: str
    number: int
    mark: Mapping[str, str]
    passage: MarkedPassage | None
    here: bool
    elsewhere: tuple[PageLink, ...]
    picture: PageImage | None
    alt: str
    why_not: str | None
    file: str | None
    source_url: str | None


def has_pages(document: StoredDocument) -> bool:
    """Whether a document consists of pages that can be drawn."""
    return document.media_type == PDF


def read_number(text: str) -> int:
    """The number of a page in an address. Raises NotFoundError for what is none."""
    if not (
        text.isascii() and text.isdecimal() and 1 <= int(text[:7]) <= HIGHEST_PAGE and len(text) < 7
    ):
        message = f"“{text[:40]}” is not the number of a page."
        raise NotFoundError(message)
    return int(text)


def seek(
    session: Session, at: tuple[str, str, str], number: str, asked: Mapping[str, str]
) -> Sought:
    """The page that an address asks for.

    Raises NotFoundError for a version, a page or a passage that is not held.
    """
    version = queries.get_version(session, *at)
    return seek_in(
        at, version.record, payer_of(version.policy), document_of(session, *at), number, asked
    )


def seek_in(
    at: tuple[str, ...],
    record: Record,
    payer: PayerName,
    document: StoredDocument | None,
    number: str,
    asked: Mapping[str, str],
) -> Sought:
    """The page of a record's document that an address asks for.

    Raises NotFoundError for a page or a passage that there is not.
    """
    page, mark = read_number(number), mark_in(asked)
    return Sought(
        at, record, payer, document, page, passage_of(record, mark), mark, _why_not(document)
    )


def _why_not(document: StoredDocument | None) -> str | None:
    if document is None:
        return (
            "The document that this version was recorded from is not kept here, so its pages "
            "cannot be shown."
        )
    if not has_pages(document):
        return (
            "The document of this version is not a PDF, so it has no pages to show. Its record "
            "tells what was read of it."
        )
    return None


def picture_tag(document: StoredDocument, number: int, marks: Marks | None) -> str:
    """What changes exactly when the picture of a page does."""
    said = f"{LOOK} {document.sha256} {number} {marks}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def document_page(
    sought: Sought, picture: PageImage | None, why_not: str | None = None
) -> DocumentPage:
    """The page about a document's page; `why_not` is why it could not be drawn."""
    at, record, passage, number = sought.at, sought.record, sought.passage, sought.number
    return DocumentPage(
        payer=sought.payer,
        at=at,
        label=policy_label(record),
        title=record.title,
        version=version_label(record),
        number=number,
        mark=sought.mark,
        passage=passage,
        here=bool(picture and picture.marked),
        elsewhere=tuple(PageLink(at, page, sought.mark) for page in passage.pages if page != number)
        if passage
        else (),
        picture=picture,
        alt=_alt(number, passage if picture and picture.marked else None),
        why_not=sought.why_not or why_not,
        file=sought.document.name if sought.document else None,
        source_url=web_address(record.source_url),
    )


def _alt(number: int, passage: MarkedPassage | None) -> str:
    """What the picture says to those who do not see it."""
    return (
        f"Page {number} of the document. Marked on it: {passage.text}"
        if passage
        else f"Page {number} of the document."
    )
