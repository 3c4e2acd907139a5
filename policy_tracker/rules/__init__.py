"""Differences to changes: what a difference means, for whom it gets easier or harder, and what to
do about it.
"""

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
