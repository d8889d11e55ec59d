"""A language is data: one folder per language, one TOML file per phenomenon (`en/abbreviations.toml`)."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(lang: str, phenomenon: str) -> dict[str, Any]:
    """The data of one phenomenon in one language.

    >>> "Dr." in load("en", "abbreviations")["before_name"]
    True
    """
    return tomllib.loads(
        resources.files(__package__).joinpath(lang, f"{phenomenon}.toml").read_text(encoding="utf-8")
    )
