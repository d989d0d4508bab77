"""When a frame is due: at most two in flight, none for the unseen, at once for what was asked for."""

import math

import pytest

from app.live.commands import Inspect, LensFields, PairFields, ViewFields
from app.live.viewer import Viewer, knobs
from app.settings import Settings
from nncore.errors import InputError

SETTINGS = Settings(frames_per_second=10.0, frames_in_flight=2, lens_per_second=4.0)


@pytest.fixture
def viewer() -> Viewer:
    """A viewer that has been sent its first frame at time 0 and has acknowledged it."""
    viewer = Viewer(SETTINGS)
    viewer.start()
    paint(viewer, 0.0, 0.001)
    viewer.acknowledge(1)
    return viewer


def paint(viewer: Viewer, now: float, seconds: float) -> None:
    """From `now` on."""
    viewer.begin()
    viewer.painted(now + seconds, seconds)


def due(viewer: Viewer, *, changed: bool = True, behind: bool = False) -> float:
    return viewer.due(changed=changed, behind=behind)


def test_the_first_frame_is_due_at_once() -> None:
    viewer = Viewer(SETTINGS)
    assert due(viewer, changed=False) == math.inf
    viewer.start()
    assert due(viewer, changed=False) == -math.inf


def test_the_next_frame_is_due_a_period_later_if_something_has_changed(viewer: Viewer) -> None:
    assert due(viewer, changed=False) == math.inf
    assert due(viewer) == pytest.approx(0.1)


def test_two_unacknowledged_frames_are_enough(viewer: Viewer) -> None:
    paint(viewer, 0.1, 0.001)
    assert due(viewer) < math.inf
    paint(viewer, 0.2, 0.001)
    viewer.prompt()
    assert due(viewer) == math.inf
    viewer.acknowledge(2)
    assert due(viewer) == -math.inf


def test_an_acknowledgement_covers_all_frames_before_it(viewer: Viewer) -> None:
    paint(viewer, 0.1, 0.001)
    paint(viewer, 0.2, 0.001)
    viewer.acknowledge(3)
    paint(viewer, 0.3, 0.001)
    assert due(viewer) < math.inf


def test_a_frame_never_sent_cannot_be_acknowledged(viewer: Viewer) -> None:
    with pytest.raises(InputError, match="the newest is 1"):
        viewer.acknowledge(2)


def test_nothing_is_due_for_a_page_that_is_not_visible(viewer: Viewer) -> None:
    viewer.set_view(viewer.wanted(ViewFields(visible=False), []))
    viewer.prompt()
    assert due(viewer) == math.inf
    viewer.set_view(viewer.wanted(ViewFields(visible=True), []))
    assert due(viewer, changed=False) == -math.inf


def test_a_run_short_of_time_trains_as_long_as_it_paints(viewer: Viewer) -> None:
    paint(viewer, 0.1, 0.005)
    assert due(viewer, behind=True) == pytest.approx(0.35), "four times a second, however little time there is"
    viewer.trained(0.005)
    assert due(viewer, behind=True) == pytest.approx(0.2)
    assert due(viewer, behind=False) == pytest.approx(0.2)


def test_a_picture_that_takes_long_leaves_a_fifth_of_the_time_for_training(viewer: Viewer) -> None:
    paint(viewer, 0.1, 0.15)
    assert due(viewer, behind=True) == pytest.approx(0.35), "still four times a second"
    viewer.acknowledge(viewer.sent)
    paint(viewer, 1.0, 0.4)
    assert due(viewer, behind=True) == pytest.approx(1.5), "and 0.1 of training for 0.4 of painting"


def test_smoothness_is_the_first_to_go_on_a_busy_host() -> None:
    viewer = Viewer(Settings(frames_per_second=60.0))
    viewer.start()
    paint(viewer, 0.0, 0.001)
    for load, rate in ((0.0, 60.0), (0.5, 60.0), (0.65, 40.0), (0.8, 20.0), (1.0, 20.0)):
        assert viewer.due(changed=True, behind=False, load=load) == pytest.approx(1 / rate), load
        assert viewer.picture_seconds(load) == pytest.approx(1 / rate)


def test_a_rate_that_is_asked_for_is_not_raised_by_a_busy_host(viewer: Viewer) -> None:
    assert viewer.picture_seconds(1.0) == pytest.approx(0.1)
    viewer.set_view(viewer.wanted(ViewFields(visible=False), []))
    assert viewer.picture_seconds(0.0) == math.inf


def test_a_run_short_of_time_is_shown_smoothly_once_it_has_trained_four_times_as_long() -> None:
    viewer = Viewer(Settings(frames_per_second=60.0))
    viewer.start()
    paint(viewer, 0.0, 0.002)
    viewer.trained(0.007)
    assert due(viewer, behind=True) == pytest.approx(1 / 20)
    viewer.trained(0.001)
    assert due(viewer, behind=True) == pytest.approx(1 / 60)


@pytest.mark.parametrize(("begun", "following"), [(0.1, 0.2), (0.14, 0.2), (0.16, 0.26), (0.05, 0.15)])
def test_a_frame_that_began_a_little_late_does_not_put_off_the_next(
    viewer: Viewer, begun: float, following: float
) -> None:
    paint(viewer, begun, 0.001)
    assert due(viewer) == pytest.approx(following)


def test_what_is_left_out_of_a_view_stays(viewer: Viewer) -> None:
    viewer.set_view(viewer.wanted(ViewFields(unit_pixels=40, inspect=Inspect(layer=0, unit=1)), [2]))
    viewer.set_view(viewer.wanted(ViewFields(output_pixels=50), [2]))
    assert viewer.view.to_json() == {
        "unit_pixels": 40,
        "output_pixels": 50,
        "frames_per_second": 10.0,
        "compress": False,
        "visible": True,
        "confusion": False,
        "inspect": {"layer": 0, "unit": 1},
        "lens": None,
    }


def test_another_run_forgets_the_inspected_unit_and_keeps_the_rest(viewer: Viewer) -> None:
    viewer.set_view(viewer.wanted(ViewFields(unit_pixels=40, inspect=Inspect(layer=0, unit=1)), [2]))
    view = viewer.wanted(None, [1], afresh=True)
    assert (view.unit_pixels, view.inspect) == (40, None)


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        (ViewFields(unit_pixels=0), "unit_pixels"),
        (ViewFields(output_pixels=100_000), "output_pixels"),
        (ViewFields(frames_per_second=1000.0), "frames_per_second"),
        (ViewFields(inspect=Inspect(layer=2, unit=0)), "inspect.layer"),
        (ViewFields(inspect=Inspect(layer=1, unit=3)), "inspect.unit"),
        (ViewFields(lens=LensFields(pixels=1000)), "lens.pixels"),
        (ViewFields(lens=LensFields(lines=1)), "lens.lines"),
        (ViewFields(lens=LensFields(pairs=[PairFields(layer=2, x=0, y=0)])), "lens.pairs[0].layer"),
        (ViewFields(lens=LensFields(pairs=[PairFields(layer=0, x=0, y=2)])), "lens.pairs[0].y"),
    ],
)
def test_a_view_out_of_range_is_refused_and_changes_nothing(viewer: Viewer, fields: ViewFields, path: str) -> None:
    before = viewer.view
    with pytest.raises(InputError) as caught:
        viewer.wanted(fields, [2, 3])
    assert (caught.value.code, caught.value.path) == ("range", path)
    assert viewer.view == before


def test_the_ranges_are_the_probe_s_and_the_server_s() -> None:
    ranges = knobs(Settings(frames_per_second=5.0, frames_per_second_high=7.0))
    assert (ranges["frames_per_second"].default, ranges["frames_per_second"].high) == (5.0, 7.0)
    assert ranges["unit_pixels"].kind == "int"


def test_a_lens_has_the_usual_numbers_where_it_names_none_and_a_pair_for_each_layer(viewer: Viewer) -> None:
    pairs = [PairFields(layer=0, x=1, y=0), PairFields(layer=1, x=0, y=1), PairFields(layer=0, x=0, y=1)]
    view = viewer.wanted(ViewFields(lens=LensFields(lines=5, pairs=pairs)), [2, 2, 1])
    assert view.to_json()["lens"] == {
        "pixels": 40,
        "lines": 5,
        "pairs": [{"layer": 0, "x": 0, "y": 1}, {"layer": 1, "x": 0, "y": 1}],
    }


def test_another_run_keeps_the_lens_and_forgets_its_units(viewer: Viewer) -> None:
    viewer.set_view(viewer.wanted(ViewFields(lens=LensFields(lines=5, pairs=[PairFields(layer=0, x=1, y=0)])), [2, 1]))
    lens = viewer.wanted(None, [1], afresh=True).lens
    assert lens is not None
    assert (lens.lines, lens.pairs) == (5, ())


def test_the_lens_is_shown_now_and_then_and_to_a_run_that_rests(viewer: Viewer) -> None:
    assert not viewer.lens_due(0.0, (0, 0), resting=True), "it is not open"
    viewer.set_view(viewer.wanted(ViewFields(lens=LensFields()), []))
    assert viewer.lens_due(0.0, (7, 0), resting=False), "it has just been opened"
    viewer.lens_painted(0.0, (7, 0), 0.001)
    assert not viewer.lens_due(9.0, (7, 0), resting=True), "nothing is new"
    assert not viewer.lens_due(0.24, (8, 0), resting=False)
    assert viewer.lens_due(0.24, (7, 1), resting=True), "a weight was set by hand"
    assert viewer.lens_due(0.26, (8, 0), resting=False)


def test_another_lens_or_another_run_is_shown_at_once(viewer: Viewer) -> None:
    viewer.set_view(viewer.wanted(ViewFields(lens=LensFields()), []))
    viewer.lens_painted(0.0, (0, 0), 0.001)
    viewer.set_view(viewer.wanted(ViewFields(lens=LensFields(lines=3)), []))
    assert viewer.lens_due(0.0, (0, 0), resting=False)
    viewer.lens_painted(0.0, (0, 0), 0.001)
    viewer.start()
    assert viewer.lens_due(0.0, (0, 0), resting=False)


def test_a_lens_that_takes_long_is_shown_less_often(viewer: Viewer) -> None:
    viewer.set_view(viewer.wanted(ViewFields(lens=LensFields()), []))
    viewer.lens_painted(0.0, (0, 0), 0.07)
    assert not viewer.lens_due(0.69, (1, 0), resting=False)
    assert viewer.lens_due(0.71, (1, 0), resting=False)
    assert viewer.lens_due(0.69, (1, 0), resting=True)
