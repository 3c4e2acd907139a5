"""Sentences that tell what something is or does, and set nothing: no duty, leave, condition or word
of coverage stands in them, and they are not about the person who asks.
"""

from __future__ import annotations

from policy_tracker.language.prefilter import Wording, lowered
from policy_tracker.language.stance import speaks_of_persons

_FINITE = Wording(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|includes?|indicates?|refers?|means?|describes?"
    r"|consists?|uses?|used|acts?|works?|gives?|given|offers?|involves?|lasts?|stands?)\b"
)
_BEING = (
    r"(?: (?:\w+ly|also|not|either|still|then|instead))*"
    r" (?:be|have been|bill|report|use|submit|request|receive|obtain|perform|repeat|appeal|not)"
)
_SETS = Wording(
    rf"\b(?:(?:may|might|can|could|will|would){_BEING}|cannot|must|should|shall|ought|needs?|needed"
    r"|only"
    r"|requir\w+|prohibit\w*|permit\w*|allow\w*|limit\w*|exceed\w*|maximum|minimum|at least|at most"
    r"|criteri\w+|conditions?|cover\w*|benefits?|pa(?:y|id|ya\w+|ym\w+)|reimburs\w*|claims?|bill\w*"
    r"|priced|pricing|fees?|charge[sd]?"
    r"|eligib\w*|necess\w*|approv\w*|authori[sz]\w*|certif\w*|precert\w*|den(?:y|ied|ies|ial\w*)"
    r"|exclu\w*|contra\w*|recommend\w*|appropriate\w*|supported|proven|unproven"
    r"|experimental|investigational|cosmetic|document\w*|submit\w*|request\w*|prescri\w*"
    r"|if|when|unless|until|provided|once|except\w*"
    r"|age[ds]?|fail\w*|intoleran\w*)\b"
)
"""What a sentence that sets something has a word of; it is long on purpose: what has none of these
is no condition of anything. What may happen sets nothing, what may be done does.
"""
_LEAST = 5


def only_describes(text: str) -> bool:
    """Whether a sentence tells what something is or does and nothing that would decide a case."""
    plain = lowered(text)
    return (
        plain.rstrip().endswith(".")
        and len(plain.split()) >= _LEAST
        and _FINITE.found_in(plain)
        and not _SETS.found_in(plain)
        and (plain.startswith("there") or not speaks_of_persons(plain))
    )
