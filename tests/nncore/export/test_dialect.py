"""Neutral code becomes NumPy's or PyTorch's, by whole names only."""

from nncore.export.dialect import NUMPY, TORCH


def test_each_library_has_its_name() -> None:
    assert NUMPY.translate("xp.tanh(z) + exp.z") == "np.tanh(z) + exp.z"
    assert TORCH.translate("xp.tanh(xp.abs(z))") == "torch.tanh(torch.abs(z))"


def test_numpy_has_no_error_function_of_its_own() -> None:
    assert NUMPY.translate("xp.erf(z)") == "erf(z)"
    assert TORCH.translate("xp.erf(z)") == "torch.erf(z)"


def test_lines_are_indented() -> None:
    assert NUMPY.lines(["a = 1", "for b in c:", "    a = b"]) == "    a = 1\n    for b in c:\n        a = b\n"
