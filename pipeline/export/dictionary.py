"""The data dictionary of the tables, as a Frictionless Data Package: every column with its type and its meaning.

Source: Data Package v1 (specs.frictionlessdata.io); `frictionless validate tables/datapackage.json` checks the tables.
"""

from typing import Any

import msgspec

from pipeline import __version__
from pipeline.compare.finding import KINDS
from pipeline.export.columns import COLUMNS, REAL, TEXT, TRUTH, WHOLE

NAME = "datapackage.json"
TYPES = {TEXT: "string", WHOLE: "integer", REAL: "number", TRUTH: "boolean"}

TABLES = {
    "works": "One row a language version of a work.",
    "passages": "The coded body paragraphs, with the probability of every category.",
    "factors": "Spans that name a cause of the codebook.",
    "statements": "What somebody says, with speaker, country and stance.",
    "quantities": "Measured values and changes, with the check of their arithmetic.",
    "events": "Dated happenings.",
    "entities": "Names of people, places and organisations, dates, money and percentages.",
    "citations": "Sources that the text cites.",
    "comparison": "How close the two versions of a work are: shares with a counterpart, reported differences by kind.",
    "differences": "Divergences between the two versions, with the evidence on each side.",
    "alignment": "Paragraphs and sentences that translate each other; an empty side is a null bead.",
    "repairs": "What ingest changed in a damaged text, and why.",
    "diagnostics": "What every stage made of the work.",
}

MEANINGS = {
    "work": "Identifier of the work; the file works/ID.json holds all of it.",
    "lang": "Language of the version: en or ru.",
    "side": "Where the version stands in its work: en for the English version or the first of two editions in one language, ru for the Russian one or the second.",
    "id": "Identifier of the record within its work.",
    "start": "First character of the span in the version's text, in Unicode code points from 0.",
    "end": "Character after the span, in Unicode code points.",
    "text": "The words at that place, or what a repair put there.",
    "confidence": "How sure the finder is, from 0 to 1.",
    "by": "The rule or model that found it.",
    "title": "Title of the document, where the file gives one.",
    "date": "Date of the document or of the statement, ISO 8601, as far as it is given.",
    "path": "The source file.",
    "sha256": "SHA-256 of the source file's bytes.",
    "encoding": "Character encoding of the source file.",
    "media_type": "Kind of the source file.",
    "characters": "Length of the text in code points.",
    "words": "Length of the text in words.",
    "paragraphs": "Number of paragraphs.",
    "sentences": "Number of sentences.",
    "role": "Role of the paragraph (passages), or office of the speaker (statements).",
    "category": "Category of the cause in the codebook; none: no cause is given.",
    "group": "Group of factors in the codebook.",
    "abstained": "Whether the model leaves the passage to a human.",
    "set": "The categories that cannot be excluded (conformal set), separated by semicolons.",
    "factors": "Identifiers of the factor mentions in the passage.",
    "pair": "The id of the same statement in the other version.",
    "probabilities": "The probability of every category as a JSON object; those of the default codebook's have columns of their own.",
    "evidence": "The words that the verdict rests on.",
    "code": "Code of the cause in the codebook.",
    "polarity": "Whether the cause impedes or supports the neighbour's influence, or neutral.",
    "countries": "Countries it is about, ISO 3166-1 alpha-2, separated by semicolons.",
    "rule": "The rule that found or changed it.",
    "kind": "Kind of the statement (direct, indirect, mixed) or of the difference.",
    "speaker": "The speaker as the text names him or her here.",
    "speaker_name": "The speaker's full name, as the text gives it anywhere.",
    "country": "Country the speaker speaks for, ISO 3166-1 alpha-2.",
    "former": "Whether the text calls the office a former one.",
    "cue": "The word that introduces the statement.",
    "citation": "The source that the text cites for the statement.",
    "statement_group": "Stretches of one interrupted quotation share it.",
    "stance": "multilateral, aligned or neutral.",
    "stance_score": "From -1 (aligned with the large neighbour) to 1 (multilateral).",
    "stance_words": "The words that the stance rests on.",
    "indicator": "What is measured.",
    "subject": "Country it is measured for, ISO 3166-1 alpha-2.",
    "counterpart": "The other country, ISO 3166-1 alpha-2.",
    "from": "Value before a change; a decimal string in base units.",
    "to": "Value after a change; a decimal string in base units.",
    "value": "A single value; a decimal string in base units.",
    "unit": "Unit or currency (ISO 4217).",
    "change_pct": "Change in per cent, signed, a decimal string.",
    "change_pp": "Change in percentage points, signed, a decimal string.",
    "period": "The time it is about.",
    "stated": "The change that the text states, in per cent.",
    "expected": "The change that follows from the two values, in per cent.",
    "consistent": "Whether the stated change follows within rounding.",
    "type": "Type of the entity or event.",
    "date_start": "First day, month or year of the event, ISO 8601.",
    "date_end": "Last day, month or year of the event, ISO 8601.",
    "precision": "day, month, year or range.",
    "participants": "Countries and organisations that take part, separated by semicolons.",
    "name": "The name in its dictionary form.",
    "link_scheme": "Scheme of the identifier: iso3166 or diptych-org.",
    "link_value": "Identifier in that scheme.",
    "statement": "The statement that the entity is the speaker of.",
    "source": "Author or body that is cited.",
    "year": "Year of the cited source.",
    "severity": "minor, major or critical.",
    "detail": "What differs, as JSON.",
    "mqm": "Type of the error in MQM.",
    "explanation": "The difference in one sentence.",
    "level": "paragraph or sentence.",
    "en": "Indices of the English units, from 0.",
    "ru": "Indices of the Russian units, from 0.",
    "en_text": "The English words.",
    "ru_text": "The Russian words.",
    "en_start": "First character in the English text.",
    "en_end": "Character after the span in the English text.",
    "ru_start": "First character in the Russian text.",
    "ru_end": "Character after the span in the Russian text.",
    "score": "Posterior probability of the bead, from 0 to 1.",
    "before": "What the source had there.",
    "stage": "The stage, and the version it read.",
    "version": "Version of the software.",
    "status": "ok, empty, failed or abstained.",
    "reason": "Why, where it is not ok.",
    "words_en": "Words of the English version.",
    "words_ru": "Words of the Russian version.",
    "matched_en": "Share of the English version, in characters, that stands in sentences with a counterpart.",
    "matched_ru": "Share of the Russian version, in characters, that stands in sentences with a counterpart.",
    "doubtful": "Differences below the confidence from which they are reported.",
    "per_1000": "Reported differences per 1,000 English words.",
    "coding": "Share of aligned passages that both versions, each read alone, put in one category.",
    "parts": "English paragraphs with most differences, as index and count.",
}  # fmt: skip


def package() -> dict[str, Any]:
    """The descriptor of the folder of tables."""
    return {
        "profile": "tabular-data-package",
        "name": "diptych-tables",
        "title": "Tables of a Diptych run",
        "version": __version__,
        "resources": [_resource(table) for table in COLUMNS],
    }


def encoded() -> bytes:
    return msgspec.json.format(msgspec.json.encode(package()), indent=1) + b"\n"


def _resource(table: str) -> dict[str, Any]:
    columns = COLUMNS[table]
    schema: dict[str, Any] = {
        "fields": [
            {"name": name, "type": TYPES[kind], "description": meaning(name)}
            for name, kind in columns.items()
        ],
        "missingValues": [""],
    }
    keys = [name for name in ("work", "lang", "id") if name in columns]
    if "id" in columns or table in ("works", "comparison"):
        schema["primaryKey"] = keys
    if table != "works" and "lang" in columns:
        reference = {"resource": "works", "fields": ["work", "lang"]}
        schema["foreignKeys"] = [{"fields": ["work", "lang"], "reference": reference}]
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.csv",
        "description": TABLES[table],
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\n"},
        "schema": schema,
    }


def meaning(column: str) -> str:
    """What a column holds.

    >>> meaning("p_objective")
    'Probability of the category objective.'
    """
    if column.startswith("p_"):
        return f"Probability of the category {column.removeprefix('p_')}."
    if column in KINDS:
        return f"Reported differences of the kind {column}."
    return MEANINGS[column]
