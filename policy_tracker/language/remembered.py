"""Questions about a sentence that several readers ask, each answered once.

An answer depends on nothing but the words, so that the last ones are kept, whichever document asks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
_ANSWERS_KEPT = 1_024
"""Answers that are kept of each question: more than a long policy has sentences."""
_FORGETTING: list[Callable[[], None]] = []


def remembered(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """The function with a memory of its last answers, which must be values that nobody changes."""
    kept: Any = lru_cache(maxsize=_ANSWERS_KEPT)(question)
    _FORGETTING.append(kept.cache_clear)
    return kept


def forget_all() -> None:
    """Forgets all answers, as if no document had been read yet."""
    for forget in _FORGETTING:
        forget()
