"""What is said where a study cannot be: one sentence that names the place.

In English alone, and no `Sentence`: studies are written for the command line and for notebooks, which speak English; no
page ever says these.
"""

from nncore.errors import InputError, join


class BadStudy(ValueError):
    """A study that cannot be, in one sentence; `path` names the place in it, such as ``vary.batch``."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path

    @classmethod
    def of(cls, error: InputError, path: str) -> "BadStudy":
        """A mistake in a Config, as one of the study at `path`."""
        return cls(join(path, error.path), error.message)
