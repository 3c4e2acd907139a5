"""How long the costly steps take, each beside a plain reference that runs in the same moment on the
same machine.
"""
