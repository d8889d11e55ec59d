"""The JSON Schema (2020-12) of annotated works, generated from the types in `document.py`."""

from typing import Any

import msgspec

from pipeline.document import SCHEMA, Work


def schema() -> dict[str, Any]:
    """The schema that every written work validates against; unknown extra keys are allowed."""
    (reference,), components = msgspec.json.schema_components([Work], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://diptych.invalid/schema/{SCHEMA}.json",
        "title": "Diptych annotated work, version 1",
        **reference,
        "$defs": components,
    }


def encoded() -> bytes:
    """The schema as the file `configs/schema/diptych-1.schema.json` that ships."""
    return msgspec.json.format(msgspec.json.encode(schema(), order="deterministic"), indent=1) + b"\n"
