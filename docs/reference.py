"""Write docs/cli.md from the command line itself: python docs/reference.py"""

from pathlib import Path

import typer
from typer.cli import get_docs_for_click

from pipeline.cli import app


def main() -> None:
    command = typer.main.get_command(app)
    context = command.make_context("diptych", [], resilient_parsing=True)
    text = get_docs_for_click(obj=command, ctx=context, name="diptych", title="Command line")
    Path(__file__).with_name("cli.md").write_text(text.replace("&lt;", "<").replace("&gt;", ">"), "utf-8")


if __name__ == "__main__":
    main()
