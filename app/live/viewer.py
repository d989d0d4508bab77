"""What a client sees of a run, and when it is next sent a frame.

Never a queue: at most so many frames are unacknowledged, and the next one shows the newest state. Pure: time comes
in as numbers. Not here: how a frame is painted (`frames`), nor what the run does meanwhile (`session`).
"""

import math
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.errors import OutOfOrder
from app.live.commands import LensFields, ViewFields
from app.live.lens import KNOBS as LENS_KNOBS
from app.live.lens import LensView
from app.settings import Settings
from nncore.errors import OutOfRange
from nncore.probes import PROBES
from nncore.sentence import Sentence
from nncore.spec import Knob

_NO_HIDDEN = Sentence(
    "refused.no_hidden", "there is no hidden layer {layer}; there {count:is|are} {count}, counted from 0"
)

_NO_LAYER = Sentence("refused.no_layer", "must be from 0 to {high}, the output layer, not {value}")

_NOT_SENT = Sentence("refused.frame_not_sent", "frame {frame} has not been sent; the newest is {newest}")
_NO_UNIT = Sentence("refused.no_unit", "layer {layer} has no unit {unit}; it has {count}, counted from 0")

SLOWEST_SECONDS = 0.25
"""However little time there is, a run that trains is shown this often: four times a second."""

WORK_SHARE = 1.0
"""While a run has less time than it could use, it trains at least this many seconds for each second of painting."""

LEAST_WORK_SHARE = 0.25
"""As many at least even where it is then shown less often than four times a second."""

CALM_PER_SECOND = 20.0
"""More pictures a second only look smoother, and are the first to be left out where there is much to do."""

SMOOTH_SHARE = 4.0
"""A run that has less time than it could use is shown smoothly if it trains so many seconds for each of painting."""

EASY_LOAD, BUSY_LOAD = 0.5, 0.8
"""From the one to the other share of a host's time, smoothness is left out."""

LENS_SHARE = 0.1
"""Of a run that trains, frames that carry the lens take at most about this share of the time."""


@dataclass(frozen=True, slots=True)
class ViewSettings:
    """What a client shows."""

    unit_pixels: int
    output_pixels: int
    frames_per_second: float
    compress: bool = False
    visible: bool = True
    confusion: bool = False
    inspect: tuple[int, int] | None = None
    lens: LensView | None = None

    def to_json(self) -> dict[str, Any]:
        """As the protocol's `view`."""
        layer, unit = self.inspect or (None, None)
        return {
            **asdict(self),
            "inspect": None if layer is None else {"layer": layer, "unit": unit},
            "lens": None if self.lens is None else self.lens.to_json(),
        }


def knobs(settings: Settings) -> dict[str, Knob]:
    """The ranges of a view's numbers: the probe's for pixels, the server's for the rate and the defaults."""
    pixels = {knob.name: replace(knob, default=getattr(settings, knob.name)) for knob in PROBES["unit_maps"].spec.knobs}
    rate = Knob(
        name="frames_per_second",
        label="Frames per second",
        kind="float",
        default=settings.frames_per_second,
        low=0.1,
        high=settings.frames_per_second_high,
        sentence="Pictures a second at most; training does not wait for them.",
    )
    return {**pixels, "frames_per_second": rate}


UNSHOWN = ("inspect", "lens", "confusion")
"""What a view of a session may hold, and one of a race or a memory not."""


def require_shown(fields: ViewFields | None, sentence: Sentence) -> None:
    """Raise OutOfOrder, in the words of `sentence`, where `fields` ask for what only a session shows."""
    for name in UNSHOWN:
        if fields is not None and fields.given().get(name):
            raise OutOfOrder(name, sentence)


class Numbers:
    """Counts a connection's frames, whatever they show: a late `ack` cannot name another run's frame."""

    def __init__(self) -> None:
        self.sent = 0


class Viewer:
    """One client's view: its wishes, the frames in flight, and the moment of the next one."""

    def __init__(self, settings: Settings, numbers: Numbers | None = None) -> None:
        """`numbers` are shared by views of one connection, of which one is painted at a time."""
        self._numbers = numbers or Numbers()
        self._settings = settings
        self._knobs = knobs(settings)
        self.view = ViewSettings(**{name: knob.default for name, knob in self._knobs.items()})  # type: ignore[arg-type]
        self._unacknowledged: list[int] = []
        self._last = self._counted_from = -math.inf
        """When the last frame was on its way; and from when on the next one's time counts."""
        self._prompt = False
        self._lens_moment: tuple[int, int] | None = None
        self._lens_again = -math.inf
        self._painting_seconds = 0.0
        self._training_seconds = 0.0

    @property
    def sent(self) -> int:
        """The number of the newest frame."""
        return self._numbers.sent

    def wanted(self, fields: ViewFields | None, layer_units: list[int], *, afresh: bool = False) -> ViewSettings:
        """The view that `fields` ask for, each checked; the rest stays. `afresh` forgets which units
        are inspected and which a layer is seen by.

        `layer_units` are the widths of all layers, the output layer last. Raises InputError; changes nothing.
        """
        given = fields.given() if fields is not None else {}
        for name, knob in self._knobs.items():
            if name in given:
                given[name] = knob.check(given[name], name)
        if given.get("inspect") is not None:
            given["inspect"] = _existing(given["inspect"].layer, given["inspect"].unit, layer_units)
        elif afresh:
            given["inspect"] = None
        if given.get("lens") is not None:
            given["lens"] = _lens(given["lens"], layer_units[:-1])
        elif afresh and "lens" not in given and self.view.lens is not None:
            given["lens"] = replace(self.view.lens, pairs=())
        return replace(self.view, **given)

    def set_view(self, view: ViewSettings) -> None:
        """Show `view` from now on."""
        if view != self.view:
            if view.lens != self.view.lens:
                self._lens_moment = None
            self.view, self._prompt = view, True

    def start(self) -> None:
        """A new run: nothing of it has been sent, and its first frame is wanted at once."""
        self._unacknowledged.clear()
        self._prompt, self._lens_moment = True, None

    def prompt(self) -> None:
        """Something was asked for that the next frame shows: send it as soon as there is room."""
        self._prompt = True

    def acknowledge(self, frame: int) -> None:
        """Frames up to `frame` have been drawn. Raises OutOfRange for one that was never sent."""
        if frame > self.sent:
            raise OutOfRange("frame", _NOT_SENT, frame=frame, newest=self.sent)
        self._unacknowledged = [number for number in self._unacknowledged if number > frame]

    def due(self, *, changed: bool, behind: bool, load: float = 0.0) -> float:
        """The moment of the next frame, infinity for none as things are.

        `changed`: the run has moved since the last frame. `behind`: it has less time than it could use. `load` is how
        busy others keep the host.
        """
        if not self.view.visible or len(self._unacknowledged) >= self._settings.frames_in_flight:
            return math.inf
        if self._prompt:
            return -math.inf
        if not changed:
            return math.inf
        period = self.picture_seconds(load)
        painting = self._painting_seconds
        if behind and self._training_seconds < WORK_SHARE * painting:
            return self._last + max(max(period, SLOWEST_SECONDS) - painting, LEAST_WORK_SHARE * painting)
        if behind and self._training_seconds < SMOOTH_SHARE * painting:
            period = max(period, 1.0 / CALM_PER_SECOND)
        return self._counted_from + period

    def picture_seconds(self, load: float) -> float:
        """How far apart frames are of a run that has the time it needs, on a host that is so busy with others; infinity
        for a page that is not looked at.
        """
        if not self.view.visible:
            return math.inf
        wanted = self.view.frames_per_second
        smooth = min(1.0, max(0.0, (BUSY_LOAD - load) / (BUSY_LOAD - EASY_LOAD)))
        calm = min(wanted, CALM_PER_SECOND)
        return 1.0 / (calm + smooth * (wanted - calm))

    def prompted(self) -> bool:
        """Whether a frame is owed that can be sent now."""
        return self.due(changed=False, behind=False) == -math.inf

    def lens_due(self, now: float, moment: tuple[int, int], *, resting: bool) -> bool:
        """Whether the frame that shows `moment`, so many steps and edits, is to carry the lens: it is dear.

        Not where it would show nothing new. A run that rests is shown exactly as it is; one that trains, now and then.
        """
        if self.view.lens is None or moment == self._lens_moment:
            return False
        return self._lens_moment is None or resting or now >= self._lens_again

    def lens_painted(self, now: float, moment: tuple[int, int], seconds: float) -> None:
        """The frame that shows `moment` carries the lens, and took so long to paint."""
        self._lens_again = now + max(1.0 / self._settings.lens_per_second, seconds / LENS_SHARE)
        self._lens_moment = moment

    def trained(self, seconds: float) -> None:
        """The run was trained for so long."""
        self._training_seconds += seconds

    def begin(self) -> None:
        """Frame number `sent + 1` is begun: what is asked for from now on is for the next one to show."""
        self._prompt = False

    def painted(self, now: float, seconds: float) -> None:
        """Frame number `sent + 1` was painted in `seconds` and is on its way at `now`."""
        self._numbers.sent += 1
        self._unacknowledged.append(self.sent)
        begun, period = now - seconds, 1.0 / self.view.frames_per_second
        # A frame that began a little late does not put off all that follow.
        late = begun - (self._counted_from + period)
        self._counted_from = begun - late if 0.0 <= late < period / 2 else begun
        self._last = now
        self._painting_seconds, self._training_seconds = seconds, 0.0


def _existing(layer: int, unit: int, layer_units: list[int]) -> tuple[int, int]:
    if layer >= len(layer_units):
        raise OutOfRange("inspect.layer", _NO_LAYER, high=len(layer_units) - 1, value=layer)
    if unit >= layer_units[layer]:
        raise OutOfRange("inspect.unit", _NO_UNIT, layer=layer, unit=unit, count=layer_units[layer])
    return layer, unit


def _lens(fields: LensFields, hidden_units: list[int]) -> LensView:
    """The lens that is asked for. Of several pairs for one layer, the last counts."""
    numbers = {
        name: knob.default if (value := getattr(fields, name)) is None else knob.check(value, f"lens.{name}")
        for name, knob in LENS_KNOBS.items()
    }
    pairs = {}
    for index, pair in enumerate(fields.pairs):
        path = f"lens.pairs[{index}]"
        if pair.layer >= len(hidden_units):
            raise OutOfRange(f"{path}.layer", _NO_HIDDEN, layer=pair.layer, count=len(hidden_units))
        for name in ("x", "y"):
            unit, units = getattr(pair, name), hidden_units[pair.layer]
            if unit >= units:
                raise OutOfRange(f"{path}.{name}", _NO_UNIT, layer=pair.layer, unit=unit, count=units)
        pairs[pair.layer] = (pair.layer, pair.x, pair.y)
    return LensView(**numbers, pairs=tuple(pairs.values()))  # type: ignore[arg-type]
