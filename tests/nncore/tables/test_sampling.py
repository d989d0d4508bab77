"""A sample is fair, seeded and whole."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from nncore.tables.sampling import draw_sample


@given(st.lists(st.sampled_from("aaaaabbc"), min_size=20, max_size=200), st.integers(10, 20))
def test_every_label_keeps_its_share_to_the_row(labels: list[str], count: int) -> None:
    picked = draw_sample(labels, count)
    assert picked == sorted(set(picked))
    assert len(picked) == count
    for label, often in Counter(labels).items():
        share = sum(labels[n] == label for n in picked)
        assert share >= 1
        assert abs(share - count * often / len(labels)) <= 2


def test_the_same_table_gives_the_same_sample_and_values_are_drawn_evenly() -> None:
    values = [str(n) for n in range(1000)]
    assert draw_sample(values, 100) == draw_sample(values, 100) != draw_sample(values, 100, seed=1)
    assert 350 < sum(draw_sample(values, 100)) / 100 < 650
