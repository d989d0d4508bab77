"""One script out of many: each once, after what it imports, and what cannot be joined is refused."""

from pathlib import Path

import pytest

from app.paths import STATIC
from app.web.joining import UnjoinableError, join


def write(folder: Path, **scripts: str) -> Path:
    for name, text in scripts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / "main.js"


def test_each_script_stands_once_after_what_it_imports(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        main='import { a } from "./a.js";\nimport { b } from "./b.js";\n\na(b);\n',
        a='import {\n  b,\n} from "./b.js";\n\nexport function a() {}\n',
        b="export const b = 1;\n",
    )
    assert join(entry) == "(async () => {\nconst b = 1;\n\nfunction a() {}\n\na(b);\n})();\n"


@pytest.mark.parametrize(
    "text", ['import a from "./a.js";\n', 'import "./a.js";\n', "export default 1;\n", 'export { a } from "./a.js";\n']
)
def test_other_forms_are_refused_by_name(tmp_path: Path, text: str) -> None:
    entry = write(tmp_path, main=text, a="export const a = 1;\n")
    with pytest.raises(UnjoinableError, match=r'main\.js has "(import|export) .*known: import'):
        join(entry)


def test_a_name_that_two_scripts_declare_is_refused(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        main='import { a } from "./a.js";\nconst [first, tidy] = [a, 2];\n',
        a="export const a = 1;\nfunction tidy() {}\n",
    )
    with pytest.raises(UnjoinableError, match=r'a\.js and main\.js both declare "tidy" at their top level'):
        join(entry)


def test_the_page_joins_all_its_scripts() -> None:
    joined = join(STATIC / "js" / "main.js")
    assert "class LiveSocket" in joined
    assert "\nimport " not in joined


def test_sheets_stand_in_the_order_of_their_imports(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a {}\n", encoding="utf-8")
    (tmp_path / "page.css").write_text('/* All. */\n@import "a.css";\nb {}\n', encoding="utf-8")
    assert join(tmp_path / "page.css") == "a {}\n/* All. */\nb {}\n"
    (tmp_path / "page.css").write_text('@import "a.css" screen;\n', encoding="utf-8")
    with pytest.raises(UnjoinableError, match=r"page\.css has an @import of another form"):
        join(tmp_path / "page.css")


def test_every_sheet_is_in_the_page_or_linked_apart() -> None:
    joined = join(STATIC / "css" / "page.css")
    apart = {"page.css", "dark.css", "embed.css"}
    for sheet in (STATIC / "css").glob("*.css"):
        assert (sheet.read_text(encoding="utf-8") in joined) == (sheet.name not in apart), sheet.name
