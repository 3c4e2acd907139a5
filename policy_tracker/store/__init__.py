"""What is held: tables, the journal, the timeline, lookups and search, on SQLite and PostgreSQL
alike.
"""
