"""A divergence says its place as people count: from 1, the output layer by name."""

from nncore.divergence import Divergence


def test_a_hidden_layer_has_its_number() -> None:
    found = Divergence(epoch=2, step=70, layer=1, last=3)
    assert "epoch 3 (step 71)" in found.message
    assert found.message.endswith("hidden layer 2.")
    assert (found.sentence.key, found.values["layer"]) == ("say.diverged_in_hidden", 2)


def test_the_last_layer_is_the_output() -> None:
    found = Divergence(epoch=0, step=0, layer=3, last=3)
    assert found.message.endswith("the output layer.")
    assert found.sentence.key == "say.diverged_in_output"
