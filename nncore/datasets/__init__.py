"""One dataset per file; the file's stem is the registered name. `nncore.dataset` is the contract."""

from nncore.dataset import DATASETS, Dataset, Sample

DATASETS.discover(__name__, list(__path__))

__all__ = ["DATASETS", "Dataset", "Sample"]
