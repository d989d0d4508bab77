"""What both kinds of code say of a network: its story in words, each step as neutral lines, its weights as lists.

Not here: how a file is put together (`numpy_code`, `torch_code`), nor what a formula looks like (the entries say).
"""

import textwrap
from collections.abc import Iterator

from nncore.export.own_numbers import own_numbers
from nncore.features import FEATURES
from nncore.layer import Layer
from nncore.learner import AnyLearner
from nncore.tape import Array
from nncore.trainer import Trainer
from nncore.unbiased import Unbiased

DECISION = "The class that the network decides for, (n,), at places (n, 2): by z, which equal probabilities hide."
WIDTH = 116
"""Of a line of weights at most."""


def story(trainer: Trainer) -> str:
    """What this network is and how far it came, as the first paragraphs of a file's docstring."""
    metrics, config = trainer.evaluate(), trainer.config
    accuracy = metrics.test_accuracy
    tested = len(trainer.split.test_x) > 0
    right = "" if accuracy is None else f", {100 * float(accuracy):.1f} % of its test points right"
    loss = (
        f"test loss {float(metrics.test_loss):.4g}" if tested else f"loss {float(metrics.train_loss):.4g}, none tested"
    )
    layers = [describe(layer) for layer in hidden_layers(trainer)]
    parts = [", ".join(config.features), *layers, describe_output(trainer)]
    return (
        f"A network trained in Neuron Playground: {config.data.dataset.name}, {trainer.epoch} epochs, "
        f"{loss}{right}.\n\n" + " ->\n".join(f"    {part}" for part in parts)
    )


def answer(trainer: AnyLearner) -> str:
    """What a prediction is, with its shape for n places."""
    own = own_numbers(trainer)
    if trainer.split.task == "regression":
        return f"the value of {quoted(own.columns[2])}, (n,)" if own else "the value, (n,)"
    units = trainer.network.head.units
    named = f" ({quoted(own.classes[1])})" if own and own.classes else ""
    return f"the probability of class 1{named}, (n,)" if units == 1 else f"the probability of each class, (n, {units})"


def describe(layer: Layer) -> str:
    """A hidden layer in a few words: ``8 quadratic (z = ...), layer norm, tanh``."""
    words = [f"{layer.units} {_kind(layer)}"]
    words += ["layer norm"] if layer.norm is not None else []
    words.append(layer.activation.spec.name)
    words += [f"dropout {layer.dropout:g} (in training only)"] if layer.dropout else []
    words += ["residual"] if layer.residual else []
    return ", ".join(words)


def describe_output(trainer: Trainer) -> str:
    """The output layer in a few words."""
    layer = trainer.network.layers[-1]
    return f"{layer.units} {_kind(layer)}, {trainer.network.head.activation}"


def _kind(layer: Layer) -> str:
    return layer.neuron.spec.name + (" without bias" if isinstance(layer.neuron, Unbiased) else "")


def hidden_layers(trainer: Trainer) -> tuple[Layer, ...]:
    """All layers but the last, the output's."""
    return trainer.network.layers[:-1]


def inputs_code(trainer: AnyLearner) -> list[str]:
    """The inputs x (n, fan_in) from places `points` (n, 2) of the plane."""
    config = trainer.config
    codes = [FEATURES[name].code for name in config.features]
    # As in `features.inputs`.
    wave = [f"omega = {'xp.pi' if config.data.scale == 1 else '1.0'}"] if "omega" in " ".join(codes) else []
    own = own_numbers(trainer)
    xy = own.into_square() if own and own.has_units else ["x, y = points[:, 0], points[:, 1]"]
    return [*xy, *wave, f"x = xp.stack([{', '.join(codes)}], axis=1)"]


def places(trainer: AnyLearner) -> str:
    """What places (n, 2) are, for a file's docstring."""
    own, scale = own_numbers(trainer), trainer.config.data.scale
    if own is None or not own.has_units:
        return f"places (n, 2) of the plane, x and y from {-scale:g} to {scale:g}"
    return f"rows (n, 2) of {quoted(own.columns[0])} and {quoted(own.columns[1])}, in the numbers of their table"


def examples(trainer: AnyLearner) -> str:
    """A few places, as a list in code."""
    own, scale = own_numbers(trainer), trainer.config.data.scale
    given = [(0.0, 0.0), (0.5, 0.5), (-0.5, 0.5), (-0.5, -0.5), (0.5, -0.5)]
    if own is None or not own.has_units:
        return str([list(place) for place in given])
    # Three digits are enough to look at.
    return str([[float(f"{n:.4g}") for n in own.place(scale * x, scale * y)] for x, y in given])


def class_names(trainer: AnyLearner) -> str:
    """A line of code with the classes' names, where they have any of their own."""
    own = own_numbers(trainer)
    return (
        f"# What the classes are called, by their numbers.\nCLASSES = {list(own.classes)!r}\n"
        if own and own.classes
        else ""
    )


def quoted(name: str) -> str:
    """`name` as it may stand in a docstring."""
    return repr(name).replace('"', "'").replace("\\", "/")


def layer_code(layer: Layer) -> list[str]:
    """A hidden layer's a (n, units) from x (n, fan_in), up to where dropout would act and the residual is added."""
    norm = [] if layer.norm is None else layer.norm.code()
    return [*layer.neuron.code(), *norm, f"a = {layer.activation.code()}"]


def output_code(trainer: Trainer) -> list[str]:
    """The output layer's z (n, units) from x (n, fan_in)."""
    return trainer.network.layers[-1].neuron.code()


def prediction_code(trainer: Trainer) -> list[str]:
    """Predictions p from the output's z (n, units)."""
    head, own = trainer.network.head, own_numbers(trainer)
    back = own.out_of_square() if own and trainer.split.task == "regression" else []
    return [*head.code(), *(["p = p[:, 0]"] if head.units == 1 else []), *back]


def decision_code(trainer: Trainer) -> list[str]:
    """The classes c (n,) from the output's z (n, units), where there are any: saturated predictions can be equal."""
    if trainer.split.task == "regression":
        return []
    return ["c = 1 * (z[:, 0] > 0)" if trainer.network.head.units == 1 else "c = z.argmax(1)"]


def parameters_of(trainer: Trainer, layer: Layer) -> Iterator[tuple[str, Array]]:
    """The parameter arrays of one layer by the letters of its formula."""
    for block in layer.blocks:
        yield block.name, block.view(trainer.network.theta)


def numbers(array: Array, indent: str) -> str:
    """`array` as nested lists of numbers, each with as many digits as bring back exactly the same one."""
    if array.shape[1:] == (1,):
        column = ", ".join(f"[{number}]" for number in array[:, 0])
        if len(indent) + len(column) + 12 <= WIDTH:
            return f"[{column}]"
    if array.ndim == 1:
        text = ", ".join(map(str, array))
        if len(indent) + len(text) + 3 <= WIDTH:
            return f"[{text}]"
        inner = textwrap.fill(text, WIDTH, initial_indent=f"{indent}    ", subsequent_indent=f"{indent}    ")
        return f"[\n{inner},\n{indent}]"
    rows = "".join(f"{indent}    {numbers(row, f'{indent}    ')},\n" for row in array)
    return f"[\n{rows}{indent}]"
