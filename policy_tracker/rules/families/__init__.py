"""The families of rules, one small file each.

A new file here is found by itself; families do not know each other.
"""
