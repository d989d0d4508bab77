"""A saved run made into a file to keep: the name of the export on a line of its own, then the checkpoint."""

from app.links.limits import load_checkpoint
from app.settings import Settings
from nncore.errors import InputError
from nncore.export import EXPORTS


def work(request: bytes, settings: Settings) -> bytes:
    """The file's text in UTF-8."""
    what, _, data = request.partition(b"\n")
    try:
        trainer = load_checkpoint(data, None, settings)
    except InputError as error:
        raise error.under("checkpoint") from None
    return EXPORTS[what.decode()](trainer).encode()
