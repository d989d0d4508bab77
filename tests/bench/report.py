"""What every page of figures has: the machine, each section printed as soon as it is measured, a file if asked."""

import os
import platform
from collections.abc import Iterable
from pathlib import Path

import numpy as np

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def machine() -> str:
    """What this runs on, in one line."""
    processor = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            processor = line.partition(":")[2].strip()
            break
    return f"Machine: {processor}, {os.cpu_count()} cores; Python {platform.python_version()}, NumPy {np.__version__}."


def publish(introduction: str, sections: Iterable[str], page: Path | None) -> None:
    """Print the introduction and each section as soon as it is there; write them to `page` unless it is None."""
    text = [f"{introduction.strip()}\n\n{machine()}"]
    print(text[0], flush=True)
    for section in sections:
        text.append(section)
        print(f"\n{section}", flush=True)
    if page is not None:
        page.write_text("\n\n".join(text) + "\n", encoding="utf-8")
