"""A trained network as one readable Python file of PyTorch: a module for each layer, ready to train on.

Parameters have the names that they have in the .safetensors file. Not here: gradients that a kind defines against its
own derivative (adder, binary, spiking, step): PyTorch takes the plain derivative of what is written.
"""

from nncore.export import outline
from nncore.export.dialect import TORCH
from nncore.export.own_numbers import own_numbers
from nncore.layer import Layer
from nncore.trainer import Trainer

IMPORTS = "import torch\nfrom torch import nn\n\n\n"

CLOSING = """

if __name__ == "__main__":
    places = {places}
    for place, prediction in zip(places, predict(places)):
        print(place, prediction.tolist())
"""


def torch_code(trainer: Trainer) -> str:
    """The file's text."""
    modules = [_layer(f"Layer{number}", layer) for number, layer in enumerate(outline.hidden_layers(trainer), 1)]
    body = [_features(trainer), *modules, _output(trainer), _network(trainer), _weights(trainer), _outputs(trainer)]
    names = outline.class_names(trainer)
    body += [_predict(trainer), *_classify(trainer), *([names] if names else [])]
    text = "\n\n".join(body)
    return f"{_opening(trainer)}\n{IMPORTS}{text}{CLOSING.replace('{places}', outline.examples(trainer))}"


def _opening(trainer: Trainer) -> str:
    return (
        f'"""{outline.story(trainer)}\n\n'
        f"predict(points) takes {outline.places(trainer)}, and returns\n"
        f"{outline.answer(trainer)}. PyTorch is all it needs; model.train() and an optimiser train it further.\n"
        '"""\n'
    )


def _features(trainer: Trainer) -> str:
    said = f'    """What the network is told of places (n, 2): {", ".join(trainer.config.features)}."""\n'
    return f"def features(points):\n{said}{TORCH.lines(outline.inputs_code(trainer))}    return x\n"


def _layer(name: str, layer: Layer) -> str:
    dropout = ["a = self.dropout(a)"] if layer.dropout else []
    result = "a + x" if layer.residual else "a"
    made = [f"self.dropout = nn.Dropout({layer.dropout})"] if layer.dropout else []
    return _module(
        name, outline.describe(layer), layer, made, [*outline.layer_code(layer), *dropout, f"return {result}"]
    )


def _output(trainer: Trainer) -> str:
    said = f"{outline.describe_output(trainer)} (in predict)"
    return _module("Output", said, trainer.network.layers[-1], [], [*outline.output_code(trainer), "return z"])


def _module(name: str, said: str, layer: Layer, made: list[str], forward: list[str]) -> str:
    names = [block.name for block in layer.blocks]
    shapes = (", ".join(map(str, block.parameter.shape)) for block in layer.blocks)
    own = [f"self.{each} = nn.Parameter(torch.zeros({shape}))" for each, shape in zip(names, shapes, strict=True)]
    seen = f"{', '.join(names)} = {', '.join(f'self.{each}' for each in names)}"
    return (
        f'class {name}(nn.Module):\n    """{said}."""\n\n'
        f"    def __init__(self):\n        super().__init__()\n{TORCH.lines(own + made, 2)}\n"
        f"    def forward(self, x):\n{TORCH.lines([seen, *forward], 2)}"
    )


def _network(trainer: Trainer) -> str:
    layers = ", ".join(f"Layer{number}()" for number, _ in enumerate(outline.hidden_layers(trainer), 1))
    own = own_numbers(trainer)
    # A table's numbers may have more digits than float32 keeps.
    told = (
        "features(points.double()).to(next(self.parameters()).dtype)" if own and own.has_units else "features(points)"
    )
    forward = [f"x = {told}", "for layer in self.layers:", "    x = layer(x)", "return self.output(x)"]
    made = [f"self.layers = nn.ModuleList([{layers}])", "self.output = Output()"]
    return (
        'class Network(nn.Module):\n    """The output\'s z, (n, units), for places (n, 2): what a loss is given."""\n\n'
        f"    def __init__(self):\n        super().__init__()\n{TORCH.lines(made, 2)}\n"
        f"    def forward(self, points):\n{TORCH.lines(forward, 2)}"
    )


def _weights(trainer: Trainer) -> str:
    arrays = "".join(
        f'    "{layer.name}.{name}": {outline.numbers(array, " " * 4)},\n'
        for layer in trainer.network.layers
        for name, array in outline.parameters_of(trainer, layer)
    )
    dtype = trainer.network.dtype.name
    return (
        f"# As trained. Each row of a matrix belongs to one unit.\nWEIGHTS = {{\n{arrays}}}\n\n"
        f"model = Network().to(torch.{dtype})\n"
        f"model.load_state_dict({{name: torch.tensor(rows, dtype=torch.{dtype}) for name, rows in WEIGHTS.items()}})\n"
        "model.eval()\n"
    )


def _outputs(trainer: Trainer) -> str:
    own = own_numbers(trainer)
    steps = [
        "dtype = torch.float64" if own and own.has_units else "dtype = next(model.parameters()).dtype",
        "with torch.no_grad():",
        "    return model(torch.as_tensor(points, dtype=dtype).reshape(-1, 2))",
    ]
    said = '    """The output\'s z, (n, units), at places (n, 2) of the plane; for looking, not for training."""\n'
    return f"def outputs(points):\n{said}{TORCH.lines(steps)}"


def _predict(trainer: Trainer) -> str:
    said = outline.answer(trainer)
    steps = ["z = outputs(points)", *outline.prediction_code(trainer)]
    return (
        f'def predict(points):\n    """{said[0].upper()}{said[1:]}, at places (n, 2) of the plane."""\n'
        f"{TORCH.lines(steps)}    return p\n"
    )


def _classify(trainer: Trainer) -> list[str]:
    decision = outline.decision_code(trainer)
    if not decision:
        return []
    said = f'    """{outline.DECISION}"""\n'
    return [f"def classify(points):\n{said}{TORCH.lines(['z = outputs(points)', *decision])}    return c\n"]
