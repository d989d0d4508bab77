"""Other people's pages for the tests: files and texts on a loopback port of their own, so of another origin.

Not the playground's server: that is server.py.
"""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self


class Host:
    """Serves a folder, and pages by name before it; started on entering, stopped on leaving."""

    def __init__(self, folder: Path, **pages: str) -> None:
        self.pages = {f"/{name}": text for name, text in pages.items()}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self.pages, directory=str(folder)))
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, pages: dict[str, str], *args: object, directory: str) -> None:
        self._pages = pages
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]  # as the server calls it

    def do_GET(self) -> None:
        text = self._pages.get(self.path.partition("?")[0])
        if text is None:
            super().do_GET()
            return
        data = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test says itself what went wrong."""
