"""The eight physical forms that a written policy can take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.made_policies.forms import docx, html, pdf, text
from tests.made_policies.stock import later_ways, ways

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.made_policies.pages import Written


def _numbered(page: Written) -> bytes:
    return docx.numbered(page, (ways() | later_ways())[page.way].labels)


FORMS: dict[str, tuple[str, Callable[[Written], bytes]]] = {
    "html_lists": (".html", html.with_lists),
    "html_breaks": (".html", html.with_breaks),
    "docx_numbered": (".docx", _numbered),
    "docx_plain": (".docx", docx.plain),
    "pdf_column": (".pdf", pdf.column),
    "pdf_ruled": (".pdf", pdf.ruled),
    "text_flat": (".txt", text.flat),
    "text_wrapped": (".txt", text.wrapped),
}
"""Ending of the file's name, and what makes its bytes."""


def rendered(page: Written, form: str) -> tuple[str, bytes]:
    """A file's name and bytes."""
    ending, make = FORMS[form]
    return f"{page.way}-{page.seed}-{form}{ending}", make(page)
