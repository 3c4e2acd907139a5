"""The formats of payers' documents: those of the payers' data, and those that Python reads."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from policy_tracker.documents.blocks import Document
from policy_tracker.errors import InputError, VocabularyError
from policy_tracker.extract.kinds.secondary import is_secondary
from policy_tracker.extract.payers.format import Format
from policy_tracker.extract.payers.payer_data import PayerData, known_payers


@lru_cache(maxsize=1)
def known_formats() -> tuple[Format, ...]:
    """All formats that are shipped, the more particular before the more general."""
    return in_order([*formats_in_python(), *formats_of_data(known_payers())])


def in_order(formats: Sequence[Format]) -> tuple[Format, ...]:
    """Formats in the order in which they are asked: by `order` and name."""
    return tuple(sorted(formats, key=lambda form: (form.order, form.name)))


def formats_in_python() -> Iterator[Format]:
    """The formats of the modules below this folder: each that has a FORMAT is one."""
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        form = getattr(importlib.import_module(module.name), "FORMAT", None)
        if isinstance(form, Format):
            yield form


def formats_of_data(payers: Sequence[PayerData]) -> Iterator[Format]:
    """The formats of payers' data.

    Raises:
        VocabularyError: a format names a reader that is no module of this folder.
    """
    for payer in payers:
        for data in payer.format:
            try:
                module = importlib.import_module(f"{__name__}.{data.reader}")
            except ModuleNotFoundError as error:
                place = f"format {data.name}"
                message = f"there is no reader {data.reader!r}"
                raise VocabularyError(f"{payer.payer}.toml", place, message) from error
            read = partial(module.read, payer=payer.payer, data=data)
            yield Format(
                data.name, data.version, payer.payer, data.recognises, read, order=data.order
            )


def format_of(
    document: Document, payer: str | None = None, formats: Sequence[Format] | None = None
) -> Format:
    """The format that recognises `document`.

    Args:
        document: what is to be read.
        payer: only formats of this payer are asked, and those that belong to everybody.
        formats: those that are known, in the order in which they are asked; else the shipped ones.

    Raises:
        InputError: nothing recognises it.
    """
    foreign = is_secondary(document)  # what is written about a payer's policy quotes its words
    for form in known_formats() if formats is None else formats:
        mine = form.payer is None or (payer in (None, form.payer) and not foreign)
        if mine and form.recognise(document):
            return form
    message = "no format recognises this document"
    raise InputError(message)
