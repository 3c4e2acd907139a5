"""The English that every room reads and writes: numbers, units, comparators, dates, codes, coverage
terms, rewording. Pure.
"""
