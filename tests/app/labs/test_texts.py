"""Every lab is whole in every language: the same sections, parts, figures and formulas."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from app.labs.conditions import BadLab
from app.labs.registry import HERE, labs
from app.labs.texts import LANGUAGES, parts_of, read_texts, stages
from app.lessons.sheet import sheet
from tests.app.labs.test_lab import lab_of

EVERY = [pytest.param(name, tag, id=f"{name}-{tag}") for name in labs() for tag in LANGUAGES]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_nothing_is_missing_and_nothing_is_empty(name: str, language: str) -> None:
    lab = labs()[name]
    texts = read_texts(lab, language)
    assert set(texts.sections) == set(parts_of(lab))
    for section in texts.sections.values():
        assert all(section.parts.values()), section
    for step in lab.steps:
        section = texts.sections[step.id]
        assert section.title
        assert section.text
        for hint in step.hints:
            assert all(stages(section.parts[hint.id])), f"{step.id}: {hint.id} has one stage"


@pytest.mark.parametrize("name", labs())
def test_languages_tell_the_same_figures_and_formulas(name: str) -> None:
    def found(language: str, pattern: str) -> Counter[str]:
        text = (HERE / name / f"{language}.md").read_text(encoding="utf-8")
        return Counter(re.findall(pattern, text))

    for pattern in (r"\{\w+\.\w+\}", r"\$[^$\n]+\$"):
        assert found("en", pattern) == found("zh", pattern)


@pytest.mark.parametrize("name", labs())
def test_chinese_is_chinese(name: str) -> None:
    texts = read_texts(labs()[name], "zh")
    for section in texts.sections.values():
        for text in (section.title, section.text, *section.parts.values()):
            assert not text or re.search(r"[\u4e00-\u9fff]|^[\w, ]+$", text), text
            # Its own quotation marks, in pairs.
            assert '"' not in text, text
            assert text.count("“") == text.count("”"), text


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_what_is_to_be_bold_is_bold(name: str, language: str) -> None:
    """A full stop before the closing stars, and a Chinese letter after them: then they stand there as stars."""
    told = json.dumps(sheet(labs()[name], language))
    assert "<strong>" in told
    assert "**" not in told


@pytest.mark.parametrize("name", labs())
def test_a_number_that_was_measured_is_never_written_by_hand(name: str) -> None:
    """Where a sentence counts runs, it counts those that were measured."""
    for language, pattern in (("en", r"\d+ of \d+"), ("zh", r"\d+ 次(运行)?(里|中)有 \d+")):
        text = (HERE / name / f"{language}.md").read_text(encoding="utf-8")
        assert re.findall(pattern, text) == []


def test_the_pages_own_words_are_the_same_in_every_language() -> None:
    tables = [json.loads((HERE / "words" / f"{tag}.json").read_text(encoding="utf-8")) for tag in LANGUAGES]
    assert tables[0].keys() == tables[1].keys()
    for key, words in tables[0].items():
        assert re.findall(r"\{\w+\}", words) == sorted(re.findall(r"\{\w+\}", words), key=words.index)
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", tables[1][key])), key


STEPS = "# T\nS\n\n## look: L\nx\n\n## guess: G\nx\n\n### a\nA\n### b\nB\n### then\nt\n\n## other: O\nx\n\n"
WORDS = f"{STEPS}## teacher\n### aim\na\n### words\nw\n### mistakes\nm\n### discuss\nd\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("### b\nB\n", "", "has no words for guess: b"),
        ("## other: O\nx\n", "", "has no words for other"),
        ("### b\n", "### b\nB\n### c\n", "has words for guess: c, which the lab does not have"),
        ("# T\nS", "T\nS", "must begin with a title"),
        ("## look: L\nx", "## look: L\n{one.solved} of 20", "no claim measures one.solved"),
    ],
)
def test_a_slip_is_said_with_the_file(tmp_path: Path, old: str, new: str, said: str) -> None:
    lab = lab_of(tmp_path)
    (lab.folder / "en.md").write_text(WORDS, encoding="utf-8")
    assert read_texts(lab, "en").title == "T"
    again = lab_of(tmp_path)
    (again.folder / "en.md").write_text(WORDS.replace(old, new), encoding="utf-8")
    with pytest.raises(BadLab, match=f"try/en.md: {said}"):
        read_texts(again, "en")
