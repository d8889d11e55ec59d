"""`diptych align`: two files in, an alignment out, without a parser."""

from pathlib import Path

import msgspec

from pipeline import __version__
from pipeline.align import align, align_versions, formats, neural
from pipeline.config import Config
from pipeline.document import Lang, Version
from pipeline.errors import ConfigError, IngestError, suggest


def align_files(
    en: Path, ru: Path, *, lines: bool, format: str, config: Config, model: Path | None = None
) -> str:
    """The alignment of two files in one of the formats; with `lines` they hold one sentence a line. `model` is the folder
    of a sentence-transformers model whose vectors shall count too.

    Raises: IngestError for a file that cannot be read, ConfigError for an unknown format.
    """
    if format not in formats.FORMATS:
        raise ConfigError(f'--format: unknown format "{format}"; {suggest(format, formats.FORMATS)}')
    vectors = neural.load(model) if model else None
    if lines:
        texts = _lines(en), _lines(ru)
        return formats.written(format, align(*texts, vectors=vectors), *texts, __version__)
    versions = _version(en, "en", config), _version(ru, "ru", config)
    beads = align_versions(*versions, vectors)
    if format == "json":
        rows = [msgspec.json.encode(b).decode() for b in beads]
        return '{"alignment": [\n ' + ",\n ".join(rows) + "\n]}\n" if rows else '{"alignment": []}\n'
    en_texts, ru_texts = ([v.text[s.start : s.end] for s in v.sentences or ()] for v in versions)
    sentence_beads = [(b.en, b.ru, b.score) for b in beads if b.level == "sentence"]
    return formats.written(format, sentence_beads, en_texts, ru_texts, __version__)


def _lines(path: Path) -> list[str]:
    """The lines of a file, by line feed only: other separators of lines are part of a sentence."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise IngestError(
            f"{path}: cannot be read ({error.strerror}); give a text file with one sentence a line"
        ) from None
    except UnicodeDecodeError as error:
        raise IngestError(
            f"{path}: not UTF-8 at byte {error.start}; --lines takes UTF-8 text, one sentence a line"
        ) from None
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")] if text else []


def _version(path: Path, lang: Lang, config: Config) -> Version:
    from pipeline import ingest, segment

    found = [v for v in ingest.read(path, lang=lang, limits=config.ingest) if v.lang == lang]
    if not found:
        raise IngestError(
            f'{path}: holds no text in "{lang}"; give the English file first, then the Russian one'
        )
    version = msgspec.structs.replace(found[0], paragraphs=segment.paragraphs(found[0]))
    return msgspec.structs.replace(version, sentences=segment.sentences(version))
