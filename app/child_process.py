"""How this server starts a process of its own: the same Python, the same paths, one thread.

Not here: which processes there are (`processes`, `jobs.process`).
"""

import os
import sys

from app.paths import PACKAGE


def command(module: str, *arguments: str) -> tuple[str, ...]:
    """The command that runs `module` as a program, whatever lies in the current directory."""
    return (sys.executable, "-P", "-m", module, *arguments)


def environment() -> dict[str, str]:
    """A child's environment: one thread, and the paths of this very process, wherever it was started from."""
    path = [*filter(None, sys.path), str(PACKAGE.parent)]
    single = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **single, "PYTHONPATH": os.pathsep.join(path)}
