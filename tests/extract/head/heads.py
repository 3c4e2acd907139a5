"""Invented heads above one invented policy on wrist lamps."""

from __future__ import annotations

from policy_tracker.extract.extract import extract
from policy_tracker.record import Record

_BODY = """

Overview

Wrist lamps are worn on one arm and glow by themselves through the whole night.

Coverage Criteria

{plan} wrist lamps are considered medically necessary for members with dim elbows.
Wrist lamps are considered investigational for every other use that is not named here.
"""


def record_of(head: str, plan: str = "All") -> Record:
    """The record of a text with this head; the body speaks of wrist lamps, and of the plan."""
    [record] = extract((head + _BODY.format(plan=plan)).encode(), "lamp.txt")
    assert isinstance(record, Record)
    return record
