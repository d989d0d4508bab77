"""Only the pages of this very server have an address here."""

import pytest

from app.web.addresses import MOST_CHARACTERS, read_address
from nncore.errors import InputError


@pytest.mark.parametrize("page", ["", "embed"])
@pytest.mark.parametrize("root", ["", "/neurons"])
def test_a_page_with_its_query(page: str, root: str) -> None:
    address = read_address(f"https://play.example:8443{root}/{page}?a=1&b=%C3%A9", "PLAY.example:8443", root)
    assert (address.base, address.page, address.query) == (f"https://play.example:8443{root}/", page, "a=1&b=%C3%A9")
    assert address.whole == f"https://play.example:8443{root}/{page}?a=1&b=%C3%A9"
    assert address.of("poster.png", width=300) == f"https://play.example:8443{root}/poster.png?a=1&b=%C3%A9&width=300"


def test_a_root_without_its_slash_is_the_page() -> None:
    assert read_address("http://h/neurons", "h", "/neurons").whole == "http://h/neurons/"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "http://other.example/",
        "ftp://play.example/",
        "http://play.example/api/catalog",
        "http://play.example@evil.example/",
        "http://[::1/",
        "javascript:alert(1)",
        f"http://play.example/?{'x' * MOST_CHARACTERS}",
    ],
)
def test_everything_else_is_none_of_ours(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_address(text, "play.example", "")
    assert caught.value.path == "url"
