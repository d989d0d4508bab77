"""The nginx configuration of docs/howto/reverse-proxy.md, in a real nginx where there is one.

Not here: what the server makes of the headers of any proxy (tests/app/web/test_forwarded.py, test_root_path.py).
"""

import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tests.app.client import LiveClient
from tests.app.polling import PollingClient
from tests.browser.server import ROOT, Server, free_port

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(NGINX is None, reason="this machine has no nginx")]

MAIN = """daemon off; master_process off; pid {folder}/pid; error_log stderr warn;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {http}
    server {{ listen 127.0.0.1:{port}; {server} }}
}}
"""

CONFIG = {"layers": [{"units": 2}], "data": {"name": "xor", "count": 40}}


def documented() -> tuple[str, str]:
    """What stands in the `server` block, and what stands in the `http` block above it."""
    text = (ROOT / "docs/howto/reverse-proxy.md").read_text()
    server, http = re.findall(r"```nginx\n(.*?)```", text, re.DOTALL)[:2]
    return server, http


@contextmanager
def nginx(folder: Path, target: int, server: str, http: str = "") -> Iterator[str]:
    """In front of port `target`; its place."""
    assert NGINX is not None
    port = free_port()
    text = MAIN.format(folder=folder, port=port, http=http, server=server.replace(":8000", f":{target}"))
    file = folder / "nginx.conf"
    file.write_text(text)
    checked = subprocess.run([NGINX, "-t", "-c", file], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen([NGINX, "-c", file], stderr=subprocess.DEVNULL)
    try:
        until_listening(port)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(60)


def until_listening(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 5).close()
            return
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.05)


def trains(client: LiveClient) -> None:
    client.open(CONFIG)
    client.send("step", epochs=2)
    client.until_epoch(2)
    client.close()


@pytest.mark.parametrize("strips", [True, False])
def test_under_a_path_as_documented(tmp_path: Path, strips: bool) -> None:
    block, http = documented()
    assert "proxy_pass http://127.0.0.1:8000/;" in block
    if not strips:
        block = block.replace("location /neurons/ {", "location /neurons {").replace(":8000/;", ":8000;")
    settings = {"NEURON_PLAYGROUND_ROOT_PATH": "/neurons", "NEURON_PLAYGROUND_HOSTS": "1"}
    with Server(tmp_path / "log.txt", **settings) as server, nginx(tmp_path, server.port, block, http) as place:
        with urllib.request.urlopen(f"http://{place}/neurons?data=xor", timeout=60) as page:
            assert page.url == f"http://{place}/neurons/?data=xor"
            assert f"http://{place}/neurons/".encode() in page.read()
        trains(LiveClient(f"ws://{place}/neurons/live"))
        trains(PollingClient(f"ws://{place}/neurons/live"))


def test_one_that_passes_no_upgrade_on_still_carries_requests(tmp_path: Path) -> None:
    """As docs/howto/no-websockets.md has it to try."""
    bare = "proxy_pass http://127.0.0.1:8000;"
    assert bare in (ROOT / "docs/howto/no-websockets.md").read_text()
    with (
        Server(tmp_path / "log.txt", NEURON_PLAYGROUND_HOSTS="1") as server,
        nginx(tmp_path, server.port, f"location / {{ {bare} }}") as place,
    ):
        with pytest.raises(InvalidStatus):
            LiveClient(f"ws://{place}/live")
        trains(PollingClient(f"ws://{place}/live"))
