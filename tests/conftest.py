"""Shared by the tests: works made of plain text, parsed without a model or with the real ones."""

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import settings

from pipeline import config, parse, segment
from pipeline.document import Lang, Source, Version
from tests.fake_parser import FakeBackend

settings.register_profile(
    "diptych", deadline=None, derandomize=True
)  # models load on a first call; runs must repeat
settings.load_profile("diptych")


def plain_version(text: str, lang: Lang, **layers: object) -> Version:
    """A version of plain text with paragraphs and sentences, as ingest and segment leave it."""
    source = Source(path=f"test.{lang}.txt", sha256="0" * 64, encoding="utf-8", media_type="text/plain")
    version = Version(lang=lang, source=source, text=text)
    version = msgspec.structs.replace(version, paragraphs=segment.paragraphs(version))
    return msgspec.structs.replace(version, sentences=segment.sentences(version), **layers)


@pytest.fixture(scope="session")
def make_version() -> Callable[..., Version]:
    return plain_version


@pytest.fixture(scope="session")
def fake_parsers() -> parse.Parsers:
    return parse.Parsers(config.load(), {"en": FakeBackend(), "ru": FakeBackend()})


@pytest.fixture(scope="session")
def real_parsers() -> parse.Parsers:
    """The models that a plain installation brings; for tests marked `models`."""
    return parse.load(config.load())
