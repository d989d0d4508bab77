"""The image recipe as instructions, for the tests that read it and the one that does what it says."""

import json
import re

from tests.repo.sources import ROOT

TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def instructions() -> list[tuple[str, str]]:
    """(name, argument) in order, continuation lines joined as the builder joins them."""
    lines = [line for line in TEXT.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n", "", "\n".join(lines))
    return [(name, rest.strip()) for name, _, rest in (line.strip().partition(" ") for line in joined.splitlines())]


def arguments(name: str, *, stage: int = -1) -> list[str]:
    """The arguments of every such instruction in one stage, the last by default."""
    starts = [index for index, (each, _) in enumerate(instructions()) if each == "FROM"]
    ends = [*starts[1:], len(instructions())]
    return [rest for each, rest in instructions()[starts[stage] : ends[stage]] if each == name]


def health_command() -> list[str]:
    """What HEALTHCHECK runs."""
    (check,) = arguments("HEALTHCHECK")
    command: list[str] = json.loads(check.partition("CMD ")[2])
    return command


def start_command() -> list[str]:
    """What the container runs: the entry point with its usual arguments, both without a shell between."""
    (entry,), (usual,) = arguments("ENTRYPOINT"), arguments("CMD")
    command: list[str] = json.loads(entry) + json.loads(usual)
    return command


def environment() -> dict[str, str]:
    """What ENV sets for whatever runs."""
    return dict(pair.split("=", 1) for line in arguments("ENV") for pair in line.split())
