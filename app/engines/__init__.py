"""Who does the tasks of a study: this process, several, or a cluster; all behind one method, `map`.

    engine_named("local", workers=4).map(study.tasks())     # what comes of each task, as it comes

One file each. Not here: what a task is (`nncore.study.tasks`), nor what becomes of its rows (`app.studies`).
"""

from app.engines.engine import ENGINES, Engine, engine_named

__all__ = ["ENGINES", "Engine", "engine_named"]
