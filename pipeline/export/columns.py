"""The columns of every table, with their types: a table has them all, whatever its first work holds."""

from pipeline.compare.finding import KINDS

Types = dict[str, str]

TEXT, WHOLE, REAL, TRUTH = "string", "Int64", "Float64", "boolean"
"""Column types, by pandas' names of those that know a missing value from an empty one."""

SPAN: Types = dict.fromkeys(("work", "lang", "side", "id"), TEXT) | {
    "start": WHOLE,
    "end": WHOLE,
    "text": TEXT,
}
FINDER: Types = {"confidence": REAL, "by": TEXT}

COLUMNS: dict[str, Types] = {
    "works": {
        "work": TEXT,
        "lang": TEXT,
        "side": TEXT,
        "title": TEXT,
        "date": TEXT,
        "path": TEXT,
        "sha256": TEXT,
        "encoding": TEXT,
        "media_type": TEXT,
    }
    | dict.fromkeys(("characters", "words", "paragraphs", "sentences"), WHOLE),
    "passages": SPAN
    | {"role": TEXT, "category": TEXT, "group": TEXT, "abstained": TRUTH}
    | {f"p_{category}": REAL for category in ("objective", "ambivalent", "subjective", "none")}
    | {"probabilities": TEXT, "set": TEXT, "factors": TEXT, "evidence": TEXT}
    | FINDER,
    "factors": SPAN
    | dict.fromkeys(("code", "group", "category", "polarity", "countries", "rule"), TEXT)
    | FINDER,
    "statements": SPAN
    | dict.fromkeys(("kind", "speaker", "speaker_name", "role", "country"), TEXT)
    | {"former": TRUTH}
    | dict.fromkeys(("cue", "citation", "date", "statement_group", "pair", "stance"), TEXT)
    | {"stance_score": REAL, "stance_words": TEXT}
    | FINDER,
    "quantities": SPAN
    | dict.fromkeys(
        (
            "indicator",
            "subject",
            "counterpart",
            "from",
            "to",
            "value",
            "unit",
            "change_pct",
            "change_pp",
            "period",
        ),
        TEXT,
    )
    | {"stated": TEXT, "expected": TEXT, "consistent": TRUTH}
    | FINDER,
    "events": SPAN
    | dict.fromkeys(("type", "date_start", "date_end", "precision", "participants"), TEXT)
    | FINDER,
    "entities": SPAN
    | dict.fromkeys(("type", "name", "link_scheme", "link_value", "statement"), TEXT)
    | FINDER,
    "citations": SPAN | dict.fromkeys(("source", "year"), TEXT) | FINDER,
    "differences": dict.fromkeys(("work", "id", "kind", "severity"), TEXT)
    | {
        "en_start": WHOLE,
        "en_end": WHOLE,
        "en_text": TEXT,
        "ru_start": WHOLE,
        "ru_end": WHOLE,
        "ru_text": TEXT,
    }
    | dict.fromkeys(("detail", "mqm", "explanation"), TEXT)
    | FINDER,
    "comparison": {"work": TEXT, "words_en": WHOLE, "words_ru": WHOLE, "matched_en": REAL, "matched_ru": REAL}
    | dict.fromkeys(KINDS, WHOLE)
    | {"doubtful": WHOLE, "per_1000": REAL, "coding": REAL, "parts": TEXT},
    "alignment": dict.fromkeys(("work", "level", "en", "ru", "en_text", "ru_text"), TEXT) | {"score": REAL},
    "repairs": SPAN | {"rule": TEXT, "before": TEXT},
    "diagnostics": dict.fromkeys(("work", "stage", "version", "status", "reason"), TEXT),
}
"""Table -> column -> type. Numbers of quantities stay decimal strings: a table must not round them."""
