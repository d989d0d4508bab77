"""A divergence says its place as people count: from 1, the output layer by name; and what it was that grew."""

import pytest

from nncore.divergence import CAUSES, Cause, Divergence

WORDS: dict[Cause, tuple[str, str]] = {"values": ("the values", ""), "gradient": ("the gradient", "gradient_")}


def test_every_cause_has_its_words() -> None:
    assert set(WORDS) == set(CAUSES)


@pytest.mark.parametrize("cause", CAUSES)
def test_a_hidden_layer_has_its_number(cause: Cause) -> None:
    found, (noun, key) = Divergence(epoch=2, step=70, layer=1, last=3, cause=cause), WORDS[cause]
    assert "epoch 3 (step 71)" in found.message
    assert found.message.endswith(f"{noun} grew too large, first in hidden layer 2.")
    assert (found.sentence.key, found.values["layer"]) == (f"say.{key}diverged_in_hidden", 2)


@pytest.mark.parametrize("cause", CAUSES)
def test_the_last_layer_is_the_output(cause: Cause) -> None:
    found, (noun, key) = Divergence(epoch=0, step=0, layer=3, last=3, cause=cause), WORDS[cause]
    assert found.message.endswith(f"{noun} grew too large, first in the output layer.")
    assert found.sentence.key == f"say.{key}diverged_in_output"
