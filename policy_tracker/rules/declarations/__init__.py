"""What the payer itself says changed, in its revision history and its bulletins, matched to what
really changed.
"""
