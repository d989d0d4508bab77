"""A trained network as one readable Python file that needs nothing but NumPy.

A function for each layer, the weights below them, `predict(points)` on top of it all. It calculates in float64, so its
predictions differ from the page's only by the page's own rounding in float32.
"""

from nncore.export import outline
from nncore.export.dialect import NUMPY
from nncore.layer import Layer
from nncore.trainer import Trainer

PLAIN = "import numpy as np\n\n\n"
WITH_ERF = "import math\n\nimport numpy as np\n\nerf = np.vectorize(math.erf, otypes=[float])\n\n\n"

CLOSING = """

if __name__ == "__main__":
    places = {places}
    for place, prediction in zip(places, predict(places)):
        print(place, prediction)
"""


def numpy_code(trainer: Trainer) -> str:
    """The file's text."""
    ends = [_outputs(trainer), _predict(trainer), *_classify(trainer), *_names(trainer), _weights(trainer)]
    body = "\n\n".join([_features(trainer), *_layers(trainer), _output(trainer), *ends])
    uses_erf = "erf(" in body
    imports = WITH_ERF if uses_erf else PLAIN
    return f"{_opening(trainer)}\n{imports}{body}{CLOSING.replace('{places}', outline.examples(trainer))}"


def _opening(trainer: Trainer) -> str:
    return (
        f'"""{outline.story(trainer)}\n\n'
        f"predict(points) takes {outline.places(trainer)}, and returns\n"
        f'{outline.answer(trainer)}. NumPy is all it needs.\n"""\n'
    )


def _features(trainer: Trainer) -> str:
    said = f'    """What the network is told of places (n, 2): {", ".join(trainer.config.features)}."""\n'
    return f"def features(points):\n{said}{NUMPY.lines(outline.inputs_code(trainer))}    return x\n"


def _layers(trainer: Trainer) -> list[str]:
    return [_layer(f"layer_{number}", layer) for number, layer in enumerate(outline.hidden_layers(trainer), 1)]


def _layer(name: str, layer: Layer) -> str:
    names = ", ".join(block.name for block in layer.blocks)
    body = NUMPY.lines(outline.layer_code(layer))
    result = "a + x" if layer.residual else "a"
    return f'def {name}(x, {names}):\n    """{outline.describe(layer)}."""\n{body}    return {result}\n'


def _output(trainer: Trainer) -> str:
    names = ", ".join(block.name for block in trainer.network.layers[-1].blocks)
    body = NUMPY.lines(outline.output_code(trainer))
    return f'def output(x, {names}):\n    """{outline.describe_output(trainer)} (in predict)."""\n{body}    return z\n'


def _outputs(trainer: Trainer) -> str:
    steps = ["x = features(np.asarray(points, float).reshape(-1, 2))"]
    steps += [
        f'x = layer_{number}(x, **WEIGHTS["{layer.name}"])'
        for number, layer in enumerate(outline.hidden_layers(trainer), 1)
    ]
    steps.append('return output(x, **WEIGHTS["output"])')
    said = '    """The output\'s z, (n, units), at places (n, 2) of the plane."""\n'
    return f"def outputs(points):\n{said}{NUMPY.lines(steps)}"


def _predict(trainer: Trainer) -> str:
    steps = ["z = outputs(points)", *outline.prediction_code(trainer)]
    said = f'    """{_capitalised(outline.answer(trainer))}, at places (n, 2) of the plane."""\n'
    return f"def predict(points):\n{said}{NUMPY.lines(steps)}    return p\n"


def _classify(trainer: Trainer) -> list[str]:
    decision = outline.decision_code(trainer)
    if not decision:
        return []
    said = f'    """{outline.DECISION}"""\n'
    return [f"def classify(points):\n{said}{NUMPY.lines(['z = outputs(points)', *decision])}    return c\n"]


def _names(trainer: Trainer) -> list[str]:
    names = outline.class_names(trainer)
    return [names] if names else []


def _weights(trainer: Trainer) -> str:
    layers = "".join(_layer_weights(trainer, layer) for layer in trainer.network.layers)
    exact = f"np.array(rows, np.{trainer.network.dtype.name}).astype(float)"
    return (
        f"# As trained. Each row of a matrix belongs to one unit.\nWEIGHTS = {{\n{layers}}}\n"
        f"WEIGHTS = {{\n    layer: {{name: {exact} for name, rows in arrays.items()}}\n"
        "    for layer, arrays in WEIGHTS.items()\n}\n"
    )


def _layer_weights(trainer: Trainer, layer: Layer) -> str:
    indent = " " * 8
    arrays = (
        f'{indent}"{name}": {outline.numbers(array, indent)},\n'
        for name, array in outline.parameters_of(trainer, layer)
    )
    return f'    "{layer.name}": {{\n{"".join(arrays)}    }},\n'


def _capitalised(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]
