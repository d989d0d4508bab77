"""The page on which neuron says what the shipped rows say, counted here once more from the rows themselves."""

import json
import re
from collections import defaultdict

import pytest

from app.atlas.store import FORESTS, MADE, atlas_table
from app.atlas.table import table_of
from docs.make_which_neuron import PAGE, page, written
from nncore.neurons import NEURONS
from tests.app.atlas.shipped import shipped_rows
from tests.app.atlas.small import rows, study


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == written(), "write it anew: make reference"


@pytest.mark.slow
def test_its_tables_are_what_the_rows_say() -> None:
    solved: dict[tuple[str, str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    networks: dict[tuple[str, str, str, int, int], int] = {}
    for row in shipped_rows():
        of = (row["layers.activation"], row["layers.neuron"], row["data.name"])
        network = (*of, len(row["layers"]), row["parameters"])
        networks[network] = networks.get(network, 0) + (row["test_accuracy"] >= 0.95)
    for (activation, neuron, data, _, parameters), count in networks.items():
        known = solved[activation, neuron, data]
        known[parameters] = max(known[parameters], count)
    neurons = len(atlas_table()["neurons"])
    for activation, text in re.findall(r"^With (\w+):\n\n(.*?)\n\n", PAGE.read_text(encoding="utf-8"), re.S | re.M):
        head, _, *lines = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in text.splitlines()]
        assert len(lines) == neurons
        for neuron, *cells in lines:
            for data, cell in zip(head[1:], cells, strict=True):
                own = solved[activation, neuron, data]
                sure = [parameters for parameters, count in own.items() if count >= 18]
                wanted = f"{'≤ ' if min(sure) == min(own) else ''}{min(sure)}" if sure else "–"
                assert cell == wanted, (activation, neuron, data)


def test_every_kind_has_a_row() -> None:
    assert set(NEURONS) == set(atlas_table()["neurons"])


def test_what_forests_do_is_counted_from_their_rows() -> None:
    text = PAGE.read_text(encoding="utf-8")
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row in shipped_rows(FORESTS):
        counts[json.dumps(row["forest"]), row["data.name"]] += row["test_accuracy"] >= 0.95
    table = text.split("## Beside them, forests")[1].split("## ")[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*", table, re.M)]
    head, _, *rows_told = lines
    told = [int(cell.partition(":")[0]) for row in rows_told for cell in row[1:]]
    forests = list(dict.fromkeys(forest for forest, _ in counts))
    assert told == [counts[forest, data] for forest in forests for data in head[1:]]


def test_what_nobody_solves_and_what_only_one_solves_is_said_so() -> None:
    table = table_of(study(), rows())
    at = {name: place for place, name in enumerate(table["columns"])}
    for cell in table["cells"]:
        cell[at["solved"]] = 5 if (cell[at["data"]], cell[at["neuron"]]) == (1, 1) else 0
    text = page(table, json.loads(MADE.read_text(encoding="utf-8")))
    assert "**circles, relu**: none of the sizes tried, of any kind." in text
    told = "the smallest network tried does for `quadratic`; `linear` has none. 1 of 2 kinds solve it surely."
    assert f"**gaussians, relu**: {told}" in " ".join(text.split())
    assert "| `quadratic` | 0 | 0 | 0 | 0 | 1 | 0 | 0 |" in text
    assert "**Only relu.**" in text


def test_where_the_smallest_tried_does_for_both_it_is_not_told_who_needs_less() -> None:
    table = table_of(study(), rows())
    at = {name: place for place, name in enumerate(table["columns"])}
    for cell in table["cells"]:
        cell[at["solved"]] = 5
    assert "| `quadratic` | 0 | 0 | 0 | 2 | 0 | 0 |" in page(table, json.loads(MADE.read_text(encoding="utf-8")))


def test_where_none_smaller_does_the_fewest_are_told() -> None:
    table = table_of(study(), rows())
    at = {name: place for place, name in enumerate(table["columns"])}
    sizes = {(0, 0): 17, (1, 0): 31, (0, 1): 17, (1, 1): 25}
    for cell in table["cells"]:
        network, neuron = cell[at["network"]], cell[at["neuron"]]
        cell[at["parameters"]] = sizes[network, neuron]
        cell[at["solved"]] = 5 * network
    text = page(table, json.loads(MADE.read_text(encoding="utf-8")))
    told = "`quadratic` with 25 parameters; `linear` needs 31. 2 of 2 kinds solve it surely."
    assert f"**circles, relu**: {told}" in " ".join(text.split())
    assert "| `quadratic` | 2 | 0 | 0 | 0 | 0 | 0 |" in text


def test_a_larger_network_that_is_less_sure_is_counted() -> None:
    table = table_of(study(), rows())
    at = {name: place for place, name in enumerate(table["columns"])}
    for cell in table["cells"]:
        cell[at["solved"]] = 5 if cell[at["network"]] == 0 else 4
    assert "In 4 of the 4 cases" in page(table, json.loads(MADE.read_text(encoding="utf-8")))
