"""What the comparison says of a difference, in the language of the reader."""

import re
import tomllib
from functools import cache
from importlib import resources

from markupsafe import Markup

from pipeline.report.words import both

VERSIONS = ("this", "that")
"""The places of a sentence that name a version; the others hold what varies."""


def explained(sentence: str) -> Markup:
    """An explanation with its Russian wording, where there is one.

    >>> explained("The Russian version has no such clause.")
    Markup('<span data-ru="В русской версии такой части предложения нет.">The Russian version has no such clause.</span>')
    >>> explained("Something else.")
    Markup('Something else.')
    """
    russian = in_russian(sentence)
    return both(sentence, russian) if russian else Markup.escape(sentence)


def in_russian(sentence: str) -> str | None:
    """The sentence in Russian; None where it is of no known form."""
    for pattern, russian in _sentences():
        found = pattern.fullmatch(sentence)
        if found:
            return russian.format_map(
                {name: _named(name, words) for name, words in found.groupdict().items()}
            )
    return None


def _named(place: str, words: str) -> str:
    return _data()["versions"][words] if place in VERSIONS else words


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    versions = "|".join(map(re.escape, sorted(_data()["versions"], key=len, reverse=True)))
    return tuple(
        (re.compile(_pattern(english, versions), re.DOTALL), russian)
        for english, russian in _data()["sentences"].items()
    )


def _pattern(english: str, versions: str) -> str:
    """The sentence as a pattern: `{this}` is a version, `{a}` any words."""
    parts = re.split(r"\{(\w+)\}", english)
    return "".join(
        f"(?P<{part}>{versions if part in VERSIONS else '.+?'})" if number % 2 else re.escape(part)
        for number, part in enumerate(parts)
    )


@cache
def _data() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("explanations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
