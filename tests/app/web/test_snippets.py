"""What is pasted elsewhere is well-formed, names the right address, and cannot be broken by what stands in it."""

from html.parser import HTMLParser

import pytest

from app.web.addresses import Address
from app.web.snippets import SANDBOX, iframe, snippets

QUERY = "data=spirals&neuron=quadratic&epochs=3"
ADDRESS = Address("https://lab.example/neurons/", "", QUERY)
EMBED = f"https://lab.example/neurons/embed?{QUERY}"


class Elements(HTMLParser):
    """The elements of a text, as a browser would take them: tag and attributes, entities read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    read = Elements(text)
    assert read.open == []
    return read.found


def test_the_frame_names_the_embedded_page_of_the_link() -> None:
    ((tag, attributes),) = elements(snippets(ADDRESS)["iframe"])
    assert (tag, attributes["src"], attributes["sandbox"]) == ("iframe", EMBED, SANDBOX)
    assert attributes["title"]


def test_the_query_is_escaped_as_html_wants_it() -> None:
    assert "embed?data=spirals&amp;neuron=quadratic&amp;epochs=3" in iframe(ADDRESS)
    assert 'query="data=spirals&amp;neuron=quadratic&amp;epochs=3"' in snippets(ADDRESS)["element"]


def test_the_element_comes_with_its_module() -> None:
    (script, module), (element, attributes) = elements(snippets(ADDRESS)["element"])
    assert (script, module["type"], module["src"]) == ("script", "module", "https://lab.example/neurons/embed.js")
    assert (element, attributes["query"]) == ("neuron-playground", QUERY)


def test_a_slide_loads_its_frame_when_it_is_shown() -> None:
    (slide, _), (frame, attributes) = elements(snippets(ADDRESS)["reveal"])
    assert (slide, frame, attributes["data-src"]) == ("section", "iframe", EMBED)
    assert "src" not in attributes


def test_quarto_gets_a_raw_block_that_nothing_inside_ends() -> None:
    first, *inside, last = snippets(Address(ADDRESS.base, "", "lang=```"))["quarto"].split("\n")
    assert (first, last) == ("```{=html}", "```")
    assert elements("\n".join(inside))[0][1]["src"] == "https://lab.example/neurons/embed?lang=%60%60%60"


@pytest.mark.parametrize("name", snippets(ADDRESS))
def test_nothing_in_a_link_leaves_its_attribute(name: str) -> None:
    evil = Address("https://lab.example/", "", "lang=\"'><script>alert(1)</script>&amp;x=<")
    assert [tag for tag, _ in elements(snippets(evil)[name])] == [tag for tag, _ in elements(snippets(ADDRESS)[name])]


def test_a_link_of_the_default_run_has_no_question_mark() -> None:
    assert 'src="https://lab.example/embed"' in iframe(Address("https://lab.example/", "", ""))


def test_a_race_s_snippets_frame_the_race() -> None:
    found = snippets(Address("http://here/", "race", "b.neuron=kan&data=xor"))
    assert 'src="http://here/embed/race?b.neuron=kan&amp;data=xor"' in found["iframe"]
    assert '<neuron-playground race query="b.neuron=kan&amp;data=xor"' in found["element"]
    assert "embed/race" in found["reveal"]
    assert "embed/race" in found["quarto"]
