"""What is installed, what is missing and how to get it, and what each choice costs."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pipeline import shipped
from pipeline.config import Config
from pipeline.document import Lang
from pipeline.errors import MissingModel
from pipeline.parse import BACKENDS, component
from pipeline.parse.models import folder

SHIPPED_MODELS = ("lexicon-en-ru", "encoder", "judge", "names", "passages", "places")


def report(config: Config) -> tuple[list[str], bool]:
    """One line for each model and back end, and whether all that the configuration chooses is there; below a back end what
    it costs, and last what could be chosen instead."""
    found = list(_parsers(config)) + list(_shipped())
    lines = [f"{'ok  ' if healthy else 'MISSING'} {line}" for line, healthy in found]
    return [*lines, *_others(config)], all(healthy for _, healthy in found)


def _parsers(config: Config) -> Iterator[tuple[str, bool]]:
    for lang, parser in sorted(config.parse.items()):
        chosen = f'parse.{lang}: back end "{parser.backend}", model "{parser.model}"'
        if parser.backend not in BACKENDS:
            yield f"{chosen}: unknown back end; allowed: {', '.join(sorted(BACKENDS))}", False
            continue
        try:
            model = component(parser, lang)  # type: ignore[arg-type]
            cost = _cost(parser.backend, parser.model, lang)  # type: ignore[arg-type]
            yield f"{chosen} {model.version}, sha256 {model.sha256[:12]}…{cost}", True
        except MissingModel as error:
            yield f"{chosen}: {error}", False


def _shipped() -> Iterator[tuple[str, bool]]:
    for name in SHIPPED_MODELS:
        try:
            path = shipped.path(f"models/{name}")
            yield f"models/{name}: {path}, {_megabytes(path):.1f} MB", True
        except FileNotFoundError as error:
            yield str(error), False


def megabytes(backend: str, model: str, lang: Lang) -> float:
    """How much room the models of a back end take on disk.

    Raises: MissingModel where they are not installed.
    """
    if backend == "stanza":
        from pipeline.parse.stanza import installed

        return _megabytes(installed(model, lang)[0] / lang)
    return _megabytes(folder(model))


def _megabytes(path: Path) -> float:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6


@cache
def costs() -> dict[str, dict[str, Any]]:
    """What was measured of each model, by language: speed, memory and quality, from `parse/costs.toml`."""
    data = resources.files("pipeline.parse").joinpath("costs.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def _cost(backend: str, model: str, lang: Lang) -> str:
    known = costs().get(lang, {}).get(model if backend != "stanza" else backend)
    measured = f"; {_measured(known)}" if known else "; speed and quality of this model were not measured"
    return f"\n     {megabytes(backend, model, lang):.0f} MB on disk{measured}"


def _measured(known: dict[str, Any]) -> str:
    speed = (
        f"{known['words']:,} words a second and {known['memory']} MB of memory on one core; "
        if "words" in known
        else ""
    )
    return f"{speed}{known['quality']}"


def _others(config: Config) -> Iterator[str]:
    """What else could be chosen, and how to get it."""
    for lang, models in sorted(costs().items()):
        chosen = config.parse.get(lang)  # type: ignore[call-overload]
        for model, known in models.items():
            if chosen is None or model not in (chosen.model, chosen.backend):
                yield f'or   parse.{lang}: back end "{known["backend"]}", model "{known["model"]}"; {_measured(known)}; get it with: {known["get"]}'
