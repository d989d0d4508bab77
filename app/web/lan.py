"""Where other machines of the same network find this server: an address, and its QR code in letters for a projector."""

import io
import socket

import segno

FAR_AWAY = ("192.0.2.1", 9)
"""An address kept for documents: asking which way leads there sends nothing, and tells which address is ours."""


def lan_address() -> str | None:
    """This machine's address in its network; None where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(FAR_AWAY)
        except OSError:
            return None
        address: str = probe.getsockname()[0]
    return None if address.startswith("127.") or address == "0.0.0.0" else address


def invitation(host: str, port: int) -> str:
    """What a class is shown: the address to type, and its QR code to scan."""
    address = f"http://{host}:{port}"
    out = io.StringIO()
    segno.make(address, error="m", micro=False).terminal(out, border=2, compact=True)
    return f"In this network: {address}\n\n{out.getvalue()}"
