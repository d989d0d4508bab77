"""Names of machines and origins of pages, as HTTP writes them: what is one, and how two are compared.

Strict on purpose: what else a lenient reader of addresses finds in them (paths, users, fragments) is no name. Pure.
Not here: which names are answered to (`web.security`), which are set (`settings`).
"""

import ipaddress
import re

_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_PLACE = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^\[\]:/?#@\s]+)(:(?P<port>[0-9]{1,5}))?")


def machine_place(text: str) -> tuple[str, int | None] | None:
    """The name in the words of a Host header, lower case, without brackets, and its port; None where it is none."""
    # Longer than any name with a port: nothing is matched against it.
    found = _PLACE.fullmatch(text.lower()) if len(text) <= 300 else None
    if found is None:
        return None
    name = _address(found["name"][1:-1]) if found["name"].startswith("[") else _name(found["name"])
    return None if name is None else (name, int(found["port"]) if found["port"] else None)


def machine_name(text: str) -> str | None:
    """The name alone; None where it is none."""
    place = machine_place(text)
    return None if place is None else place[0]


def has_port(text: str) -> bool:
    """Whether the words of a Host header name a port."""
    place = machine_place(text)
    return place is not None and place[1] is not None


def is_origin(text: str) -> bool:
    """Whether `text` is a page's origin as a browser says it: scheme, name and perhaps a port, and nothing else."""
    scheme, separator, place = text.partition("://")
    return bool(separator) and re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme) is not None and bool(machine_name(place))


def _name(text: str) -> str | None:
    text = text.removesuffix(".")
    return text if _NAME.fullmatch(text) else None


def _address(text: str) -> str | None:
    try:
        return str(ipaddress.IPv6Address(text))
    except ValueError:
        return None
