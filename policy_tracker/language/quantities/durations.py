"""For how long an authorization holds.

"Approve for 6 months if …", "Authorization will be issued for 12 months.", "Initial requests: 6
months".
"""

from __future__ import annotations

import re

from policy_tracker.language.comparators import UPPER
from policy_tracker.language.numbers import NUMBER, number_of
from policy_tracker.language.plain import digits
from policy_tracker.language.prefilter import Wording
from policy_tracker.language.units import CALENDAR_TIME, unit_of
from policy_tracker.record.quantities import Span
from policy_tracker.record.vocabulary import Role

_SPAN = (
    rf"(?:(?:a period of )?(?:{UPPER}) |a period of |a total of |an? )?"
    rf"(?P<value>{NUMBER})(?: \(\d+\))?[- ](?P<unit>{CALENDAR_TIME})(?![a-z])"
)
_GRANTED = re.compile(
    r"\b(?:approve|approved|approval|authorize|authorized|authorization|issued|granted|valid"
    r"|covered)\b(?: "
    r"(?:is"
    r"|will be|may be|issued|approved|granted|valid|given|provided|period|duration|of|is for))*"
    rf"(?: for|:|,)? (?:the duration of )?{_SPAN}",
    re.IGNORECASE,
)
_BOUND = re.compile(r" ?,? (?:after|following|before|per|of|from|post)\b", re.IGNORECASE)
"""What a time of treatment is counted from: "covered for 14 days after the operation"."""
_GRANTING = Wording(
    rf"(?:\bwill (?:approve|authorize|cover)|(?:^|[.:] )approve)(?: [\w/®™-]+){{1,6}}? for {_SPAN}"
)
_LABELLED = re.compile(
    r"^(?:(?:initial|continuation|continued|renewal|reauthorization|re-authorization|approval"
    r"|authorization"
    rf"|coverage)\b[a-z ()-]{{0,40}}|(?:duration|length) of [a-z -]{{3,30}}|duration)[:\s]+{_SPAN}",
    re.IGNORECASE,
)


def valid_for(text: str, role: Role) -> Span | None:
    """The time for which the statement says that an authorization holds; None where it says
    none.
    """
    text = digits(text).text
    granted = _GRANTED.search(text)
    if granted and granted[0].lower().startswith("covered") and _BOUND.match(text, granted.end()):
        granted = None
    match = _LABELLED.search(text) or granted or _GRANTING.search(text)
    if match is None and role == "prior_auth":
        match = re.search(rf"^{_SPAN}\.?$", text, re.IGNORECASE)
    return Span(value=number_of(match["value"]), unit=unit_of(match["unit"])) if match else None
