"""Fixtures of the tests of pages."""

from tests.web.world import curated, hostile, site

__all__ = ["curated", "hostile", "site"]
