"""The nginx configurations of docs/howto/reverse-proxy.md and many-cores.md, in a real nginx where there is one.

Not here: what the server makes of the headers of any proxy (tests/app/web/test_forwarded.py, test_root_path.py).
"""

import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

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


def documented(page: str) -> list[str]:
    """The first two blocks of nginx's in a page of docs/howto."""
    return re.findall(r"```nginx\n(.*?)```", (ROOT / "docs" / "howto" / page).read_text(), re.DOTALL)[:2]


@contextmanager
def nginx(folder: Path, targets: dict[int, int], server: str, http: str = "") -> Iterator[str]:
    """In front of the ports that stand for those in its configuration; its place."""
    assert NGINX is not None
    port = free_port()
    for written, real in targets.items():
        server, http = (text.replace(f":{written}", f":{real}") for text in (server, http))
    text = MAIN.format(folder=folder, port=port, http=http, server=server)
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


def test_under_a_path_as_documented(tmp_path: Path) -> None:
    """Whether or not the path is taken off on the way: one server answers both."""
    strips, http = documented("reverse-proxy.md")
    assert "proxy_pass http://127.0.0.1:8000/;" in strips
    leaves = strips.replace("location /neurons/ {", "location /neurons {").replace(":8000/;", ":8000;")
    settings = {"NEURON_PLAYGROUND_ROOT_PATH": "/neurons", "NEURON_PLAYGROUND_HOSTS": "1"}
    with Server(tmp_path / "log.txt", **settings) as server:
        for block in (strips, leaves):
            carries(tmp_path, server, block, http)


def carries(folder: Path, server: Server, block: str, http: str) -> None:
    """The page, and its session by either way."""
    with nginx(folder, {8000: server.port}, block, http) as place:
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
        nginx(tmp_path, {8000: server.port}, f"location / {{ {bare} }}") as place,
    ):
        with pytest.raises(InvalidStatus):
            LiveClient(f"ws://{place}/live")
        trains(PollingClient(f"ws://{place}/live"))


CLIENTS = 12


def figure(server: Server, name: str) -> float:
    """What a server's own metrics say, over all its hosts."""
    with urllib.request.urlopen(f"{server.address}/metrics", timeout=60) as answer:
        text = answer.read().decode()
    found = re.findall(rf"^neuron_playground_{name}(?:{{.*}})? (\S+)$", text, re.MULTILINE)
    assert found, name
    return sum(map(float, found))


def trained(client: LiveClient, epochs: int) -> bool:
    """Whether it had to go to another server for so many epochs, and went on from what it had."""
    try:
        client.send("step", epochs=epochs - len(client.history) + 1)
        client.until_epoch(epochs)
    except ConnectionClosed:
        client.close()
        client.come_back(CONFIG)
        client.send("step", epochs=epochs - len(client.history) + 1)
        client.until_epoch(epochs)
        return True
    return False


def test_two_servers_as_documented(tmp_path: Path) -> None:
    """They share the sessions and nothing else; when one ends, its runs go on on the other, to the bit."""
    http, block = documented("many-cores.md")
    http = re.sub(r".*:8003;\n", "", http)
    with (
        Server(tmp_path / "a.txt", NEURON_PLAYGROUND_HOSTS="1") as a,
        Server(tmp_path / "b.txt", NEURON_PLAYGROUND_HOSTS="1") as b,
        nginx(tmp_path, {8001: a.port, 8002: b.port}, block, http) as place,
    ):
        clients = [LiveClient(f"ws://{place}/live") for _ in range(CLIENTS)]
        for client in clients:
            client.open(CONFIG)
            client.send("step", epochs=20)
        for client in clients:
            client.until_epoch(20)
            client.send("checkpoint")
            client.until("checkpoint")
        shares = [figure(server, "host_sessions") for server in (a, b)]
        assert sum(shares) == CLIENTS
        assert min(shares) >= CLIENTS / 3
        assert sum(figure(server, "connects_total") for server in (a, b)) == CLIENTS
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"http://{place}/metrics", timeout=60)
        trains(PollingClient(f"ws://{place}/live"))
        a.stop()
        assert sum(trained(client, 40) for client in clients) == shares[0]
        first, *others = [client.history for client in clients]
        assert len(first) == 41
        assert all(np.array_equal(first, history, equal_nan=True) for history in others)
        for client in clients:
            client.close()
