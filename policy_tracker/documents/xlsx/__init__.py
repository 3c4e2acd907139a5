"""Workbooks of spreadsheets to blocks."""
