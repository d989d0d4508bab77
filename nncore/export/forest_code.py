"""A grown cascade as one Python file that needs nothing but NumPy: its trees as arrays, and how they are walked.

The trees are thousands of numbers, so they are packed; what unpacks and walks them is there to be read. Not here:
networks (`numpy_code`).
"""

import zlib
from base64 import b64encode

import numpy as np

from nncore.export import outline
from nncore.export.dialect import NUMPY
from nncore.export.numpy_code import CLOSING
from nncore.forest.grower import Grower
from nncore.forest.trees import Trees

WIDTH = 100
"""Letters of packed numbers in a line."""

WALK = '''
def unpacked(text, dtype):
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype)


def votes(x, fold):
    """The mean of a fold's trees' shares of classes, (n, classes), for inputs x (n, d)."""
    feature, threshold, right, shares, roots = fold
    node = np.repeat(roots[:, None], len(x), axis=1)
    place = np.arange(len(x))
    while (feature[node] >= 0).any():
        left = x[place, np.maximum(feature[node], 0)] <= threshold[node]
        # The left child follows its parent; a leaf stays where it is.
        node = np.where(feature[node] < 0, node, np.where(left, node + 1, right[node]))
    return shares[node].mean(axis=0, dtype=float).astype(np.float32)


def level(x, forests):
    """What a level says: the shares of each class (forests, n, classes), each forest's as the mean of its folds."""
    said = [np.stack([votes(x, fold) for fold in forest]).mean(axis=0, dtype=np.float32) for forest in forests]
    return np.stack(said)
'''


def forest_code(grower: Grower) -> str:
    """The file's text."""
    body = "\n\n".join([_features(grower), WALK.strip() + "\n", _predict(grower), _classify(), *_names(grower)])
    imports = "import base64\nimport zlib\n\nimport numpy as np\n\n\n"
    closing = CLOSING.replace("{places}", outline.examples(grower))
    return f"{_opening(grower)}\n{imports}{body}\n{_trees(grower)}{closing}"


def _opening(grower: Grower) -> str:
    metrics, config = grower.evaluate(), grower.config
    accuracy, best = metrics.test_accuracy, grower.network.best
    right = "" if accuracy is None else f", {100 * float(accuracy):.1f} % of its test points right"
    return (
        f'"""A cascade of forests grown in Neuron Playground: {config.data.dataset.name}, {grower.epoch} levels, '
        f"number {best} of which answers{right}.\n\n"
        f"predict(points) takes {outline.places(grower)}, and returns\n"
        f'{outline.answer(grower)}. NumPy is all it needs.\n"""\n'
    )


def _features(grower: Grower) -> str:
    said = f'    """What the forests are told of places (n, 2): {", ".join(grower.config.features)}."""\n'
    # Thresholds stand beside the points' own numbers, so inputs are rounded as these were.
    return f"def features(points):\n{said}{NUMPY.lines(outline.inputs_code(grower))}    return x.astype(np.float32)\n"


def _predict(grower: Grower) -> str:
    cascade = grower.network
    handed = "2 * shares[..., 1] - 1" if cascade.classes == 2 else "shares.transpose(0, 2, 1).reshape(-1, len(x))"
    steps = ["x = given = features(np.asarray(points, float).reshape(-1, 2))"]
    steps += [f"shares = np.tile({cascade.prior.tolist()}, (1, len(x), 1))"]
    if cascade.forest.hand_on:
        steps += ["for forests in LEVELS:", "    shares = level(x, forests)"]
        steps += [f"    handed = ({handed}).astype(np.float32)", "    x = np.hstack([given, handed.T])"]
    else:
        steps += ["if LEVELS:", "    shares = level(x, LEVELS[-1])"]
    trees, classes = cascade.forest.forests * cascade.forest.trees, cascade.classes
    steps += [
        "# Half a vote more for each class, so that no vote is certain.",
        f"p = (shares.mean(axis=0) * {trees} + 0.5) / {trees + 0.5 * classes}",
    ]
    body = NUMPY.lines(steps)
    answer = outline.answer(grower)
    end = "p[:, 1]" if classes == 2 else "p"
    return (
        f'def shares_of(points):\n    """The shares of the classes, (n, {classes})."""\n{body}    return p\n\n\n'
        f'def predict(points):\n    """{answer[0].upper()}{answer[1:]}, at places (n, 2) of the plane."""\n'
        f"    p = shares_of(points)\n    return {end}\n"
    )


def _classify() -> str:
    return (
        'def classify(points):\n    """The class that the forests decide for, (n,), at places (n, 2)."""\n'
        "    return shares_of(points).argmax(axis=1)\n"
    )


def _names(grower: Grower) -> list[str]:
    names = outline.class_names(grower)
    return [names] if names else []


def _trees(grower: Grower) -> str:
    cascade = grower.network
    levels = "".join(
        "    [\n" + "".join(f"        [\n{''.join(map(_fold, forest))}        ],\n" for forest in level) + "    ],\n"
        for level in cascade.levels[: cascade.best]
    )
    return (
        "# As grown: levels, their forests, of each the folds. Of each fold the input that a node asks for (-1 for a\n"
        "# leaf), the number that is compared with it, the right child, the shares of the classes, and the roots.\n"
        f"LEVELS = [\n{levels}]\n"
    )


def _fold(trees: Trees) -> str:
    arrays = (trees.feature, trees.threshold, trees.right, trees.shares, trees.roots)
    indent = " " * 16
    packed = "".join(
        f"{indent}unpacked(\n{_lines(np.ascontiguousarray(array).tobytes(), indent + '    ')}{indent}    "
        f'"<{array.dtype.str[1:]}",\n{indent}){_shape(array)},\n'
        for array in arrays
    )
    return f"            (\n{packed}            ),\n"


def _shape(array: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> str:
    return f".reshape(-1, {array.shape[1]})" if array.ndim == 2 else ""


def _lines(data: bytes, indent: str) -> str:
    text = b64encode(zlib.compress(data, 9)).decode()
    rows = [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]
    return "".join(f'{indent}"{row}"\n' for row in rows[:-1]) + f'{indent}"{rows[-1]}",\n'
