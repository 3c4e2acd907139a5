"""Quantities in sentences: how many of what, at least or at most, how often."""
