"""Statements as a table (csv, jsonl): who said what, one row each, in either language.

A row becomes a body paragraph in the version of its language, with a ready statement. Columns: `text`, and any of
`speaker`, `role`, `country`, `date`, `lang`, `source`.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NamedTuple

from babel import Locale

from pipeline.document import Lang, Role, Statement
from pipeline.errors import IngestError, suggest
from pipeline.ingest import characters, dates
from pipeline.ingest.encoding import decode
from pipeline.ingest.html import folded
from pipeline.ingest.layout import Block
from pipeline.ingest.reading import Reading
from pipeline.ingest.source_map import DECODED, Piece, Traced
from pipeline.languages import script

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson")
COLUMNS = ("speaker", "role", "country", "date", "lang", "text", "source")
BY = "ingest.table"


class Cell(NamedTuple):
    """A value and the piece of the file it stands in."""

    value: Traced
    start: int
    end: int


Row = tuple[int, dict[str, Cell]]


def read(raw: bytes, where: str) -> Reading:
    """The rows as paragraphs, each with its statement.

    Raises: IngestError naming the row for an unknown or missing column, a bad value or a row of the wrong length.
    """
    text, encoding, first = decode(raw, where)
    jsonl = where.lower().endswith((".jsonl", ".ndjson"))
    rows = list(_json_rows(text, where) if jsonl else _csv_rows(text, where))
    if not rows:
        raise IngestError(f"{where}: the table has no rows; give at least one row with a text")
    blocks, statements, langs = [], [], []
    for number, row in rows:
        block, statement, lang = _entry(row, f"{where}: row {number}")
        blocks.append(block)
        statements.append(statement)
        langs.append(lang)
    media_type = "application/jsonl" if jsonl else "text/csv"
    return Reading(blocks, text, encoding, media_type, first, statements=statements, langs=langs)


def _entry(row: dict[str, Cell], where: str) -> tuple[Block, Statement, Lang]:
    value = {name: " ".join(cell.value.text.split()) for name, cell in row.items()}
    text = characters.repaired(folded(row["text"].value)) if "text" in row else Traced(())
    if not text.text.strip():
        raise IngestError(f"{where}: the text is empty; give what was said in the column text")
    lang = _lang(value.get("lang", ""), text.text, where)
    date = value.get("date") or None
    if date and not re.fullmatch(r"\d{4}", date):
        date = dates.iso(date)
        if date is None:
            raise IngestError(
                f'{where}: "{value["date"]}" is no date; write it as 2024-03-31, 2024-03 or 2024'
            )
    statement = Statement(
        start=0,
        end=len(text.text),
        text=text.text,
        by=BY,
        kind="direct",
        speaker_name=value.get("speaker") or None,
        role=value.get("role") or None,
        country=_country(value.get("country", ""), where),
        date=date,
        citation=value.get("source") or None,
    )
    role: Role = "body"
    return Block(text, role), statement, lang


def _lang(value: str, text: str, where: str) -> Lang:
    if not value:
        return script(text)[0] or "en"
    name = value.lower()
    for lang, names in (
        ("en", ("en", "eng", "english", "английский")),
        ("ru", ("ru", "rus", "russian", "русский")),
    ):
        if name in names:
            return lang  # type: ignore[return-value]
    raise IngestError(f'{where}: "{value}" is no language of ours. Allowed: en, ru')


def _country(value: str, where: str) -> str | None:
    """An ISO 3166-1 alpha-2 code, or the CLDR name of a country in either language."""
    if not value:
        return None
    code = territories().get(value.lower().replace("ё", "е"))
    if code is None:
        raise IngestError(
            f'{where}: "{value}" is no country; write its ISO code (KZ) or its name in English or Russian'
        )
    return code


@cache
def territories() -> dict[str, str]:
    """Names and codes of the countries, in lower case.

    Source: CLDR through Babel, with the short forms that CLDR gives as alternatives.
    """
    names: dict[str, str] = {}
    for lang in ("en", "ru"):
        for code, name in Locale(lang).territories.items():
            if re.fullmatch("[A-Z]{2}", code) and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"):
                names.setdefault(name.lower().replace("ё", "е"), code)
                names.setdefault(code.lower(), code)
                names.setdefault(re.sub(r"\s*\(.*\)", "", name).lower().replace("ё", "е"), code)
    short = {
        "usa": "US",
        "uk": "GB",
        "сша": "US",
        "белоруссия": "BY",
        "киргизия": "KG",
        "молдавия": "MD",
        "туркмения": "TM",
        "turkey": "TR",
    }
    return short | names


def _columns(names: list[str], where: str) -> list[str]:
    clean = [name.strip().lower() for name in names]
    for name in clean:
        if name not in COLUMNS:
            raise IngestError(f'{where}: unknown column "{name}"; {suggest(name, COLUMNS)}')
    if len(set(clean)) != len(clean):
        raise IngestError(f"{where}: a column appears twice; name each of {', '.join(COLUMNS)} at most once")
    if "text" not in clean:
        raise IngestError(f'{where}: the column "text" is missing. Allowed: {", ".join(COLUMNS)}')
    return clean


def _csv_rows(text: str, where: str) -> Iterator[Row]:
    """RFC 4180 with any delimiter: the one that stands most often in the header line."""
    header = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(",;\t|", key=header.count)
    names: list[str] | None = None
    for number, cells in enumerate(_records(text, delimiter, where), 1):
        if names is None:
            names = _columns([cell.value.text for cell in cells], f"{where}: row 1")
        elif len(cells) != len(names):
            raise IngestError(
                f"{where}: row {number}: {len(cells)} cells, the header has {len(names)}; quote cells that hold the delimiter"
            )
        else:
            yield number, dict(zip(names, cells, strict=True))


def _records(text: str, delimiter: str, where: str) -> Iterator[list[Cell]]:
    bare = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    row: list[Cell] = []
    at = 1 if text.startswith("\ufeff") else 0
    while at < len(text):
        if text[at] == '"':
            end = at + 1
            while True:
                end = text.find('"', end)
                if end < 0:
                    line = text.count("\n", 0, at) + 1
                    raise IngestError(
                        f"{where}: line {line}: a quoted cell is not closed; double the quotation marks inside cells"
                    )
                if text[end + 1 : end + 2] != '"':
                    break
                end += 2
            row.append(Cell(_unescaped(text, at + 1, end, '""', lambda _: '"'), at + 1, end))
            at = end + 1
            stray = bare.match(text, at)
            if stray and stray[0].strip():
                line = text.count("\n", 0, at) + 1
                raise IngestError(
                    f"{where}: line {line}: text after a quoted cell; double the quotation marks inside cells"
                )
            at = stray.end() if stray else at
        else:
            found = bare.match(text, at)
            end = found.end() if found else at
            row.append(Cell(Traced.of(text[at:end], at), at, end))
            at = end
        if at < len(text) and text[at] == delimiter:
            at += 1
            if at == len(text):
                row.append(Cell(Traced(()), at, at))
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        if any(cell.value.text.strip() for cell in row):
            yield row
        row = []
    if any(cell.value.text.strip() for cell in row):
        yield row


def _unescaped(text: str, start: int, end: int, pattern: str, char) -> Traced:  # type: ignore[no-untyped-def]
    """The characters of a quoted value; an escape is one character that stands for several in the file."""
    pieces, at = [], start
    for found in re.compile(pattern).finditer(text, start, end):
        pieces.append(Piece(text[at : found.start()], at, found.start()))
        decoded = char(found[0])
        pieces.append(Piece(decoded, found.start(), found.end(), DECODED, decoded))
        at = found.end()
    return Traced([*pieces, Piece(text[at:end], at, end)])


def _json_rows(text: str, where: str) -> Iterator[Row]:
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        start, at = at, at + len(line) + 1
        if line.strip("\r \ufeff"):
            row = dict(
                _members(
                    text,
                    start + len(line) - len(line.lstrip("\ufeff \t")),
                    start + len(line),
                    f"{where}: row {number}",
                )
            )
            _columns(list(row), f"{where}: row {number}")
            yield number, row


SPACE = re.compile(r"[ \t\r]*")


def _members(text: str, at: int, end: int, where: str) -> Iterator[tuple[str, Cell]]:
    """The members of one JSON object with the place of each value."""
    fault = IngestError(
        f'{where}: no JSON object of strings; write one object per line, such as {{"speaker": "...", "text": "..."}}'
    )
    if text[at] != "{":
        raise fault
    at = SPACE.match(text, at + 1).end()  # type: ignore[union-attr]
    try:
        while text[at] != "}":
            key, at = scanstring(text, at + 1, True) if text[at] == '"' else (None, at)
            at = SPACE.match(text, at).end()  # type: ignore[union-attr]
            if key is None or text[at] != ":":
                raise fault
            at = SPACE.match(text, at + 1).end()  # type: ignore[union-attr]
            if text.startswith("null", at):
                cell, at = Cell(Traced(()), at, at + 4), at + 4
            elif text[at] == '"':
                _, stop = scanstring(text, at + 1, True)
                cell, at = (
                    Cell(
                        _unescaped(text, at + 1, stop - 1, ESCAPE, lambda mark: json.loads(f'"{mark}"')),
                        at + 1,
                        stop - 1,
                    ),
                    stop,
                )
            else:
                _, stop = json.JSONDecoder().raw_decode(text[at:end])
                cell, at = Cell(Traced.of(text[at : at + stop], at), at, at + stop), at + stop
            yield key, cell
            at = SPACE.match(text, at).end()  # type: ignore[union-attr]
            if text[at] == ",":
                at = SPACE.match(text, at + 1).end()  # type: ignore[union-attr]
            elif text[at] != "}":
                raise fault
    except (ValueError, IndexError):
        raise fault from None
    if at >= end or text[at + 1 : end].strip():
        raise fault


ESCAPE = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
