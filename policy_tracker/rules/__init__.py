"""Differences to changes: what a difference means, for whom it gets easier or harder, and what to
do about it.

What stands here is imported when it is asked for: who shows a stored change needs no rules.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_tracker.rules.changes import Change, Comparison, Verdict
    from policy_tracker.rules.classify import compare
    from policy_tracker.rules.overrides import AS_DECLARED, Compare, RuleSettings
    from policy_tracker.rules.registry import Rule, catalogue

__all__ = [
    "AS_DECLARED",
    "Change",
    "Compare",
    "Comparison",
    "Rule",
    "RuleSettings",
    "Verdict",
    "catalogue",
    "compare",
]
_MODULES = {
    "changes": ("Change", "Comparison", "Verdict"),
    "classify": ("compare",),
    "overrides": ("AS_DECLARED", "Compare", "RuleSettings"),
    "registry": ("Rule", "catalogue"),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    found = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = found
    return found
