"""What is compared when a migration is written or checked: every table that the package declares,
and nothing that follows from it.
"""

from __future__ import annotations

import importlib
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
BESIDE_THE_MODEL = ("search_index", "ix_search_document_words")
"""Full-text indexes, which each database has in its own way: made by migrations, unknown to the
tables.
"""


def import_tables() -> None:
    """Import every module that declares tables, so that their metadata is complete: each room's
    `tables.py`, runs, and limits.
    """
    for path in sorted(PACKAGE.glob("*/tables.py")):
        importlib.import_module(f"policy_tracker.{path.parent.name}.tables")
    for module in ("runs", "limits"):
        importlib.import_module(f"policy_tracker.store.{module}")


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Whether something that the database holds is compared."""
    return not (kind in ("table", "index") and (name or "").startswith(BESIDE_THE_MODEL))


def include_object(
    _item: object, name: str | None, kind: str, reflected: bool, _compared: object
) -> bool:
    """Whether something that the database or the model holds is compared."""
    return not reflected or include_name(name, kind, None)
