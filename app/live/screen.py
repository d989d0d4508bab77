"""One client's screen: its view, the picture that is being painted for it, and what of the run it has been shown.

Pure; the clock comes in. Not here: when a frame is due (`viewer`), what it holds (`frames`), what a run does meanwhile
(`session`).
"""

from collections.abc import Callable
from typing import Any

from app.live.commands import ViewFields
from app.live.events import Frame
from app.live.frames import Caption, Painter
from app.live.opening import widths
from app.live.picture import Picture
from app.live.playback import Playback
from app.live.stopwatch import Stopwatch
from app.live.viewer import Numbers, Viewer, ViewSettings
from app.settings import Settings
from nncore.config import Config
from nncore.learner import AnyLearner


class Screen:
    """Shows one run after another."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], float],
        playback: Playback[Any],
        *,
        lane: str = "",
        numbers: Numbers | None = None,
        watch: Stopwatch | None = None,
    ) -> None:
        """`playback` is the runs'. Of a race, it shows one `lane`, timed by `watch`; frames' `numbers` are shared."""
        self.viewer = Viewer(settings, numbers)
        self._settings, self._clock, self._playback, self._lane = settings, clock, playback, lane
        self._watch = watch
        self._painter: Painter | None = None
        self._picture: Picture | None = None
        self._shown_step = -1
        self._history_sent = 0
        self._load = 0.0
        """The host's, when the last picture was begun."""

    @property
    def painting(self) -> bool:
        """Whether a picture is begun and not yet done."""
        return self._picture is not None

    @property
    def prompted(self) -> bool:
        """Whether a picture is owed that was asked for."""
        return self.viewer.prompted() if self._picture is None else self._picture.prompt

    @property
    def picture_seconds(self) -> float:
        """How far apart pictures are now."""
        return self.viewer.picture_seconds(self._others_load)

    def wanted(self, fields: ViewFields | None, config: Config, *, afresh: bool = False) -> ViewSettings:
        """The view that `fields` ask for, of a run of `config`; see `Viewer.wanted`."""
        return self.viewer.wanted(fields, widths(config), afresh=afresh)

    def set_view(self, view: ViewSettings) -> None:
        """Show `view` from now on."""
        old = self.viewer.view
        sizes = (view.unit_pixels, view.output_pixels)
        if self._painter is None or sizes != (old.unit_pixels, old.output_pixels):
            self._painter = Painter(*sizes)
        self._painter.look_through(view.lens)
        self.viewer.set_view(view)

    def start(self) -> None:
        """Another run: nothing of it has been shown."""
        self.start_again()
        self.viewer.start()

    def start_again(self) -> None:
        """The same run from its beginning: its history is sent afresh."""
        self._history_sent, self._shown_step = 0, -1

    def tell_history_afresh(self) -> None:
        """The next picture brings the whole history."""
        self._history_sent = 0

    def clear(self) -> None:
        """Give up the picture that is being painted."""
        self._picture = None

    def due(self, trainer: AnyLearner, *, behind: bool) -> float:
        """The moment of the next picture, or of the next piece of one; infinity for none as things are.

        `behind`: what is trained could use more time than it is given.
        """
        if self._picture is not None:
            return self._picture.begun_at
        return self.viewer.due(changed=trainer.step != self._shown_step, behind=behind, load=self._others_load)

    def paint(self, trainer: AnyLearner, load: float, steered: int, *, resting: bool) -> list[Frame]:
        """Begin a picture, or go on with the one that is begun, for about a turn; the frame once it is done.

        `trainer` has not moved since it was begun. `resting`: it will not move for a while. `load` and `steered` are
        told in a picture that is begun.
        """
        picture = self._picture = self._picture or self._begun(trainer, load, steered, resting=resting)
        frame = picture.advance(self._clock, self._clock() + self._settings.turn_seconds)
        if frame is None:
            return []
        self._picture = None
        self._history_sent, self._shown_step = len(trainer.history), trainer.step
        now = self._clock()
        if picture.lens:
            self.viewer.lens_painted(now, (trainer.step, trainer.edits), picture.seconds)
        self.viewer.painted(now, picture.seconds)
        return [Frame(frame)]

    @property
    def _others_load(self) -> float:
        """What of the host's load may tell of others: a run without a limit takes all that there is by itself."""
        return 0.0 if self._playback.speed is None else self._load

    def _begun(self, trainer: AnyLearner, load: float, steered: int, *, resting: bool) -> Picture:
        assert self._painter is not None
        view, playback, now = self.viewer.view, self._playback, self._clock()
        number = self.viewer.sent + 1
        self._load = load
        pace = None if self._watch is None else self._watch.epoch_seconds(trainer.steps_per_epoch)
        facts = (number, playback.playing, playback.rate, load, self._history_sent, view.confusion)
        caption = Caption(*facts, self._lane, pace, steered)
        lens = self.viewer.lens_due(now, (trainer.step, trainer.edits), resting=resting)
        pieces = self._painter.pieces(trainer, caption, view.inspect, lens=lens, compress=view.compress)
        prompt = self.viewer.prompted()
        self.viewer.begin()
        return Picture(pieces, now, prompt=prompt, lens=lens)
