"""The doctor says what is there, what it costs, and what could be had instead."""

import msgspec
import pytest

from pipeline import config, doctor, shipped
from pipeline.config import Parser
from pipeline.parse import BACKENDS


def test_every_cost_names_a_back_end_and_how_to_get_it() -> None:
    for lang, models in doctor.costs().items():
        assert lang in ("en", "ru")
        for known in models.values():
            assert known["backend"] in BACKENDS
            assert known["model"]
            assert known["quality"]
            assert known["get"].startswith(("pip install", "python -m spacy download"))
            assert ("words" in known) == ("memory" in known)


def test_the_defaults_come_with_size_speed_and_quality() -> None:
    lines, healthy = doctor.report(config.load())
    assert healthy
    chosen = [line for line in lines if line.startswith("ok   parse.")]
    assert len(chosen) == 2
    for line in chosen:
        for part in ("MB on disk", "words a second", "MB of memory", "names F1"):
            assert part in line
    assert {line.split('"')[1] for line in lines if line.startswith("or ")} == {"spacy", "stanza"}
    for name in doctor.SHIPPED_MODELS:
        (line,) = [line for line in lines if line.startswith(f"ok   models/{name}:")]
        size = float(line.split(", ")[-1].removesuffix(" MB"))
        assert size == pytest.approx(
            sum(f.stat().st_size for f in shipped.path(f"models/{name}").rglob("*") if f.is_file()) / 1e6,
            abs=0.1,
        )


@pytest.mark.parametrize(
    ("parser", "message"),
    [
        (Parser(backend="stanza", model="/nowhere"), "/nowhere holds no Stanza models"),
        (Parser(backend="spacy", model="en_core_web_md"), "python -m spacy download en_core_web_md"),
        (Parser(backend="udpipe", model="x"), "unknown back end; allowed: slovnet, spacy, stanza"),
    ],
)
def test_what_is_missing_is_named_with_the_way_to_it(parser: Parser, message: str) -> None:
    settings = config.load()
    lines, healthy = doctor.report(msgspec.structs.replace(settings, parse={**settings.parse, "en": parser}))
    assert not healthy
    (line,) = [line for line in lines if line.startswith("MISSING")]
    assert message in line
