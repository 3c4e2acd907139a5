"""A document beside what was read of it, read in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policy_tracker.isolation.explaining import Passage, Use
from policy_tracker.isolation.run import Limits, read_value, run_apart
from policy_tracker.record import Bulletin, Record


@dataclass(frozen=True, slots=True)
class Explained:
    """The records of a document, its passages with their uses, and the running lines (headers,
    footers) that were left out of them.
    """

    records: tuple[Record | Bulletin, ...]
    passages: tuple[Passage, ...]
    running: tuple[str, ...]


def explain_apart(
    data: bytes,
    name: str,
    payer: str | None = None,
    limits: Limits | None = None,
    *,
    as_policy: bool = False,
) -> Explained:
    """The document in `data` beside its records. Raises what `sandbox.extract_apart` raises."""
    told = run_apart("explained", data, name, limits, payer=payer, as_policy=as_policy).values
    return Explained(
        records=tuple(read_value(item) for item in told["records"]),
        passages=tuple(_passage(item) for item in told["passages"]),
        running=tuple(told["running"]),
    )


def _passage(told: dict[str, Any]) -> Passage:
    uses = [Use(**use) for use in told.pop("uses")]
    return Passage(**told, uses=uses)
