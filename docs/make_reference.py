"""The pages of settings, links and terms, made from their tables, and the figures that labs tell, which are measured:
`make reference` writes them, a test says when.

Not here: what a setting or a key does.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from app.labs.lab import Lab
from app.labs.registry import find, labs
from app.lessons.claims import measure_all, to_json
from app.lessons.picture import picture
from app.links.fragment import MOST_BEHIND
from app.links.keys import KEYS, MOST_CHARACTERS, MOST_READABLE, PAGE_KEYS
from app.links.memory_link import AT, DRAWN, keys_of
from app.links.notation import value_text
from app.links.page_parts import PARTS
from app.links.race_link import RACE_KEYS
from app.links.tensorflow_playground import KEYS as FOREIGN_KEYS
from app.links.tensorflow_playground import NOT_HERE
from app.settings import Settings
from docs import make_glossary, make_which_neuron
from nncore.memory.knobs import KNOBS, MACHINES

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "settings.md"

INTRODUCTION = """# Settings

Made from `app/settings.py` by `make reference`: do not edit. Each setting is an environment variable with the prefix
`NEURON_PLAYGROUND_`, such as `NEURON_PLAYGROUND_SESSIONS=100`; `host`, `port` and `hosts` are options of
`neuron-playground serve`, too. A setting out of range ends the program with one sentence and exit code 2. How they
work together is in [the operator's guide](../howto/run-it.md).

| name | default | range | what it is |
|---|---|---|---|
"""


LINKS_PAGE = PAGE.with_name("links.md")

LINKS_INTRODUCTION = f"""# Links

Made from `app/links/keys.py` by `make reference`: do not edit. The page's address holds the whole experiment: send it,
bookmark it, put it on a slide. `open` of [the live protocol](protocol.md) takes the same text as `link`.

```text
/?data=circles&noise=0.1&layers=8,4&neuron=quadratic,kan:grid:8&activation=relu&optimizer=sgd&rate=0.03
```

- Defaults are left out, and what is left out takes its default. An address without a query is the default run.
- **One for all, or one for each**: `neuron=quadratic` holds for every hidden layer, `neuron=quadratic,linear` for the
  first and the second.
- **An entry with settings** is its name, then settings and values between colons: `kan:grid:8`. What is not named is at
  its default. Switches are `on` and `off`.
- The page writes keys in the order below, so equal experiments have equal links. Reading takes any order.
- An unknown key, one that appears twice, or a value out of range is refused with a sentence that names the key and, for
  an unknown key, the nearest known one. The page then opens the default run and says so.
- **Own points** travel in the link, with the names of their classes. Up to {MOST_READABLE} stand there as numbers, and
  any number may be written so by hand; more are packed into letters, exactly, with a check: 500 drawn points take 2,700
  letters. A link that was cut short or altered is refused in a sentence.
- Before its `#` a link has at most {MOST_CHARACTERS:,} characters, because proxies refuse a longer request (nginx and
  Apache take 8,190 for its first line). Points that make it longer stand behind the `#`, which no server is sent:
  `?data=own&points=fragment#points=...`, up to {MOST_BEHIND:,} letters, which is any 2,000 points, and 5,000 with six
  decimals. Such a link opens on the page, in frames and as a race; it has no poster, animation or QR code, and
  **Share** says so ([why](../decisions/0016-points-behind-the-hash.md)). One that arrives without what was behind its
  `#` is refused in a sentence.
- Points without any link (more digits than that, or too few points for a run) have the address `?kept=` and a name by
  which the tab that shows them, and nobody else, finds them again; **Share** offers them as CSV and the run as a
  model. A QR code holds about 2,300 characters, which is 400 points; beyond that **Share** says so.
- Equal links give equal runs: the same points, initial weights and order of training, from the seeds in them.

| key | example | what it is | in a Config |
|---|---|---|---|
"""

PARTS_INTRODUCTION = """
`epochs` replays: the run is trained here and now to the end of exactly that epoch, with the same numbers as the person
who copied the link saw ([to the bit](../explanation/to-the-bit.md) where it was on the same installation), unless they
changed a setting in the middle of their run. How far is a [setting](settings.md) of the server, `replay_epochs`.

## Parts of the page

What `hide` and `show` may name. `hide` holds for the page and for [its frame](embed.md) alike; `show` brings back what
a frame leaves out: the part, what it stands within, and what a wide frame shows inside it.

| part | what it is | in | in a frame |
|---|---|---|---|
"""

PAGE_INTRODUCTION = """
## Keys beside the experiment

| key | example | what it is |
|---|---|---|
"""

RACE_INTRODUCTION = """
## Links of a race

Two to six experiments in one link, for `neuron-playground race`; what they share is written once.

```text
data=circles&layers=4&b.neuron=quadratic&c.neuron=kan&seeds=50
```

- A key without a lane holds for all of them; `b.neuron` is the second lane's own and goes before it. Lanes are `a` to
  `f`, without a gap; the last one named says how many there are, two at least. So `b.neuron=quadratic` alone is the
  default run against the same one of quadratic neurons.
- All keys of an experiment may be a lane's. The keys below are the race's, as are `play`, `speed`, `lang`, `theme`,
  `palette`, `hide` and `show`: they stand without a lane.
- Under a `budget` every lane's hidden layers get the one width that comes nearest, the narrower of two; the link then
  says both.
- Equal links give equal races. Fresh seeds are 0, 1, 2 and so on, the same for every lane.

| key | example | what it is |
|---|---|---|
"""

MEMORY_INTRODUCTION = """
## Links of a memory

What `/memory` shows. Every key but `machine` is that machine's own; `play`, `speed`, `lang`, `theme`, `palette`, `hide`
and `show` stand beside them. Equal links give equal memories.

```text
rule=pseudo_inverse&side=8&cue=2&flip=30&erase=bottom
```

| key | usual | what it is | of |
|---|---|---|---|
"""

FOREIGN_INTRODUCTION = """
## Links of TensorFlow Playground

A link of TensorFlow Playground opens as the same experiment: put what follows its `#` behind `/`, as a hash or as a
query, or paste the whole link into the page. Its defaults hold for what such a link leaves out. The data follow its
rules (datasets `classic` and `classic_values`, at scale 6), so do the initial weights (`init=uniform`), the loss and
its tanh output (`mse`), the fixed order of the points (`shuffle=off`) and L1, which takes weights out (`prune=on`).
`<name>_hide=true` becomes `hide`. The page says what cannot be carried over: points and weights come from another
random generator, and points left over after an epoch's full batches form a separate batch here, while there they wait
for the next epoch.

| key | default | what changes nothing here |
|---|---|---|
"""


def links_page() -> str:
    """The page of links as Markdown."""
    own = (f"| `{key.name}` | `{key.name}={key.example}` | {key.sentence} | `{key.path}` |\n" for key in KEYS)
    beside = (f"| `{name}` | `{name}={example}` | {words} |\n" for name, (words, example) in PAGE_KEYS.items())
    foreign = (
        f"| `{name}` | {f'`{default}`' if default else 'none'} | {_reason(name)} |\n"
        for name, default in FOREIGN_KEYS.items()
    )
    named = (f"| `{part.name}` | {part.sentence} | {_code(part.within)} | {part.framed} |\n" for part in PARTS)
    race = (f"| `{name}` | `{name}={example}` | {words} |\n" for name, (words, example) in RACE_KEYS.items())
    own_part = (
        LINKS_INTRODUCTION,
        *own,
        PAGE_INTRODUCTION,
        *beside,
        PARTS_INTRODUCTION,
        *named,
        RACE_INTRODUCTION,
        *race,
        MEMORY_INTRODUCTION,
        *_memory_rows(),
    )
    return "".join((*own_part, FOREIGN_INTRODUCTION, *foreign))


def _memory_rows() -> Iterator[str]:
    """Of every machine that remembers, the keys of its links."""
    yield f"| `machine` | `{MACHINES[0]}` | The machine: {', '.join(f'`{name}`' for name in MACHINES)}. | all |\n"
    for machine, knobs in KNOBS.items():
        for knob in knobs:
            yield f"| `{knob.name}` | `{value_text(knob.default)}` | {knob.sentence} | {machine} |\n"
        for name in DRAWN:
            if name in keys_of(machine):
                yield f"| `{name}` | | {DRAWN[name]} | {machine} |\n"
    yield f"| `{AT.name}` | `{AT.default}` | {AT.sentence} | all |\n"


def _reason(name: str) -> str:
    """Why a key of the other playground changes nothing here; empty where it does."""
    return NOT_HERE[name].text.removeprefix("{name}: ").removesuffix(".") if name in NOT_HERE else ""


def _code(name: str) -> str:
    return f"`{name}`" if name else ""


def settings_page() -> str:
    """The page as Markdown."""
    schema = Settings.model_json_schema()["properties"]
    rows = (
        f"| `{name}` | `{shown(field['default'])}` | {_range(field)} | {field['description']} |\n"
        for name, field in schema.items()
    )
    return INTRODUCTION + "".join(rows)


def shown(default: object) -> str:
    """A default as one would write it in the environment."""
    return f"{default:g}" if isinstance(default, float) else str(default)


def _range(field: dict[str, object]) -> str:
    if "enum" in field:
        choices = field["enum"]
        assert isinstance(choices, list)
        return ", ".join(f"`{choice}`" for choice in choices)
    words = (("exclusiveMinimum", "over"), ("minimum", "from"), ("maximum", "to"))
    return " ".join(f"{word} {field[key]:g}" for key, word in words if key in field) or "any"


def figures(lab: Lab) -> str:
    """What a lab's claims measure, as its folder keeps it."""
    lines = (f'"{name}": {json.dumps(to_json(one), ensure_ascii=False)}' for name, one in measure_all(lab).items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    # All labs, or those that are named.
    for lab in [find(name) for name in sys.argv[1:]] or labs().values():
        (lab.folder / "figures.json").write_text(figures(lab), encoding="utf-8")
        (lab.folder / "picture.png").write_bytes(picture(lab))
    PAGE.write_text(settings_page(), encoding="utf-8")
    LINKS_PAGE.write_text(links_page(), encoding="utf-8")
    make_glossary.PAGE.write_text(make_glossary.glossary_page(), encoding="utf-8")
    make_which_neuron.PAGE.write_text(make_which_neuron.written(), encoding="utf-8")
