"""The command line: `neuron-playground serve`, `train`, `race`, `study`, `lab` and `export`.

What a command needs is imported inside it, so that `--version` and `--help` answer at once. Every mistake of the
reader's is one sentence on stderr and exit code 2. Not here: the server itself (`server`), the run (`train`), many of
them (`race`, `study`), nor what becomes of one (`export`).
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app import __version__
from app.errors import UsageError

cli = typer.Typer(
    name="neuron-playground",
    help="Swap the neuron itself and watch what every layer learns.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """The console command."""
    try:
        cli()
    except UsageError as error:
        typer.echo(f"neuron-playground: {error}", err=True)
        sys.exit(2)


def _tell(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"neuron-playground {__version__}")
        raise typer.Exit


@cli.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Swap the neuron itself and watch what every layer learns."""


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on. [default: 127.0.0.1]")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on; 0 for any free one. [default: 8000]")] = None,
    hosts: Annotated[int | None, typer.Option(help="Processes that train; 0 for one per core. [default: 0]")] = None,
    root_path: Annotated[
        str | None, typer.Option(help="The path under which a proxy shows this server, such as /neurons.")
    ] = None,
    share_lan: Annotated[
        bool, typer.Option("--share-lan", help="Listen on the local network, and print the address and its QR code.")
    ] = False,
) -> None:
    """Serve the page. Every setting can also be given in the environment, as NEURON_PLAYGROUND_PORT=9000."""
    from app.web.server import run, settings_from

    if share_lan and host is None:
        host = "0.0.0.0"
    run(settings_from(host=host, port=port, hosts=hosts, root_path=root_path, share_lan=share_lan or None))


@cli.command()
def train(
    config: Annotated[
        Path | None,
        typer.Argument(help="A Config as JSON; - for standard input. Left out with --points.", metavar="[CONFIG.json]"),
    ] = None,
    points: Annotated[
        Path | None, typer.Option(help="Train on this table: CSV or similar, ARFF, LIBSVM, JSON or .xlsx.")
    ] = None,
    columns: Annotated[str | None, typer.Option(help="Its columns x,y,label, by name or number.")] = None,
    task: Annotated[str | None, typer.Option(help="What the labels are for: classification or regression.")] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Draw a fair sample of a table that is too long.")] = False,
    decimal: Annotated[str, typer.Option(help="Its decimal mark: point or comma.")] = "",
    encoding: Annotated[str, typer.Option(help="Its encoding, such as gb18030.")] = "",
    epochs: Annotated[int, typer.Option(min=0, help="How many epochs to train.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as one JSON object.")] = False,
    checkpoint: Annotated[Path | None, typer.Option(help="Save the trained run here, as .safetensors.")] = None,
    numpy: Annotated[
        Path | None, typer.Option(help="Write the network here as Python code that needs only NumPy.")
    ] = None,
    torch: Annotated[Path | None, typer.Option(help="Write the network here as Python code for PyTorch.")] = None,
    data: Annotated[Path | None, typer.Option(help="Write its points here, as CSV.")] = None,
    history: Annotated[Path | None, typer.Option(help="Write its losses and accuracies here, as CSV.")] = None,
) -> None:
    """Train without a page: the same Config, the same numbers (to the bit where it is the same installation)."""
    from app.cli.export import write_each
    from app.cli.points import read_points
    from app.cli.train import config_from, divergence, read_given, report, run, save

    if config is None and points is None:
        raise UsageError("give a Config as JSON, or a table with --points")
    given, knobs = {} if config is None else read_given(config), None
    if points is not None:
        knobs = read_points(points, columns, task, sample=sample, decimal=decimal, encoding=encoding, say=_tell)
    trainer = run(config_from(given, config, knobs), epochs)
    if checkpoint is not None:
        save(trainer, checkpoint)
    write_each(trainer, {"numpy": numpy, "torch": torch, "data": data, "history": history})
    typer.echo(report(trainer, as_json=as_json))
    if divergence(trainer) is not None:
        raise typer.Exit(1)


@cli.command()
def race(
    links: Annotated[
        list[str],
        typer.Argument(help="A race's link, or two to six experiments: links or Configs as .json.", metavar="LINK..."),
    ],
    seeds: Annotated[int | None, typer.Option(help="Fresh seeds for every lane, 5 to 50. [default: 20]")] = None,
    epochs: Annotated[int | None, typer.Option(help="How many epochs every run trains. [default: 200]")] = None,
    bar: Annotated[
        float | None, typer.Option(help="Test accuracy at which a run counts as solved. [default: 0.95]")
    ] = None,
    fresh_data: Annotated[bool, typer.Option("--fresh-data", help="Draw fresh points for every seed as well.")] = False,
    budget: Annotated[
        str | None, typer.Option(help="parameters:200 or multiply_adds:200: give every lane the nearest width.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as one JSON object.")] = False,
) -> None:
    """Compare experiments over many seeds: how often they solve it, how well, how soon, at what cost."""
    from app.cli.race import race_of, report, run

    asked = race_of(links, seeds=seeds, epochs=epochs, bar=bar, fresh_data=fresh_data, budget=budget)
    standings, stopped = run(asked)
    typer.echo(report(asked, standings, stopped=stopped, as_json=as_json))
    if stopped:
        raise typer.Exit(130)


@cli.command()
def study(
    file: Annotated[Path | None, typer.Argument(help="A study, as TOML or JSON.", metavar="[STUDY.toml]")] = None,
    out: Annotated[Path | None, typer.Option(help="A new folder for the results.")] = None,
    resume: Annotated[Path | None, typer.Option(help="Go on with the study in this folder.")] = None,
    engine: Annotated[str, typer.Option(help="Who does the work: local, serial or ray.")] = "local",
    workers: Annotated[int | None, typer.Option(help="Processes that train. [default: one a core]")] = None,
    address: Annotated[str | None, typer.Option(help="Of a Ray cluster that is there, such as auto.")] = None,
    server: Annotated[str, typer.Option(help="Where the report's links open.")] = "http://127.0.0.1:8000",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell how many runs, and how long.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print lines of JSON, for programs.")] = False,
) -> None:
    """Ask a question by the thousand runs: every combination over many seeds, as a table and a report."""
    from app.cli.study import Asked
    from app.cli.study import study as carry_out

    ended = carry_out(Asked(file, out, resume, engine, workers, address, server, as_json, dry_run))
    typer.echo(ended.text)
    if ended.code:
        raise typer.Exit(ended.code)


@cli.command()
def lab(
    name: Annotated[
        str | None, typer.Argument(help="The lab, as its address names it. Left out: all are listed.")
    ] = None,
    check: Annotated[str | None, typer.Option(help="An address or link: does it reach the lab's goal?")] = None,
    step: Annotated[
        int | None, typer.Option(help="The step whose goal is meant. [default: the last that has one]")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, max=200, help="How many fresh seeds.")] = 20,
) -> None:
    """List the labs, or give the page's verdict on a link over fresh seeds (exit code 1: not reached)."""
    from app.cli.lab import checked, listed, reached, report

    if name is None:
        typer.echo(listed())
        return
    if check is None:
        raise UsageError("give a link to check: --check LINK")
    found, verdict = checked(name, check, step, seeds)
    typer.echo(report(found, verdict))
    if not reached(verdict):
        raise typer.Exit(1)


@cli.command()
def export(
    model: Annotated[Path, typer.Argument(help="A run saved by the page or by train.", metavar="MODEL.safetensors")],
    what: Annotated[str, typer.Option("--as", help="numpy or torch for code, data or history for CSV.")] = "numpy",
    output: Annotated[Path | None, typer.Option(help="Write it here. [default: standard output]")] = None,
) -> None:
    """Make a saved run into code that runs without this program, or into a table."""
    from app.cli.export import export, read_model, write

    text = export(read_model(model), what)
    if output is None:
        typer.echo(text, nl=False)
    else:
        write(text, output)


if __name__ == "__main__":
    main()
