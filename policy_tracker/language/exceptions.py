"""Words that take cases out of what a sentence holds of."""

from __future__ import annotations

from policy_tracker.language.stopwords import DEMONSTRATIVES

_OPENING = frozenset({"unless", "except", "excepting", "excluding", "save"})


def excepts(run: tuple[str, ...]) -> bool:
    """Whether words, folded, are an exception as a whole: `unless a gene therapy is planned`, `this
    does not apply to infants`.
    """
    if not run:
        return False
    if run[0] in _OPENING:
        return True
    start = 1 if run[0] in DEMONSTRATIVES else 0
    behind = tuple(word for word in run[start : start + 4] if word not in ("do", "does", "shall"))
    return behind[:2] == ("not", "apply")
