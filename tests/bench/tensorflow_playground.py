"""TensorFlow Playground's page as its own site serves it, for measuring beside ours: a folder with what its build made.

It is no part of this project. The branch gh-pages of github.com/tensorflow/playground (Apache 2.0) has it, and
`TENSORFLOW_PLAYGROUND` says where it is. Not here: what is measured (`page`).
"""

import gzip
import mimetypes
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

VARIABLE = "TENSORFLOW_PLAYGROUND"
ABSENT = f"TensorFlow Playground is not measured: {VARIABLE} names no folder with its built page (branch gh-pages)."
COMPRESSED = (".html", ".js", ".css")


def folder() -> Path | None:
    """Where its built page is, if it is there."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named and (Path(named) / "bundle.js").is_file() else None


class StaticPage:
    """Its files on a loopback port of their own, compressed as its own site does, from entering to leaving."""

    def __init__(self, root: Path) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler(root))
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def handler(root: Path) -> type[BaseHTTPRequestHandler]:
    """What answers with the files of `root`, made ready beforehand: it is the browser that is measured."""
    files = {f"/{path.name}": _ready(path) for path in root.iterdir() if path.is_file()}
    files["/"] = files["/index.html"]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body, headers = files.get(self.path.partition("?")[0], (b"", {}))
            self.send_response(200 if body else 404)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is written between the figures."""

    return Handler


def _ready(path: Path) -> tuple[bytes, dict[str, str]]:
    body = path.read_bytes()
    headers = {"Content-Type": mimetypes.guess_type(path.name)[0] or "application/octet-stream"}
    if path.suffix not in COMPRESSED:
        return body, headers
    return gzip.compress(body), headers | {"Content-Encoding": "gzip"}
