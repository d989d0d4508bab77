"""Comparing fairly and not by luck: equal budgets, runs repeated over seeds, and what may be concluded from them.

Pure, like all of `nncore`: no clock, no processes. Not here: who runs it, and what is shown of it (`app`).
"""
