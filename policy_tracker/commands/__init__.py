"""The commands, by what they are about; the edge of the program, which owns settings, clock,
transactions and the terminal.
"""
