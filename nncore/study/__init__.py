"""Comparing fairly and not by luck: equal budgets, runs repeated over seeds, and what may be concluded from them.

Pure, like all of `nncore`: no processes, no files. Not here: who runs it, and what is shown of it (`app`).
"""

from nncore.study.bad_study import BadStudy
from nncore.study.data_frame import frame
from nncore.study.study import Study

__all__ = ["BadStudy", "Study", "frame"]
