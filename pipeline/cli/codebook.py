"""`diptych codebook`: check a codebook, or compare two versions of one."""

from pathlib import Path

import typer

from pipeline.cli.terminal import emit, say

app = typer.Typer(help="Check a codebook, or compare two versions of one.", no_args_is_help=True)


@app.command("check")
def codebook_check(file: Path) -> None:
    """Lint a codebook; exit 1 when it has errors."""
    from pipeline import codebook

    problems = codebook.check(file)
    for problem in problems:
        say(f"{file}: {problem}")
    say(f"{file}: {'no problems' if not problems else f'{len(problems)} problems'}")
    raise typer.Exit(1 if problems else 0)


@app.command("diff")
def codebook_diff(old: Path, new: Path) -> None:
    """What changed between two versions of a codebook, and which annotations go stale."""
    from pipeline import codebook

    emit("".join(f"{change}\n" for change in codebook.diff(codebook.load(str(old)), codebook.load(str(new)))))
