"""The web around nncore: a page, a live socket, processes that train, and a command line.

No mathematics here: every number on the screen is computed by `nncore`.
"""

__version__ = "0.2.0"
