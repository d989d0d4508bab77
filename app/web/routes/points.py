"""A table as a reader has it, read for the page: a file's bytes, or text pasted.

Nothing is kept: the answer holds the knobs of the dataset `own`, which travel in the reader's own Config from there on.
Not here: where the table is read (`app.jobs.tasks.table`), by which rules (`nncore.tables`).
"""

import json
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.jobs.job import Job
from app.web.leaving import unless_left
from app.web.services import Used, Visitor
from nncore.sentence import Sentence

_LONG_TABLE = Sentence("refused.long_table", "the table is longer than the {limit} bytes that this server reads")

router = APIRouter(prefix="/api")

LONGEST_NAME = 500
"""Characters of a column's name, as it is asked for."""
_Column = Annotated[str, Query(max_length=LONGEST_NAME, description="The column's name, or its number from 1.")]


@router.post("/points")
async def points(
    request: Request,
    services: Used,
    visitor: Visitor,
    task: Annotated[str, Query(description="What labels are; left out, they tell.")] = "",
    x: _Column = "",
    y: _Column = "",
    label: _Column = "",
    header: Annotated[str, Query(description="Whether the first row names the columns: yes or no.")] = "",
    decimal: Annotated[str, Query(description="The decimal mark: point or comma.")] = "",
    encoding: Annotated[str, Query(description="The encoding of text, such as gb18030.")] = "",
    sample: Annotated[str, Query(description="yes: of a table with too many points, a fair sample.")] = "",
) -> Response:
    """What is in a table, and the points of three of its columns; or 422 with the sentence that names its line.

    docs/reference/tables.md says what is read and what the answer holds.
    """
    settings = services.settings
    table = await services.bodies.read(request, settings.table_bytes, _LONG_TABLE)
    asked = {"task": task, "x": x, "y": y, "label": label, "header": header, "decimal": decimal}
    head = json.dumps({**asked, "encoding": encoding, "sample": sample}).encode()
    told = await unless_left(
        request, services.files.do(Job("table", head + b"\n" + table, settings.job_seconds), visitor)
    )
    status, _, body = told.partition(b"\n")
    return Response(body, int(status), media_type="application/json")
