"""The PyTorch file says what the page says, for every kind of network, and can be trained further."""

import ast
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from nncore import snapshot
from nncore.export import torch_code
from nncore.tape import Array
from tests.nncore.export.fresh import ask_each
from tests.nncore.export.networks import CONFIGS, agrees, places, trained

needs_torch = pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Array, Array]]:
    files = {name: torch_code(trained(name)) for name in CONFIGS}
    return ask_each(tmp_path_factory.mktemp("files"), files, {name: places(name) for name in CONFIGS})


def module_of(name: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "taken_home"}
    exec(torch_code(trained(name)), names)  # our own code, as a reader would run it
    return names


@needs_torch
@pytest.mark.parametrize("name", CONFIGS)
def test_predictions_are_the_pages_up_to_rounding(name: str, answers: dict[str, tuple[Array, Array]]) -> None:
    agrees(name, *answers[name])


def test_it_is_a_python_file_that_needs_torch_alone() -> None:
    for name in CONFIGS:
        nodes = ast.walk(ast.parse(torch_code(trained(name))))
        imports = [ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
        assert imports == ["import torch", "from torch import nn"], name


@needs_torch
@pytest.mark.parametrize("name", ["options", "knobs", "neuron_attention", "activation_prelu"])
def test_parameters_are_called_as_in_the_saved_model(name: str) -> None:
    saved = safetensors.numpy.load(snapshot.save(trained(name)))
    state = module_of(name)["model"].state_dict()
    assert list(state) == [key for key, _ in trained(name).network.parameters()]
    for key, tensor in state.items():
        np.testing.assert_array_equal(tensor.numpy(), saved[key])


@needs_torch
@pytest.mark.parametrize("name", [name for name in CONFIGS if name.startswith(("neuron_", "activation_"))])
def test_it_can_be_trained_further(name: str) -> None:
    """Finite gradients reach a layer's parameters, but for what has a slope of zero by its nature."""
    import torch

    module = module_of(name)
    model = module["model"].train()
    x, y = trained(name).split.train_x, trained(name).split.train_y
    z = model(torch.tensor(x, dtype=torch.float32))[:, 0]
    loss = torch.nn.functional.binary_cross_entropy_with_logits(z, torch.tensor(y, dtype=torch.float32))
    loss.backward()
    gradients = {key: parameter.grad for key, parameter in model.named_parameters()}
    assert all(gradient is None or bool(torch.isfinite(gradient).all()) for gradient in gradients.values())
    assert any(gradient is not None and float(gradient.abs().max()) > 0 for gradient in gradients.values())


@needs_torch
@pytest.mark.parametrize("name", ["options", "three_mse", "three_hinge"])
def test_it_tells_the_class_that_the_network_decides_for(name: str) -> None:
    decided = trained(name).network.head.classes(module_of(name)["outputs"](places(name)).numpy().T)
    np.testing.assert_array_equal(module_of(name)["classify"](places(name)).numpy(), decided)


@needs_torch
def test_dropout_acts_in_training_only() -> None:
    import torch

    module, points = module_of("options"), torch.tensor(places("options"), dtype=torch.float32)
    model = module["model"]
    assert torch.equal(model(points), model(points))
    model.train()
    assert not torch.equal(model(points), model(points))
