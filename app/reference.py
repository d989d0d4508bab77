"""The page of settings, made from their table: `make reference` writes it, a test says when that is due.

Not here: what a setting does.
"""

from pathlib import Path

from app.settings import Settings

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "settings.md"

INTRODUCTION = """# Settings

Made from `app/settings.py` by `make reference`: do not edit. Each setting is an environment variable with the prefix
`NEURON_PLAYGROUND_`, such as `NEURON_PLAYGROUND_SESSIONS=100`; `host`, `port` and `hosts` are options of
`neuron-playground serve`, too. A setting out of its range is one sentence and exit code 2. How they work together is in
[the operator's guide](../howto/run-it.md).

| name | default | range | what it is |
|---|---|---|---|
"""


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


if __name__ == "__main__":
    PAGE.write_text(settings_page(), encoding="utf-8")
