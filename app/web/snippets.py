"""What is pasted elsewhere to show a link's network: in web pages, on slides, in articles. Each is written here alone.

Pure. Not here: which addresses are ours (`addresses`), who asks (`routes.share`, `routes.oembed`).
"""

from html import escape

from app.web.addresses import Address

TITLE = "Neuron Playground"

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""What the frame needs: to run, and to open the playground beside it for whoever presses that link."""

MOST_CODE_BYTES = 2331
"""The longest address that a QR code holds at level M (ISO/IEC 18004, version 40)."""

WIDTH, HEIGHT = 768, 464
"""The usual size of a frame, in CSS pixels."""

SLIDE_WIDTH, SLIDE_HEIGHT = 960, 540
"""On a reveal.js slide, which has 960 by 700 and wants room for a heading."""


def iframe(address: Address, width: int = WIDTH, height: int = HEIGHT, source: str = "src") -> str:
    """A frame with the live network; `source` is the attribute that holds its address."""
    return (
        f'<iframe {source}="{escape(address.framed)}" width="{width}" height="{height}" title="{TITLE}" '
        f'style="border:0;max-width:100%" sandbox="{SANDBOX}" loading="lazy"></iframe>'
    )


def snippets(address: Address) -> dict[str, str]:
    """Every snippet for the link at `address`, by the name that the page has a label for."""
    module = f'<script type="module" src="{escape(address.base)}embed.js"></script>'
    kind = "" if address.kind == "run" else f" {address.kind}"
    element = f'<neuron-playground{kind} query="{escape(address.link)}" width="{WIDTH}" height="{HEIGHT}">'
    # reveal.js fills in data-src when its slide comes, and takes the frame away when it goes.
    slide = iframe(address, SLIDE_WIDTH, SLIDE_HEIGHT, "data-src")
    # A backtick, which addresses may hold as it is, would end Quarto's block.
    article = iframe(address).replace("`", "%60")
    return {
        "iframe": iframe(address),
        "element": f"{module}\n{element}</neuron-playground>",
        "reveal": f"<section>\n  {slide}\n</section>",
        "quarto": f"```{{=html}}\n{article}\n```",
    }
