"""Tests mirror sources by path: nncore/x.py is tested in tests/nncore/test_x.py, static/js/y.js in tests/js/y.test.js.

Whoever changes a file finds its tests without searching, and whoever adds one sees at once that it has none. The
exceptions are named here, each with its reason; an exception that is no longer one fails, too.
"""

from fnmatch import fnmatchcase

from tests.repo.sources import files

DRAWN = (
    "data/class_chips",
    "data/csv_table",
    "data/datasets",
    "data/draw_points",
    "data/table_button",
    "data/table_plot",
    "data/table_view",
    "lab/lab",
    "network/edge_tip",
    "network/features",
    "network/inspector",
    "network/late_inspector",
    "network/lens_button",
    "network/edges",
    "network/forest",
    "network/network",
    "network/raster",
    "network/stand_in",
    "output/confusion",
    "output/confusion_tab",
    "output/history",
    "output/late_reading",
    "output/later",
    "output/loss_chart",
    "output/metrics",
    "output/output",
    "output/plane",
    "output/reading",
    "output/runs",
    "output/runs_tab",
    "output/time_slider",
    "take_home/drawers",
    "take_home/machine_share",
    "take_home/picture",
    "toolbar/bar",
    "toolbar/stage",
    "toolbar/follow_looks",
    "toolbar/help_button",
    "toolbar/late_more",
    "toolbar/until",
)

WIRED = (
    "atlas/chart",
    "atlas/grid",
    "atlas/main",
    "browser",
    "early",
    "main",
    "live/connection",
    "memory/bar",
    "memory/board",
    "memory/boltzmann",
    "memory/charts",
    "memory/hebb",
    "memory/main",
    "memory/patterns",
    "page/beside",
    "page/events",
    "page/machine_host",
    "page/lock",
    "page/parts",
    "page/server_files",
    "page/words",
    "playground/late",
    "playground/links",
    "playground/page",
    "playground/regions",
    "race/again",
    "race/bar",
    "race/lane",
    "race/main",
    "race/page",
    "race/seeds",
    "race/settings",
    "race/take_home",
    "race/units",
    "widgets/change_words",
    "widgets/answer_surface",
    "widgets/late_styles",
    "widgets/neuron_cards",
    "widgets/save_file",
    "widgets/scatter",
)

# Sources without a test of their own.
UNTESTED = {
    "*/__init__.py": "only gathers what the files beside it define",
    "nncore/activations/*.py": "an entry is tested by being there: the contract tests run over the registry",
    "nncore/neurons/*.py": "an entry is tested by being there: the contract tests run over the registry",
    "nncore/datasets/*.py": "an entry is tested by being there: the contract tests run over the registry",
} | {
    f"static/js/{script}.js": "draws or wires what only a real document has: tests/browser looks at what comes out"
    for script in (*WIRED, *(f"panels/{panel}" for panel in DRAWN))
}

# Tests without a source of their own.
SOURCELESS = {
    "tests/app/live/race/test_pairs.py": "that every kind races every other is a promise of the registry",
    "tests/nncore/test_behaviour.py": "what is known about whole networks belongs to no one file",
    "tests/nncore/test_any_run.py": "that any run can be resumed, shown and taken home is a promise of them all",
}


def mirror_of(source: str) -> str:
    folder, _, file = source.rpartition("/")
    if source.endswith(".js"):
        return f"tests/{source.removeprefix('static/').removesuffix('.js')}.test.js"
    return f"tests/{folder}/test_{file}"


def excused(path: str, exceptions: dict[str, str]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in exceptions)


SOURCES = [
    path
    for path in files()
    if path.startswith(("nncore/", "app/", "docs/", "static/js/")) and path.endswith((".py", ".js"))
]
TESTS = [
    path
    for path in files()
    if (path.startswith(("tests/nncore/", "tests/app/", "tests/docs/")) and path.rpartition("/")[2].startswith("test_"))
    or (path.startswith("tests/js/") and path.endswith(".test.js"))
]


def test_every_source_has_its_test() -> None:
    assert [path for path in SOURCES if not excused(path, UNTESTED) and mirror_of(path) not in TESTS] == []


def test_every_test_has_its_source() -> None:
    """Its name is the source's; where one file would be too long, with an aspect: test_session_frames, socket_lost."""
    mirrored = {mirror_of(source) for source in SOURCES}
    aspects = tuple(f"{path.removesuffix('.py').removesuffix('.test.js')}_" for path in mirrored)
    orphans = [path for path in TESTS if path not in mirrored and not path.startswith(aspects)]
    assert [path for path in orphans if not excused(path, SOURCELESS)] == []


def test_every_exception_is_still_one() -> None:
    """An excused source has come to have its test, or is gone: then its line goes, too."""
    mirrored = {mirror_of(source) for source in SOURCES}
    alone = [path for path in SOURCES if mirror_of(path) not in TESTS] + [
        path for path in TESTS if path not in mirrored
    ]
    assert [pattern for pattern in UNTESTED | SOURCELESS if not any(fnmatchcase(path, pattern) for path in alone)] == []


def test_every_exception_has_a_reason() -> None:
    assert all(len(reason.split()) > 3 for reason in (UNTESTED | SOURCELESS).values())
