"""The names of the payers that are known here, for payers of which nothing else is held."""

from __future__ import annotations

from functools import cache

from policy_tracker.extract.payers.payer_data import known_payers
from policy_tracker.record import Payer


@cache
def payer_names() -> dict[str, str]:
    """Names by short name. A payer's own file (`payer.yaml`) replaces what was made of it."""
    return {payer.payer: payer.name for payer in known_payers()}


def payer_named(slug: str) -> Payer:
    """A payer of which only the short name is known.

    It has the name that is known here, or else its short name's words in capitals.
    """
    words = " ".join(word.capitalize() for word in slug.replace("_", "-").split("-") if word)
    dates_back = any(payer.payer == slug and payer.dates_back for payer in known_payers())
    return Payer(
        record=1, payer=slug, name=payer_names().get(slug) or words or slug, dates_back=dates_back
    )
