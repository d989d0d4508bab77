"""Answers that a client may keep but asks about each time: sent again only where they have changed.

Not here: files that never change under their address (`assets`).
"""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from app.web.compression import compressed


def revalidated(request: Request, body: bytes, media_type: str, vary: str = "") -> Response:
    """`body`, compressed, with its mark; 304 and nothing where the client has it. `vary`: what else it depends on."""
    sent, headers = compressed(body, request.headers.get("accept-encoding", ""))
    headers |= {"Cache-Control": "no-cache", "ETag": f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'}
    if vary:
        headers["Vary"] += f", {vary}"
    known = {mark.strip() for mark in request.headers.get("if-none-match", "").split(",")}
    if known & {headers["ETag"], "*"}:
        return Response(status_code=304, headers={name: headers[name] for name in ("Cache-Control", "ETag", "Vary")})
    return Response(sent, media_type=media_type, headers=headers)
