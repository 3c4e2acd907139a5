"""Which readings are the newest of their document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from policy_tracker.store.tables import StoredExtraction

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


def is_newest() -> ColumnElement[bool]:
    """The condition that no other reader has read the document of a reading since."""
    later = aliased(StoredExtraction)
    return ~(
        select(later.id)
        .where(
            col(later.document_id) == col(StoredExtraction.document_id),
            col(later.reader) != col(StoredExtraction.reader),
            col(later.id) > col(StoredExtraction.id),
        )
        .exists()
    )
