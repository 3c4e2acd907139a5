"""Migrations of the database; `policy_tracker.store.database.upgrade` runs them, and Alembic's own
commands at the top of the checkout.
"""
