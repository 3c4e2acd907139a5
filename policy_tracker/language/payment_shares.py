"""The share of an amount that a payer pays: "reimbursed at 150% of the allowed amount"."""

from __future__ import annotations

import re

from policy_tracker.language.remembered import remembered

_PERCENT = r"(?P<share>\d{1,3}(?:\.\d+)?) ?(?:%|percent\b)"
_SHARE = re.compile(
    r"\b(?:reimburs(?:e|es|ed|ement|able)|pa(?:y|ys|id|yable|yment)|allow(?:ed|s|able)?|priced)\b"
    rf"(?:(?!\b(?:not|no|never|if|unless|when|by)\b)[^.;:%\d])*?{_PERCENT}"
    r"(?= of (?:the |its |our |an? )?(?:\w+ ){0,3}?"
    r"(?:amounts?|fees?|fee schedule|rates?|charges?|allowances?|allowables?|prices?|costs?)\b)",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|no|never|neither|nor|unless|except|reduc\w+)\b", re.IGNORECASE)


@remembered
def payment_share(text: str) -> tuple[float, str, str] | None:
    """The percentage that a sentence says is paid, as printed, and the sentence without it; None
    where it says none or several, or where a negation or a reduction may turn it round.
    """
    found = list(_SHARE.finditer(text))
    if len(found) != 1 or _DENIED.search(text):
        return None
    (match,) = found
    rest = f"{text[: match.start('share')]}…{text[match.end('share') :]}"
    return float(match["share"]), f"{match['share']}%", " ".join(rest.split())
