"""Bytes of a document to blocks: text, web pages, Word, CSV and PDF, each block with where it
stood.

Knows nothing of policies.
"""
