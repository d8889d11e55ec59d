"""`diptych align`: two files in, an alignment out, without a parser."""

from pathlib import Path

import msgspec

from pipeline import __version__
from pipeline.align import align, align_versions, formats, neural
from pipeline.config import Config
from pipeline.document import Lang, Version
from pipeline.errors import ConfigError, IngestError, suggest
from pipeline.languages import script


def align_files(
    first: Path,
    second: Path,
    *,
    lines: bool,
    format: str,
    config: Config,
    lang: Lang | None = None,
    model: Path | None = None,
) -> str:
    """The alignment of two files in one of the formats; with `lines` they hold one sentence a line. Both are in `lang`, or
    in the language that their name or their text tells. `model` is the folder of a sentence-transformers model whose
    vectors shall count too.

    Raises: IngestError for a file that cannot be read, ConfigError for an unknown format.
    """
    if format not in formats.FORMATS:
        raise ConfigError(f'--format: unknown format "{format}"; {suggest(format, formats.FORMATS)}')
    vectors = neural.load(model) if model else None
    if lines:
        texts = _lines(first), _lines(second)
        langs = lang or _language(texts[0]) or "en", lang or _language(texts[1]) or "ru"
        return formats.written(
            format, align(*texts, langs=langs, vectors=vectors), *texts, __version__, langs
        )
    from pipeline.ingest import editions

    read = editions.read(((lang, first), (lang, second)), config.ingest)
    versions = _structured(read["en"]), _structured(read["ru"])
    beads = align_versions(*versions, vectors)
    if format == "json":
        rows = [msgspec.json.encode(b).decode() for b in beads]
        return '{"alignment": [\n ' + ",\n ".join(rows) + "\n]}\n" if rows else '{"alignment": []}\n'
    en_texts, ru_texts = ([v.text[s.start : s.end] for s in v.sentences or ()] for v in versions)
    sentence_beads = [(b.en, b.ru, b.score) for b in beads if b.level == "sentence"]
    langs = versions[0].lang, versions[1].lang
    return formats.written(format, sentence_beads, en_texts, ru_texts, __version__, langs)


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


def _language(lines: list[str]) -> Lang | None:
    return script("\n".join(lines))[0]


def _structured(version: Version) -> Version:
    from pipeline import segment

    version = msgspec.structs.replace(version, paragraphs=segment.paragraphs(version))
    return msgspec.structs.replace(version, sentences=segment.sentences(version))
