"""W3C Web Annotation (JSON-LD): one collection a version, offsets in code points as the model asks.

Source: Web Annotation Data Model, W3C Recommendation 2017, 4.2.4 (quote) and 4.2.5 (position selector).
"""

from pathlib import Path
from typing import Any

import msgspec

from pipeline.document import Lang, Work
from pipeline.export import annotated
from pipeline.export.marks import Mark, marks

CONTEXT = 32
"""Characters before and after a quotation: enough to find it again in a text that has changed around it."""


def write(work: Work, folder: Path) -> list[Path]:
    """`ID.LANG.jsonld` for each version."""
    paths = []
    for lang in sorted(work.versions):
        path = folder / f"{work.id}.{work.versions[lang].label}.jsonld"
        data = msgspec.json.format(msgspec.json.encode(collection(work, lang)), indent=1)
        annotated.write_bytes(data + b"\n", path)
        paths.append(path)
    return paths


def collection(work: Work, lang: Lang) -> dict[str, Any]:
    """The version's annotations as an AnnotationPage."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:diptych:{work.id}:{work.versions[lang].label}",
        "type": "AnnotationPage",
        "items": [_annotation(work, lang, mark) for mark in marks(work, lang)],
    }


def _annotation(work: Work, lang: Lang, mark: Mark) -> dict[str, Any]:
    version = work.versions[lang]
    return {
        "id": f"urn:diptych:{work.id}:{mark.id}",
        "type": "Annotation",
        "motivation": "classifying" if mark.layer in ("factors", "passages") else "tagging",
        "creator": {"type": "Software", "name": f"diptych {mark.fields.get('by', '')}".strip()},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": f"{mark.layer}/{mark.label}"},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "application/json",
                "value": msgspec.json.encode(mark.fields, order="sorted").decode(),
            },
        ],
        "target": {
            "source": version.source.path,
            "selector": [
                {"type": "TextPositionSelector", "start": mark.start, "end": mark.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": mark.text,
                    "prefix": version.text[max(0, mark.start - CONTEXT) : mark.start],
                    "suffix": version.text[mark.end : mark.end + CONTEXT],
                },
            ],
        },
    }
