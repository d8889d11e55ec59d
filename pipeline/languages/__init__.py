"""A language is data: one folder per language, one TOML file per phenomenon (`en/abbreviations.toml`).

What needs both languages beside each other is one file for both (`contrasts.toml`)."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from pipeline.document import Lang


@cache
def load(lang: str, phenomenon: str) -> dict[str, Any]:
    """The data of one phenomenon in one language.

    >>> "Dr." in load("en", "abbreviations")["before_name"]
    True
    """
    return tomllib.loads(
        resources.files(__package__).joinpath(lang, f"{phenomenon}.toml").read_text(encoding="utf-8")
    )


@cache
def shared(phenomenon: str) -> dict[str, Any]:
    """The data of one phenomenon that stands in both languages at once.

    >>> "rise_fall" in shared("contrasts")["polarity"]
    True
    """
    return tomllib.loads(
        resources.files(__package__).joinpath(f"{phenomenon}.toml").read_text(encoding="utf-8")
    )


def script(text: str) -> tuple[Lang | None, int]:
    """The language of most letters, and how many letters there are.

    >>> script("Москва — the capital"), script("1991")
    (('en', 16), (None, 0))
    """
    russian = len(re.findall("[а-яёА-ЯЁ]", text))
    english = len(re.findall("[A-Za-zÀ-ɏ]", text))
    if russian == english:
        return None, russian + english
    return ("ru" if russian > english else "en"), russian + english


def bilingual(row: str) -> dict[str, list[str]]:
    """A row of words in both languages.

    >>> bilingual("copper | медь, медный")
    {'en': ['copper'], 'ru': ['медь', 'медный']}
    """
    en, _, ru = row.partition("|")
    return {"en": _listed(en), "ru": _listed(ru)}


def _listed(words: str) -> list[str]:
    return [w.strip() for w in words.split(",") if w.strip()]
