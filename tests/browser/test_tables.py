"""Tables as people have them: pasted, opened or dropped, shown as they are read, chosen from, saved, opened again."""

import csv
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Trouble
from tests.browser.playground import Playground
from tests.browser.server import Server

Photograph = Callable[[str], Path]

BROKEN = "x;y;label\n0;0;left\n0;1;left\n0,5;0,5;left\n4;0;right\n4;1;right\n3,5;oops;right\n"
DRAWS = random.Random(12)


def flowers(rows: int = 60) -> str:
    """Four columns of numbers beside a row number and a label: whoever reads it cannot know which are x and y."""
    head = "id,sepal length (cm),sepal width (cm),petal length (cm),petal width (cm),species"
    lines = []
    for row in range(rows):
        kind = row % 3
        sizes = [5 + kind, 3.5 - kind / 4, 1.5 + 2 * kind, 0.2 + kind]
        cells = [f"{size + DRAWS.random() / 2:.1f}" for size in sizes]
        lines.append(f"{row + 1},{','.join(cells)},{('setosa', 'versicolor', 'virginica')[kind]}")
    return "\n".join([head, *lines, ""])


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.address)


def drop(playground: Playground, *files: tuple[str, bytes]) -> None:
    script = """files => {
      const data = new DataTransfer();
      for (const [name, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    playground.page.evaluate(script, [[name, list(data)] for name, data in files])


def paste(playground: Playground, text: str) -> None:
    """As a person does: the table is read at once."""
    playground.press("table")
    playground.part("table-text").focus()
    playground.page.evaluate("text => document.execCommand('insertText', false, text)", text)


def chosen(playground: Playground) -> list[str]:
    return [
        str(playground.part(f"table-{part}").evaluate("menu => menu.selectedOptions[0].text.replace(/ \\(.*/, '')"))
        for part in ("x", "y", "label")
    ]


def use(playground: Playground) -> None:
    """Take the points of a table, as soon as it is read."""
    playground.page.locator("dialog.table.found:not([aria-busy])").wait_for()
    playground.press("table-use")
    expect(playground.part("table-use")).to_be_hidden()


def opened(playground: Playground, dataset: str) -> dict[str, Any]:
    """The run of this dataset as the server has taken it."""
    while playground.wire.opened.get("config", {}).get("data", {}).get("name") != dataset:
        playground.page.wait_for_timeout(20)
    return playground.wire.opened


def test_a_doubtful_table_asks_which_columns_before_its_points_are_taken(
    playground: Playground, trouble: Trouble, photograph: Photograph
) -> None:
    trouble.expect("422")
    paste(playground, flowers())
    playground.wait_for_text("table-question", "Which columns are x, y and the label")
    assert chosen(playground) == ["sepal length", "sepal width", "species"]
    expect(playground.part("column-0")).to_contain_text("row numbers")
    photograph("asked")

    playground.choose(table_x="3")
    playground.wait_for_text("table-question", "^$")
    assert chosen(playground) == ["petal length", "sepal width", "species"]
    playground.part("column-2").focus()
    playground.page.keyboard.press("Enter")
    playground.part("column-2").get_by_text("L", exact=True).wait_for()
    expect(playground.part("table-problem")).to_be_visible()
    playground.choose(table_label="5")
    expect(playground.part("table-problem")).to_be_hidden()
    assert chosen(playground) == ["petal length", "sepal width", "species"]
    use(playground)
    playground.wait_for_text("draw-note", "^60 points")
    expect(playground.page.locator(".class-marks")).to_have_text("setosaversicolorvirginica")
    photograph("taken")

    playground.page.locator(".output-surface").hover()
    playground.wait_for_text("readout", r"^petal length .cm. = \d.*, sepal width .cm. = \d")
    playground.press("play")
    playground.wait_for("accuracy-train", "n > 90")


def test_pressed_before_it_was_read_a_doubtful_table_is_shown_first(playground: Playground) -> None:
    playground.press("table")
    playground.part("table-text").fill(flowers())
    playground.press("table-use")
    playground.wait_for_text("table-question", "Which columns")
    use(playground)
    playground.wait_for_text("draw-note", "^60 points")


def test_a_tables_mistake_is_told_by_its_line_and_the_text_stays(
    playground: Playground, trouble: Trouble, photograph: Photograph
) -> None:
    trouble.expect("422")
    playground.press("table")
    playground.part("table-text").fill(BROKEN)
    playground.press("table-use")
    playground.wait_for_text("table-problem", "^Line 7: must have a number as its y")
    expect(playground.part("table-text")).to_have_value(BROKEN)
    photograph("told")

    playground.page.keyboard.type("3,5;0,5;right")
    use(playground)
    playground.wait_for_text("draw-note", "^6 points")
    expect(playground.page.locator(".class-marks")).to_have_text("leftright")
    expect(playground.part("test-head")).to_have_text("no test points")
    expect(playground.part("loss-test")).to_have_text("–")


def test_a_table_may_be_dropped_anywhere_and_of_two_files_one_is_taken(playground: Playground) -> None:
    values = "".join(f"{n},{n % 5},{n / 7:.2f}\n" for n in range(30)).encode()
    drop(playground, ("values.data", values), ("other.csv", b"x"))
    playground.wait_for_text("table-source", "^values.data: Only this file was opened; 1 other was ignored. 30 rows")
    use(playground)
    playground.wait_for_text("draw-note", "^30 points")
    expect(playground.part("data-task")).to_have_value("regression")
    expect(playground.part("draw-value")).to_be_visible()


def test_labels_that_are_whole_numbers_are_classes_or_values_as_one_likes(playground: Playground) -> None:
    table = "a,b,grade\n" + "".join(f"{n % 9},{n % 7 + n / 100},{n % 7}\n" for n in range(63))
    drop(playground, ("grades.csv", table.encode()))
    playground.wait_for_text("table-notes", "7 different whole numbers and were read as classes")
    expect(playground.part("table-task")).to_have_value("classification")
    playground.choose(table_task="regression")
    playground.wait_for_text("table-notes", "Values of grade from 0 to 6")
    use(playground)
    expect(playground.part("data-task")).to_have_value("regression")
    playground.choose(data_task="classification")
    expect(playground.page.locator(".class-marks")).to_have_text("0123456")


def test_a_table_that_is_too_long_is_sampled(playground: Playground, trouble: Trouble, photograph: Photograph) -> None:
    trouble.expect("422")
    table = "".join(f"{DRAWS.random():.4f},{DRAWS.random():.4f},{'ab'[n % 2]}\n" for n in range(6000))
    drop(playground, ("long.csv", table.encode()))
    playground.wait_for_text("table-problem", "^The table has 6,000 points; at most 2,000")
    photograph("long")
    playground.press("offer_sample")
    playground.wait_for_text("table-notes", "A sample of")
    use(playground)
    playground.wait_for_text("draw-note", "^(2000|2,000|5000|5,000) points")


def test_whether_1_234_is_large_is_asked(playground: Playground, trouble: Trouble) -> None:
    trouble.expect("422")
    rows = "".join(f"{n + 1},{n * 31 % 900 + 100};{n % 4};{'ab'[n % 2]}\n" for n in range(9))
    drop(playground, ("either.csv", f"a;b;c\n{rows}".encode()))
    playground.wait_for_text("table-problem", "^Line 2: .*'1,100'")
    playground.press("offer_large")
    expect(playground.part("table-problem")).to_be_hidden()
    expect(playground.part("table-decimal")).to_have_value("point")
    playground.wait_for_text("table-notes", "1,100.* as 1100")
    playground.choose(table_decimal="comma")
    playground.wait_for_text("table-notes", "a from 1.1 to 9")


def test_names_in_gbk_are_read_and_another_encoding_can_be_chosen(
    browser: Browser, server: Server, photograph: Photograph
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 720})
    playground = Playground(context.new_page(), server.address)
    rows = "".join(f"{n % 7}.5,{n % 5}.25,{('山鸢尾', '变色鸢尾')[n % 2]}\n" for n in range(30))
    drop(playground, ("鸢尾.csv", f"花萼长,花萼宽,品种\n{rows}".encode("gbk")))
    playground.wait_for_text("table-notes", "GBK")
    assert "花萼长" in playground.part("table-text").input_value()
    playground.page.screenshot(path=photograph("before").with_name("gbk-dialog.png"))
    playground.choose(table_encoding="cp1252")
    playground.part("column-0").get_by_text("»¨", exact=False).wait_for()
    playground.choose(table_encoding="gb18030")
    playground.part("column-0").get_by_text("花萼长", exact=True).wait_for()
    use(playground)
    expect(playground.page.locator(".class-marks")).to_have_text("山鸢尾变色鸢尾")
    context.close()


def test_what_is_no_table_is_refused_in_a_sentence(playground: Playground, trouble: Trouble) -> None:
    trouble.expect("422")
    drop(playground, ("thesis.pdf", b"%PDF-1.4 ..."))
    playground.wait_for_text("table-problem", "^This is a PDF, which cannot be read here")
    playground.press("table-close")
    playground.press("table", "table-use")
    playground.wait_for_text("table-problem", "^No table yet")


def test_a_file_that_is_too_large_is_refused_by_its_size_alone(playground: Playground) -> None:
    asked: list[str] = []
    playground.page.on("request", lambda request: asked.append(request.url))
    playground.page.evaluate("""() => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(29_000_000)], "huge.csv"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }""")
    playground.wait_for_text("table-problem", "^huge.csv is 29 MB. This server reads tables of up to 10 MB")
    assert not any("points" in url for url in asked)


def test_refusals_are_in_the_readers_language(playground: Playground, trouble: Trouble) -> None:
    trouble.expect("422")
    playground.press("lang")
    playground.press("dataset-own", "table")
    expect(playground.part("table-text")).to_be_visible()
    playground.press("table-close")
    drop(playground, ("points.csv", BROKEN.encode()))
    expect(playground.part("table-problem")).to_contain_text("第 7 行")
    expect(playground.part("table-text")).to_be_visible()
    assert (
        playground.page.evaluate(
            "getSelection().toString() || document.activeElement.value.slice("
            "document.activeElement.selectionStart, document.activeElement.selectionEnd)"
        )
        == "3,5;oops;right"
    )


@pytest.mark.parametrize("task", ["classification", "regression"])
def test_points_that_are_saved_and_opened_again_are_the_same(playground: Playground, tmp_path: Path, task: str) -> None:
    labels = ["b" if n % 3 == 0 else "a" if n % 3 == 1 else "c" for n in range(40)]
    if task == "regression":
        labels = [f"{n * n % 17}.5" for n in range(40)]
    rows = [f"{4 + n % 11 / 10:.1f},{2 + n % 7 / 3:.2f},{label}\n" for n, label in enumerate(labels)]
    drop(playground, ("first.csv", ("length,width,kind\n" + "".join(rows)).encode()))
    playground.wait_for_text("table-source", "40 rows")
    use(playground)
    playground.wait_for_text("draw-note", "^40 points")
    first = opened(playground, "own")
    before, halves = first["config"]["data"], sorted_points(first)
    with playground.page.expect_download() as download:
        playground.press("table-save")
    path = tmp_path / "points.csv"
    download.value.save_as(path)
    saved = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert {(row["length"], row["width"]) for row in saved} == {
        (f"{4 + n % 11 / 10:.2f}".rstrip("0").rstrip("."), f"{2 + n % 7 / 3:.2f}".rstrip("0").rstrip("."))
        for n in range(40)
    }

    playground.press("dataset-circles")
    opened(playground, "circles")
    drop(playground, ("points.csv", path.read_bytes()))
    playground.wait_for_text("table-source", "40 rows")
    assert chosen(playground)[:2] == ["length", "width"]
    use(playground)
    playground.wait_for_text("draw-note", "^40 points")
    second = opened(playground, "own")
    after = second["config"]["data"]
    assert sorted(after["points"]) == sorted(before["points"])
    for name in ("task", "names", "units"):
        assert after[name] == before[name]
    assert after["columns"][:2] == before["columns"][:2]
    assert sorted_points(second) == halves


def sorted_points(run: dict[str, Any]) -> dict[str, list[list[float]]]:
    """The points of a run in their halves."""
    return {half: sorted(points) for half, points in run["points"].items()}


def test_units_stay_when_points_are_drawn_onto_a_table(playground: Playground) -> None:
    drop(playground, ("first.csv", flowers().encode()))
    playground.wait_for_text("table-source", "60 rows")
    use(playground)
    playground.press("draw-point")
    playground.page.locator(".output-surface").click(position={"x": 20, "y": 20})
    playground.wait_for_text("draw-note", "^61 points")
    playground.page.locator(".output-surface").hover()
    playground.wait_for_text("readout", "^sepal length")


def test_the_dialog_fits_every_window(playground: Playground, photograph: Photograph) -> None:
    for width, height, dark in ((1280, 720, False), (375, 812, False), (1024, 768, True)):
        playground.page.set_viewport_size({"width": width, "height": height})
        playground.page.emulate_media(color_scheme="dark" if dark else "light")
        drop(playground, ("iris.csv", flowers().encode()))
        playground.wait_for_text("table-question", "Which")
        box = playground.page.locator("dialog.table").bounding_box()
        button = playground.part("table-use").bounding_box()
        assert box is not None
        assert button is not None
        assert min(box["x"], box["y"]) >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
        assert button["y"] + button["height"] <= height
        assert playground.page.evaluate(
            "document.querySelector('.table-body').scrollWidth <= document.querySelector('.table-body').clientWidth"
        )
        photograph(str(width))
        playground.press("table-close")


def test_the_legend_has_room_for_the_names_of_three_classes(playground: Playground) -> None:
    kinds = ("setosa", "versicolor", "virginica")
    rows = [f"{row % 7 + row % 3 * 8},{row % 5},Iris {kinds[row % 3]}" for row in range(60)]
    paste(playground, "\n".join(["height,weight,species", *rows, ""]))
    use(playground)
    names = playground.page.locator(".legend .class-name")
    expect(names).to_have_count(3)
    # Once the legend has made its room.
    cut = "() => [...document.querySelectorAll('.legend .class-name')].filter(one => one.scrollWidth > one.clientWidth)"
    playground.page.wait_for_function(f"() => ({cut})().length === 0")
