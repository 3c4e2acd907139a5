"""Documents of the Centers for Medicare & Medicaid Services: the export of coverage determinations
and the manual.
"""
