"""What is installed, what is missing, and how to get it."""

from collections.abc import Iterator

from pipeline import shipped
from pipeline.config import Config
from pipeline.errors import MissingModel
from pipeline.parse import BACKENDS, component

SHIPPED_MODELS = ("lexicon-en-ru", "names", "passages", "places")


def report(config: Config) -> tuple[list[str], bool]:
    """One line for each model and back end, and whether all that the configuration chooses is there."""
    found = list(_parsers(config)) + list(_shipped())
    return [f"{'ok  ' if healthy else 'MISSING'} {line}" for line, healthy in found], all(
        healthy for _, healthy in found
    )


def _parsers(config: Config) -> Iterator[tuple[str, bool]]:
    for lang, parser in sorted(config.parse.items()):
        chosen = f'parse.{lang}: back end "{parser.backend}", model "{parser.model}"'
        if parser.backend not in BACKENDS:
            yield f"{chosen}: unknown back end; allowed: {', '.join(sorted(BACKENDS))}", False
            continue
        try:
            model = component(parser, lang)  # type: ignore[arg-type]
            yield f"{chosen} {model.version}, sha256 {model.sha256[:12]}…", True
        except MissingModel as error:
            yield f"{chosen}: {error}", False


def _shipped() -> Iterator[tuple[str, bool]]:
    for name in SHIPPED_MODELS:
        try:
            yield f"models/{name}: {shipped.path(f'models/{name}')}", True
        except FileNotFoundError as error:
            yield str(error), False
