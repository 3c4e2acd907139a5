"""Whose document a payer's format has read: the wording of labels is no name, and where the
letterhead names somebody else, that is the payer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_tracker.extract.head.letterhead import issuer_of
from policy_tracker.extract.quality import UNKNOWN_PAYER

if TYPE_CHECKING:
    from policy_tracker.documents.blocks import Document
    from policy_tracker.extract.payers.format import Format


def payer_beside(form: Format, document: Document) -> str | None:
    """The payer that the letterhead names, where the format is another payer's; None where it names
    none, or the format's own.
    """
    if form.payer is None:
        return None
    issuer = issuer_of(document).slug
    return None if issuer in (UNKNOWN_PAYER, form.payer) else issuer
