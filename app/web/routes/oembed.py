"""oEmbed (oembed.com, version 1.0): a page of ours as a frame in somebody's article, for programs that ask.

Not here: the page that is framed (`pages`).
"""

from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.links.limits import check_query
from app.links.notation import read_number
from app.web.addresses import Address, read_address
from app.web.errors import refused
from app.web.services import Used, Visitor
from app.web.snippets import HEIGHT, TITLE, WIDTH, iframe
from nncore.errors import InputError
from nncore.sentence import Sentence
from nncore.spec import Knob

router = APIRouter()

SMALLEST_WIDTH, SMALLEST_HEIGHT = 320, 180

_JSON_ALONE = Sentence("refused.json_alone", "must be json, not '{name}'")

_BOX = {
    name: Knob(name, name, "int", usual, 1, 100_000) for name, usual in (("maxwidth", WIDTH), ("maxheight", HEIGHT))
}


@router.get("/oembed")
async def oembed(request: Request, services: Used, visitor: Visitor, url: str = "", format: str = "json") -> Response:
    """The frame for `url`, within `maxwidth` and `maxheight`.

    404 for an address that is no page of ours, 501 for a format other than JSON, as the standard says.
    """
    if format != "json":
        return refused(InputError("format", _JSON_ALONE, name=format[:20]), 501)
    try:
        address = read_address(url, request.headers.get("host", ""), request.scope.get("root_path", ""))
        check = partial(check_query, address.link, services.settings, kind=address.kind)
        await services.links.do(visitor, check)
    except InputError as error:
        return refused(error, 404)
    width, height = _fitting(request)
    return JSONResponse(_described(address, width, height), headers={"Cache-Control": "public, max-age=3600"})


def _fitting(request: Request) -> tuple[int, int]:
    """The usual shape, as large as the asker allows; never larger than usual."""
    allowed = {}
    for name, knob in _BOX.items():
        value = knob.check(read_number(request.query_params.get(name, str(knob.default))), name)
        assert isinstance(value, int)
        allowed[name] = value
    share = min(1.0, allowed["maxwidth"] / WIDTH, allowed["maxheight"] / HEIGHT)
    width, height = round(WIDTH * share), round(HEIGHT * share)
    # Narrower than this there is nothing to see: then as high as is allowed, too.
    return (
        min(allowed["maxwidth"], max(width, SMALLEST_WIDTH)),
        min(allowed["maxheight"], max(height, SMALLEST_HEIGHT)),
    )


def _described(address: Address, width: int, height: int) -> dict[str, object]:
    thumbnail = {
        "thumbnail_url": address.of("poster.png"),
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }
    return {
        "type": "rich",
        "version": "1.0",
        "title": TITLE,
        "provider_name": TITLE,
        "provider_url": address.base,
        "html": iframe(address, width, height),
        "width": width,
        "height": height,
        **(thumbnail if address.has_picture else {}),
        "cache_age": 3600,
    }
