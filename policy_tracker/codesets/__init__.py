"""Releases of code sets by which codes are checked: ICD-10-CM as the CDC publishes it."""
