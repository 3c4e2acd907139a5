"""The version of the comparison itself, before any rule reads what it finds."""

ENGINE = "4"
"""Counted up when the same two records give other edits than before."""
