"""Answers from below the application, to what never becomes a request: broken, too long or too slow.

Written by hand, since at that point there is nobody else to write them; with the headers that every answer carries.
Not here: what the application answers (`errors`, `security`).
"""

from http import HTTPStatus

from app.web.security import headers_for


def bare_answer(status: HTTPStatus, sentence: str) -> bytes:
    """A whole HTTP/1.1 response that says `sentence` and is the last on its connection."""
    body = f"{sentence}\n".encode()
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "Connection": "close",
        **headers_for(""),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode("ascii") + body
