"""Two records to differences: what stands in one version and not, or otherwise, in the other.

What that means is asked of the rules.
"""
