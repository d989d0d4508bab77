"""A saved run made into a file to keep: `POST /api/export/<what>` with a checkpoint as its body.

The server keeps nothing of it: the page brings the checkpoint that it was sent. Not here: what is written
(`nncore.export`), nor where it is made (`app.jobs`).
"""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.jobs.job import Job
from app.web.errors import refused
from app.web.leaving import unless_left
from app.web.services import Used, Visitor
from nncore.errors import UnknownName
from nncore.export import EXPORTS
from nncore.sentence import Sentence

_LONG_CHECKPOINT = Sentence(
    "refused.long_checkpoint", "the checkpoint is longer than the {limit} bytes that this server reads"
)

router = APIRouter(prefix="/api/export")

FILES = {
    "numpy": ("network_numpy.py", "text/x-python"),
    "torch": ("network_torch.py", "text/x-python"),
    "data": ("data.csv", "text/csv"),
    "history": ("history.csv", "text/csv"),
}
"""What each export is called and is, for clients that give it no name of their own."""


@router.post("/{what}")
async def export(request: Request, what: str, services: Used, visitor: Visitor) -> Response:
    """The file, or one sentence: 404 no such export, 408 too slow, 413 too long, 422 no checkpoint, 503 too many."""
    if what not in EXPORTS:
        return refused(UnknownName.of("export", what, EXPORTS), 404)
    data = await services.bodies.read(request, services.settings.checkpoint_bytes, _LONG_CHECKPOINT)
    job = Job("export", what.encode() + b"\n" + data, services.settings.job_seconds)
    text = await unless_left(request, services.files.do(job, visitor))
    name, media_type = FILES[what]
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(text, media_type=media_type, headers=headers)
