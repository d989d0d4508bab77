"""Answers that a client may keep but asks about each time: sent again only where they have changed.

Not here: files that never change under their address (`assets`).
"""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from app.web.compression import compressed


def revalidated(request: Request, body: bytes, media_type: str, vary: str = "", *, often: bool = False) -> Response:
    """`body`, compressed, with its mark; 304 and nothing where the client has it. `vary`: what else it depends on.

    `often`: many are sent the same (`compression`).
    """
    headers = {
        "Cache-Control": "no-cache",
        "ETag": f'W/"{hashlib.sha256(body).hexdigest()[:16]}"',
        "Vary": ", ".join(filter(None, ("Accept-Encoding", vary))),
    }
    known = {mark.strip() for mark in request.headers.get("if-none-match", "").split(",")}
    if known & {headers["ETag"], "*"}:
        return Response(status_code=304, headers=headers)
    sent, encoding = compressed(body, request.headers.get("accept-encoding", ""), often=often)
    return Response(sent, media_type=media_type, headers=encoding | headers)
