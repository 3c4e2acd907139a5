"""Word documents: the archive is measured before anything is unpacked, then mammoth makes HTML of
it.

mammoth keeps list levels and numbering as `ol`, tables, bold and headings; headers and footers of
pages, which it leaves out, are the document's running lines.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import mammoth

from policy_tracker.documents.archives import check
from policy_tracker.documents.blocks import Document
from policy_tracker.documents.docx_around import around
from policy_tracker.documents.docx_lists import STYLE_MAP
from policy_tracker.documents.docx_parts import prepared
from policy_tracker.documents.html.reader import read_html
from policy_tracker.errors import (
    DamagedDocumentError,
    DocumentError,
    TooLargeDocumentError,
)

_TEXT_PART = "word/document.xml"
_BACK = re.compile(r" ?<a href=\"#(?:foot|end)note-ref-[^\"]*\">↑</a>")
"""The way back from a note, which mammoth adds."""


def read_docx(data: bytes, file: str = "") -> Document:
    """A Word document. Raises TooLargeDocumentError, EncryptedDocumentError, DamagedDocumentError
    or UnsupportedDocumentError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check(archive, file, _TEXT_PART, "a Word document")
            beside = around(archive)
        ready, aside = prepared(data)
        html = mammoth.convert_to_html(
            io.BytesIO(ready),
            style_map=STYLE_MAP,
            convert_image=mammoth.images.img_element(_no_image),
        ).value
    except DocumentError:
        raise
    except MemoryError as error:
        raise TooLargeDocumentError(file, "needs more memory than a document may take") from error
    except RecursionError as error:
        raise TooLargeDocumentError(file, "nests its parts too deeply") from error
    except Exception as error:  # the library raises whatever a broken archive or tree leads to
        raise DamagedDocumentError(file, "cannot be taken apart as a Word document") from error
    document = read_html(_BACK.sub("", html), file)
    return replace(
        document,
        media="docx",
        running=tuple(beside.running | beside.watermarks),
        warnings=(*document.warnings, *beside.warnings),
        unreadable=(*aside, *document.unreadable, *beside.told),
    )


def _no_image(_image: object) -> dict[str, str]:
    """Pictures hold no words that could be read."""
    return {"src": ""}
