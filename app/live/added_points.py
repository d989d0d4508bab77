"""Own points that a change adds behind those that there are: a stroke is many changes, and need not bring all.

    whole({"after": 500, "added": [[0.1, 0.2, 1]]}, config)      the 500 points of `config` and that one

Pure. Not here: what points may be (`nncore.config`), nor what a change of them does to a run (`session`).
"""

from app.live.commands import NOT_GIVEN
from nncore.config import OWN, Config
from nncore.errors import MissingField, OutOfRange, UnknownField, WrongType, described, join
from nncore.sentence import Sentence
from nncore.spec import NO_FIELD, NOT_OF_TYPE, Points

PATH = "data.points"
FIELDS = ("after", "added")

_AFTER_OTHERS = Sentence("refused.after_others", "must be {count}, for that many points there are, not {value}")


def whole(value: object, config: Config) -> object:
    """All points that a change of own points means: `value` itself, where it does not only say what is added.

    Raises InputError with a full path, also where the points are not as many as whoever adds some believes.
    """
    if not isinstance(value, dict) or config.data.dataset.name != OWN:
        return value
    for name in value:
        if name not in FIELDS:
            raise UnknownField(join(PATH, str(name)), NO_FIELD, FIELDS)
    for name in FIELDS:
        if name not in value:
            raise MissingField(join(PATH, name), NOT_GIVEN)
    points: Points = config.data.dataset.knobs["points"]  # type: ignore[assignment]  # of this kind alone
    after, added = value["after"], value["added"]
    if isinstance(after, bool) or after != len(points):
        raise OutOfRange(join(PATH, "after"), _AFTER_OTHERS, count=len(points), value=described(after))
    if not isinstance(added, list):
        raise WrongType(join(PATH, "added"), NOT_OF_TYPE, noun="a list of points [x, y, label]", value=described(added))
    return [*points, *added]
