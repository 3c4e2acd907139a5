"""Edits to changes: what a difference means, for whom it gets easier or harder, and what to do about it."""

from policy_tracker.rules.catalogue import RULESET, Rule, catalogue
from policy_tracker.rules.change import Change, Comparison, Verdict
from policy_tracker.rules.classify import compare

__all__ = ["RULESET", "Change", "Comparison", "Rule", "Verdict", "catalogue", "compare"]
