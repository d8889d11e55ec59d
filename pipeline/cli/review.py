"""`diptych review`: the least certain findings go to people, and their corrections come back."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline import config
from pipeline.cli.terminal import ConfigOption, emit, say

app = typer.Typer(
    help="Send the least certain findings to people, and take their corrections back.", no_args_is_help=True
)

RunFolder = Annotated[Path, typer.Argument(help="The folder that diptych run wrote.", metavar="OUT")]


@app.command("export")
def review_export(
    out: RunFolder,
    folder: Annotated[Path, typer.Option("--output", "-o", help="Folder for the queue.")],
    to: Annotated[str, typer.Option("--to", help="labelstudio or inception")] = "labelstudio",
    number: Annotated[int, typer.Option(help="Items of each layer, the most doubtful first.", min=1)] = 50,
    layer: Annotated[list[str] | None, typer.Option(help="passages, statements, differences; all.")] = None,
    config_file: ConfigOption = None,
) -> None:
    """Write a queue of the least certain passages, statements and differences."""
    settings = config.load(config_file)
    from pipeline.review import command

    written = command.export(out, folder, to, number, layer or [], settings)
    say(f"{folder}: {len(written)} files for {to}")


@app.command("import")
def review_import(
    out: RunFolder,
    files: Annotated[list[Path], typer.Argument(help="Label Studio's JSON or INCEpTION's XMI.")],
    reviewer: Annotated[str, typer.Option(help="Who answered; needed for XMI.")] = "",
) -> None:
    """Keep reviewers' answers in OUT/reviews.jsonl, apart from what the machine found; the report shows both."""
    from pipeline import report
    from pipeline.review import command

    number, path = command.take_in(out, files, reviewer)
    pages = report.write_reviewed(out)
    say(f"{path}: {number} answers taken in; {len(pages)} pages of the report show them")


@app.command("agreement")
def review_agreement(out: RunFolder) -> None:
    """Krippendorff's alpha between reviewers and with the machine; JSON on standard output."""
    from pipeline.review import command

    emit(command.agreement(out))


@app.command("labelled")
def review_labelled(
    out: RunFolder, file: Annotated[Path, typer.Option("--output", "-o", help="A .jsonl file.")]
) -> None:
    """Write the reviewed passages as labelled ones, for diptych train."""
    from pipeline.review import command

    say(f"{file}: {command.training_data(out, file)} labelled passages")
