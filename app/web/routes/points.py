"""A table of points as a reader has it, read for the page: the same rules as `nncore.points`, and no others.

Nothing is kept: the answer holds the knobs of the dataset `own`, which travel in the reader's own Config from there on.
Not here: where the table is read (`app.jobs.tasks.table`).
"""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.jobs.job import Job
from app.web.leaving import unless_left
from app.web.services import Used, Visitor
from nncore.sentence import Sentence

_LONG_TABLE = Sentence("refused.long_table", "the table is longer than the {limit} bytes that this server reads")

router = APIRouter(prefix="/api")


@router.post("/points")
async def points(
    request: Request,
    services: Used,
    visitor: Visitor,
    task: Annotated[str, Query(description="What labels are; left out, they tell.")] = "",
) -> Response:
    """The points of a table of text (x, y, label), or 422 with the sentence that names its line."""
    table = await services.bodies.receive(request, _LONG_TABLE)
    # A line's end would end the task in the job, too.
    job = Job("table", task.replace("\n", " ").encode() + b"\n" + table, services.settings.job_seconds)
    told = await unless_left(request, services.files.do(job, visitor))
    return Response(told, media_type="application/json")
