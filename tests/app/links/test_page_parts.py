"""Parts of the page: what a link may name, and what it says to a name that is none."""

import pytest

from app.links.link import read
from app.links.page_parts import NAMES, PARTS, framed
from app.links.tensorflow_playground import HIDDEN
from nncore.errors import InputError


def test_every_part_has_one_name_and_a_sentence() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(part.sentence.endswith(".") for part in PARTS)


def test_what_a_part_stands_within_comes_before_it_and_is_as_often_in_a_frame() -> None:
    """Else a frame would show an empty box, or hide what it says it shows."""
    widths = {part.name: part.width for part in PARTS}
    for place, part in enumerate(PARTS):
        if part.within:
            assert part.within in NAMES[:place]
            outer = widths[part.within]
            assert part.width is None or (outer is not None and outer <= part.width), part.name


def test_whatever_a_foreign_link_hides_is_a_part() -> None:
    assert set(HIDDEN.values()) <= set(NAMES)


def test_a_frame_is_told_of_every_part() -> None:
    assert list(framed()) == list(NAMES)
    assert framed()["noise"] == [1100, "data"]


@pytest.mark.parametrize("key", ["hide", "show"])
def test_every_name_is_taken_and_passed_on(key: str) -> None:
    text = ",".join(NAMES)
    assert read(f"{key}={text}").page == {key: text}


def test_blanks_and_empty_names_do_no_harm() -> None:
    assert read("hide=noise, batch,&show=").page["hide"] == "noise, batch,"


@pytest.mark.parametrize(
    ("link", "path", "message"),
    [
        ("hide=nois", "hide", "does not name a part of the page: nois; did you mean noise?"),
        ("show=play,charts", "show", "does not name a part of the page: charts; did you mean chart?"),
        ("hide=qqq", "hide", "the largest are bar, data, network,"),
        ("hide=noise,chart&show=chart", "show", "names chart, which hide names as well"),
    ],
)
def test_a_mistake_is_one_sentence_with_the_nearest_name(link: str, path: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        read(link)
    assert refused.value.path == path
    assert message in refused.value.message
