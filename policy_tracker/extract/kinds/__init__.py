"""Kinds of documents that are no policy, each told by its form: blanks to fill in, chapters,
alphabetical definitions, prices, links.
"""
