"""Trees of criteria as boolean formulas: what a change of their structure does to the cases that
meet them.
"""
