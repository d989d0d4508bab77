"""Assets are found by the names of their sources, in a folder that was built and in the sources alike."""

import gzip
import json
from pathlib import Path

import pytest

from app.paths import STATIC, static_version
from app.web.assets import BuiltAssets, WrittenAssets, assets

SCRIPT = b"console.log(1);\n" * 50


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the build leaves it, with what tells the encodings apart in place of real ones."""
    entries = {
        "js/main.js": {"file": "main-1.js", "imports": ["chunk-2.js"]},
        "css/page.css": {"file": "page-3.css"},
        "messages/en.json": {"file": "en-4.json"},
        "messages/en.atlas.json": {"file": "en.atlas-6.json"},
        "messages/en.late.json": {"file": "en.late-5.json"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(entries))
    for name in ("main-1.js", "chunk-2.js", "page-3.css", "en-4.json", "en.late-5.json"):
        (tmp_path / name).write_bytes(SCRIPT)
    (tmp_path / "main-1.js.gz").write_bytes(b"as gzip")
    (tmp_path / "main-1.js.br").write_bytes(b"as brotli")
    (tmp_path / "page-3.css.gz").write_bytes(b"as gzip")
    return tmp_path


def test_a_folder_with_a_manifest_is_a_built_one(folder: Path) -> None:
    assert isinstance(assets(folder), BuiltAssets)
    assert isinstance(assets(STATIC), WrittenAssets)


def test_a_built_asset_has_its_hash_in_its_address(folder: Path) -> None:
    built = assets(folder)
    assert built.address("js/main.js") == "static/main-1.js"
    assert built.imports("js/main.js") == ["static/chunk-2.js"]
    assert built.imports("css/page.css") == []
    assert built.words("en") == ["static/en-4.json", "static/en.late-5.json"]
    assert built.words("en", "atlas") == ["static/en-4.json", "static/en.late-5.json", "static/en.atlas-6.json"]


@pytest.mark.parametrize(
    ("accepted", "body", "encoding"),
    [
        ("gzip, deflate, br", b"as brotli", "br"),
        ("gzip, br;q=0", b"as gzip", "gzip"),
        ("gzip", b"as gzip", "gzip"),
        ("", SCRIPT, None),
    ],
)
def test_everyone_gets_what_they_read_best(folder: Path, accepted: str, body: bytes, encoding: str | None) -> None:
    served = assets(folder).serve("main-1.js", accepted)
    assert served is not None
    assert (served.body, served.media_type, served.lasting) == (body, "text/javascript", True)
    assert served.headers.get("Content-Encoding") == encoding
    assert served.headers["Vary"] == "Accept-Encoding"


def test_what_was_not_compressed_that_way_comes_in_the_next_best(folder: Path) -> None:
    served = assets(folder).serve("page-3.css", "br, gzip")
    assert served is not None
    assert served.body == b"as gzip"


@pytest.mark.parametrize("path", ["", "main-2.js", "manifest.json", "main-1.js.gz", "../main-1.js", "x/main-1.js"])
def test_a_built_folder_serves_its_assets_and_nothing_else(folder: Path, path: str) -> None:
    assert assets(folder).serve(path, "") is None


def test_a_source_has_the_version_of_all_of_them_in_its_address() -> None:
    written = assets(STATIC)
    version = static_version()
    assert written.address("js/main.js") == f"static/{version}/js/main.js"
    assert written.words("zh") == [f"static/{version}/messages/zh.json"]


def test_a_source_is_served_as_it_is_and_for_ever_under_its_own_version_only() -> None:
    written, source = assets(STATIC), (STATIC / "js" / "main.js").read_bytes()
    known = written.serve(f"{static_version()}/js/main.js", "gzip")
    other = written.serve("0123456789ab/js/main.js", "")
    assert known is not None
    assert other is not None
    assert (gzip.decompress(known.body), other.body) == (source, source)
    assert (known.lasting, other.lasting) == (True, False)


@pytest.mark.parametrize(
    "path", ["x/js/nothing.js", "x/../app/main.py", "x/js", "x/", "x", "", "x/js/model/types.d.ts", "x//etc/passwd"]
)
def test_the_sources_serve_what_the_page_needs_and_nothing_else(path: str) -> None:
    assert assets(STATIC).serve(path, "") is None


def test_a_source_that_was_edited_shows_at_once(tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text('import { a } from "./two.js";\n')
    (tmp_path / "two.js").write_text("export const a = 1;\n")
    written = assets(tmp_path)
    before = written.address("one.js")
    (tmp_path / "two.js").write_text('import { b } from "./three.js";\nexport const a = b;\n')
    (tmp_path / "three.js").write_text("export const b = 1;\n")
    assert written.address("one.js") != before
    assert [address.rpartition("/")[2] for address in written.imports("one.js")] == ["two.js", "three.js"]


def test_the_scripts_that_a_script_imports_are_named_once_whatever_their_form(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "main.js").write_text(
        'import { a } from "./deep/a.js";\n'
        'import {\n  b,\n  c,\n} from "./deep/b.js";\n'
        'const late = () => import("./late.js");\n'
    )
    (tmp_path / "deep" / "a.js").write_text('import { b } from "./b.js";\nexport const a = b;\n')
    (tmp_path / "deep" / "b.js").write_text('import { d } from "../d.js";\nexport const b = d;\nexport const c = 1;\n')
    (tmp_path / "d.js").write_text("export const d = 1;\n")
    (tmp_path / "late.js").write_text("export const e = 1;\n")
    names = [address.split("/", 2)[2] for address in assets(tmp_path).imports("main.js")]
    assert names == ["deep/a.js", "deep/b.js", "d.js"]


def test_a_script_s_imports_cost_one_look_at_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once each of them was a look at every file: a page took an eighth of a second from the live sessions."""
    looks: list[Path] = []

    def version(folder: Path) -> str:
        looks.append(folder)
        return "v"

    monkeypatch.setattr("app.web.assets.static_version", version)
    found = WrittenAssets(STATIC).imports("js/main.js")
    assert len(found) > 20
    assert all(address.startswith("static/v/js/") for address in found)
    assert looks == [STATIC]
