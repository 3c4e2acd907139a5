"""Policy Tracker: every version of every payer policy as a structured record, and what changed
between two of them.
"""

__version__ = "0.1.0"
