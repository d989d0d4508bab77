"""What the build makes of the page: whole, hashed, compressed, and light for who comes for the first time."""

import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.hosts.backend import InProcess
from app.settings import Settings
from app.web import compression
from app.web.application import create_app
from app.web.assets import WrittenAssets
from tests.repo.sources import ROOT, files

pytestmark = pytest.mark.slow

BROTLI, GZIP = "gzip, deflate, br", "gzip, deflate"
"""What browsers accept over HTTPS, and in a classroom without it."""

FIRST_VISIT_BYTES = {BROTLI: 51_200, GZIP: 55_200}
"""Everything that a first visit fetches before its first picture, compressed, without the headers."""

WHOLE_VISIT_BYTES = {("en", BROTLI): 58_900, ("en", GZIP): 64_800, ("zh-CN", BROTLI): 59_900, ("zh-CN", GZIP): 66_300}
"""The same with what comes by itself after it. Where brotli is read, it is to stay under 60 kB."""

FRAME_BYTES = {BROTLI: 63_300, GZIP: 69_600}
"""Before the first picture in a frame, which has a script and a sheet of its own, and of the pages beside."""

UNBROTLI = """
const [fs, zlib] = [require('fs'), require('zlib')];
for (const file of process.argv.slice(1)) {
  fs.writeFileSync(`${file}.plain`, zlib.brotliDecompressSync(fs.readFileSync(file)));
}
"""


@pytest.fixture(scope="module")
def manifest(built: Path) -> dict[str, Any]:
    entries: dict[str, Any] = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    return entries


@pytest.fixture(scope="module")
def client(built: Path) -> Iterator[TestClient]:
    settings = Settings(assets=built, sessions=1)
    # As hard as a server compresses that has just begun, whatever was tested before.
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(compression, "_thorough", compression.Thorough())
        with TestClient(create_app(settings, InProcess(settings))) as client:
            yield client


def plain(built: Path) -> list[Path]:
    return [path for path in built.iterdir() if path.suffix not in (".gz", ".br") and path.name != "manifest.json"]


def test_what_the_page_names_is_there_by_its_source(manifest: dict[str, Any], built: Path) -> None:
    assert {"js/browser.js", "js/early.js", "js/main.js", "js/embed/frame.js", "js/embed/element.js"} <= set(manifest)
    assert {"css/page.css", "css/dark.css", "css/embed.css", "css/late.css", "icon.svg", "late.html"} <= set(manifest)
    assert {f"messages/{tag}{part}.json" for tag in ("en", "zh") for part in ("", ".late")} <= set(manifest)
    named = {entry["file"] for entry in manifest.values()} | {
        file for entry in manifest.values() for file in entry.get("imports", [])
    }
    assert {path.name for path in plain(built)} == named


def test_a_name_changes_with_the_contents(built: Path) -> None:
    assert [path.name for path in plain(built) if not re.fullmatch(r"[\w.]+-[0-9A-Za-z]{8,10}\.\w+", path.name)] == []


def test_every_compressed_file_is_the_plain_one(built: Path, tmp_path: Path) -> None:
    large = [path for path in plain(built) if path.stat().st_size >= 500]
    assert large
    packed = [Path(shutil.copy(path.with_name(f"{path.name}.br"), tmp_path)) for path in large]
    command = [sys.executable, "assets/node.py", "node", "-e", UNBROTLI, *map(str, packed)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    for path in large:
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()
        assert (tmp_path / f"{path.name}.br.plain").read_bytes() == path.read_bytes()


def test_what_the_page_begins_with_is_one_script(manifest: dict[str, Any], built: Path) -> None:
    """Cut into pieces it would be fetched one after the other, and each piece would be compressed by itself."""
    script = (built / manifest["js/main.js"]["file"]).read_text(encoding="utf-8")
    assert re.findall(r'\bfrom\s*"\./', script) == []
    late = [name for name in manifest if name.startswith("js/panels/")]
    assert len(late) >= 8
    assert all(f'import("./{manifest[name]["file"]}")' in script for name in late if "export" in name)


def test_a_panel_that_is_fetched_later_is_no_part_of_it(manifest: dict[str, Any], built: Path) -> None:
    """Told by words that only the panel's own source has."""
    script = (built / manifest["js/main.js"]["file"]).read_text(encoding="utf-8")
    words = {"network/lens": "lens-both", "network/inspector": ".inspector-check", "take_home/share": "share-row"}
    for name, word in words.items():
        later = (built / manifest[f"js/panels/{name}.js"]["file"]).read_text(encoding="utf-8")
        assert word in (ROOT / "static" / "js" / "panels" / f"{name}.js").read_text(encoding="utf-8"), name
        assert (word in later, word in script) == (True, False), name


WORDS = ("", ".late", ".names", ".memory", ".atlas", ".playground")
"""What the page begins with, what comes later, and what one page has for itself."""

HINT = re.compile(r"[._]hint$")
"""What is nothing but a tooltip's words."""


def words(manifest: dict[str, Any], built: Path, tag: str, part: str) -> dict[str, dict[str, str]]:
    """One of the files of a language."""
    found: dict[str, dict[str, str]] = json.loads(
        (built / manifest[f"messages/{tag}{part}.json"]["file"]).read_text(encoding="utf-8")
    )
    return found


@pytest.mark.parametrize("tag", ["en", "zh"])
def test_words_are_cut_and_none_is_lost(manifest: dict[str, Any], built: Path, tag: str) -> None:
    served = WrittenAssets(ROOT / "static").serve(f"x/messages/{tag}.json", "")
    assert served is not None
    whole = json.loads(served.body)
    for table in ("messages", "entries"):
        parts = [words(manifest, built, tag, part)[table] for part in WORDS]
        assert {key: said for part in parts for key, said in part.items()} == whole[table]
        assert sum(map(len, parts)) == len(whole[table])


def test_what_is_in_the_menus_is_named_there_and_not_once_more_in_a_language_s_words(
    manifest: dict[str, Any], built: Path, client: TestClient
) -> None:
    names = client.get("/api/names?lang=zh").json()
    assert {"neurons.linear", "knobs.learning_rate", "fields.batch", "datasets.spirals.sentence"} <= set(names)
    first = words(manifest, built, "zh", "")["entries"]
    assert {key.partition(".")[0] for key in first} == {"choices", "words"}
    late = words(manifest, built, "zh", ".late")["entries"]
    assert {key for key in late if not key.startswith("fields.forest.")} >= {
        key for key in names if key.endswith(".sentence")
    }
    assert all(key.endswith(".sentence") for key in late if not key.startswith("fields.forest."))
    # In Chinese, from what the build has made.
    assert names["neurons.linear"] == words(manifest, built, "zh", ".names")["entries"]["neurons.linear"]
    menus = client.get("/api/menus?lang=zh").json()
    assert {entry["name"]: entry.get("label") for entry in menus["neurons"]}["linear"] == names["neurons.linear"]


def test_nothing_that_the_page_begins_with_says_late_words(manifest: dict[str, Any], built: Path) -> None:
    late = words(manifest, built, "en", ".late")["messages"]
    script = (built / manifest["js/main.js"]["file"]).read_text(encoding="utf-8")
    hints = re.findall(r'\.hintOf\("([^"]*)"\)', script)
    assert len(hints) >= 2
    assert [key for key in late if script.count(f'"{key}"') > hints.count(key)] == []


def test_a_tooltip_waits_for_its_words_and_nothing_else_has_them(manifest: dict[str, Any], built: Path) -> None:
    """It is filled in when they come; a label would stay empty."""
    first = words(manifest, built, "en", "")["messages"]
    assert [key for key in first if HINT.search(key)] == []
    markup = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").iterdir())
    spoken = re.findall(r'data-(?:text|label)="([^"]*)"', markup)
    assert [key for key in spoken if HINT.search(key)] == []


def test_templates_name_late_words_only_where_they_wait_for_their_panel(
    manifest: dict[str, Any], built: Path, client: TestClient
) -> None:
    late = words(manifest, built, "en", ".late")["messages"]
    page = client.get("/embed").text
    opened: list[tuple[str, bool]] = []
    early = []
    for closing, tag, rest in re.findall(r"<(/?)([a-z0-9]+)((?:[^>\"]|\"[^\"]*\")*)>", page):
        if closing:
            while opened and opened.pop()[0] != tag:
                pass
            continue
        waits = "data-late " in f"{rest} " or (bool(opened) and opened[-1][1])
        named = re.findall(r'data-(?:text|label|hint)="([^"]*)"', rest)
        early += [key for key in named if key in late and not HINT.search(key) and not waits]
        opened.append((tag, waits))
    assert early == []


def fetched(client: TestClient, page: str, **headers: str) -> dict[str, int]:
    """The bytes on the wire of a page and of all that its head has the browser fetch."""
    weights = {}
    answer = client.get(page, headers=headers)
    linked = re.findall(r'(?:src|href)="(static/[^"]*|api/menus[^"]*)"', answer.text)
    for address in [page, *(f"/{each}" for each in linked)]:
        weights[address] = int(client.get(address, headers=headers).headers["content-length"])
    return weights


@pytest.mark.parametrize("accepted", [BROTLI, GZIP])
@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("/", FIRST_VISIT_BYTES),
        ("/embed", FRAME_BYTES),
        ("/embed/race", FRAME_BYTES),
        ("/race", FRAME_BYTES),
        ("/memory", FRAME_BYTES),
    ],
)
def test_a_first_visit_is_light(client: TestClient, page: str, most: dict[str, int], accepted: str) -> None:
    weights = fetched(client, page, **{"Accept-Encoding": accepted, "Accept-Language": "en"})
    assert len(weights) >= 7
    assert sum(weights.values()) <= most[accepted], weights


def test_a_first_visit_in_chinese_is_light(client: TestClient) -> None:
    weights = fetched(client, "/", **{"Accept-Encoding": BROTLI, "Accept-Language": "zh-CN"})
    assert sum(weights.values()) <= FIRST_VISIT_BYTES[BROTLI], weights


@pytest.mark.parametrize(("language", "accepted"), list(WHOLE_VISIT_BYTES))
def test_what_comes_after_the_first_picture_is_light_and_one_file(
    manifest: dict[str, Any], client: TestClient, language: str, accepted: str
) -> None:
    headers = {"Accept-Encoding": accepted, "Accept-Language": language}
    later = manifest["js/panels/output/later.js"]
    main = manifest["js/main.js"]["file"]
    assert main in later["imports"]
    own = [later["file"], *(name for name in later["imports"] if name != main)]
    assert len(own) == 2
    weights = fetched(client, "/", **headers)
    for address in ("/api/thumbnails", *(f"/static/{name}" for name in own)):
        weights[address] = int(client.get(address, headers=headers).headers["content-length"])
    assert sum(weights.values()) <= WHOLE_VISIT_BYTES[language, accepted], weights


def test_no_source_is_left_out(manifest: dict[str, Any], built: Path) -> None:
    """Every script is reached from an entry: one that is not is dead."""
    reached: set[str] = set()
    waiting = [
        "static/js/browser.js",
        "static/js/early.js",
        *(
            f"static/js/{name}.js"
            for name in ("main", "embed/frame", "embed/element", "race/main", "atlas/main", "memory/main")
        ),
    ]
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        text = (ROOT / path).read_text(encoding="utf-8")
        targets = re.findall(r'(?:from |import\()"(\.[^"]+\.js)"', text)
        waiting += [(ROOT / path).parent.joinpath(each).resolve().relative_to(ROOT).as_posix() for each in targets]
    assert {path for path in files() if path.startswith("static/js/") and path.endswith(".js")} == reached
