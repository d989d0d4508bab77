"""A page as a list of its tags and texts, for tests that ask what is on it."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """What was read: every tag with its attributes, and every text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def links(self) -> list[str]:
        """Where everything leads."""
        return [str(attributes["href"]) for tag, attributes in self.tags if tag == "a"]
