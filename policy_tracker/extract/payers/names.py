"""The names of the payers whose documents have a format here, for payers of which nothing else is held."""

from __future__ import annotations

from policy_tracker.record import Payer

DATES_BACK = frozenset({"cms"})
"""Payers that date back as a matter of course: CMS must by law name the day from which a determination holds, and publishes it later."""
NAMES = {
    "aetna": "Aetna",
    "anthem": "Anthem",
    "bcbsnc": "Blue Cross NC",
    "cigna": "Cigna Healthcare",
    "cms": "Medicare (CMS)",
    "fep": "Federal Employee Program",
    "floridablue": "Florida Blue",
    "highmark": "Highmark",
    "humana": "Humana",
    "uhc": "UnitedHealthcare",
}
"""Names by short name. A payer's own file (`payer.yaml`) replaces what was made of it."""


def payer_named(slug: str) -> Payer:
    """A payer about which only its short name is known: under its name, or else its short name's words in capitals."""
    name = NAMES.get(slug) or " ".join(word.capitalize() for word in slug.replace("_", "-").split("-") if word) or slug
    return Payer(record=1, payer=slug, name=name, dates_back=slug in DATES_BACK)
