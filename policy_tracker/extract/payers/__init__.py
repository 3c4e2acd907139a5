"""The registry of payer formats: every module below this folder that has a FORMAT is one."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from policy_tracker.documents.blocks import Document
from policy_tracker.errors import InputError
from policy_tracker.extract.document_kinds import is_secondary
from policy_tracker.extract.payers.format import Format


@lru_cache(maxsize=1)
def known_formats() -> tuple[Format, ...]:
    """All formats, by order and name: a more particular one is asked before a more general one."""
    found = []
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        loaded = importlib.import_module(module.name)
        if isinstance(form := getattr(loaded, "FORMAT", None), Format):
            found.append(form)
    return tuple(sorted(found, key=lambda form: (form.order, form.name)))


def format_of(document: Document, payer: str | None = None) -> Format:
    """The format that recognises `document`, of those of `payer` where one is named (the generic format belongs to everybody).

    Raises InputError where nothing recognises it.
    """
    foreign = is_secondary(document)  # what is written about a payer's policy quotes the words that its format is known by
    for form in known_formats():
        if (form.payer is None or (payer in (None, form.payer) and not foreign)) and form.recognise(document):
            return form
    message = "no format recognises this document"
    raise InputError(message)
