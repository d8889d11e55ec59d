"""What every command shares: messages go to standard error, data to standard output."""

import sys
from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[
    Path | None, typer.Option("--config", "-c", help="TOML file with the keys to change.", metavar="FILE")
]


def say(message: object) -> None:
    print(f"diptych: {message}", file=sys.stderr)


def emit(data: bytes | str) -> None:
    sys.stdout.buffer.write(data.encode() if isinstance(data, str) else data)
    sys.stdout.buffer.flush()
