"""Label Studio: one task a version, what the software found as a prediction, and the labelling configuration to import with it.

Label Studio counts offsets in UTF-16 code units (it runs in a browser). Source: Label Studio's documentation, "Import
pre-annotated data" and the Labels and Choices tags.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import msgspec

from pipeline import __version__
from pipeline.document import Lang, Work
from pipeline.export import annotated
from pipeline.export.marks import Mark, marks, utf16

LAYERS = ("statements", "factors", "entities", "events", "quantities", "passages")
"""The layers a human corrects; citations are read off the text."""


def write(work: Work, folder: Path) -> list[Path]:
    """`ID.json`: the tasks of the work."""
    path = folder / f"{work.id}.json"
    tasks = [task(work, lang) for lang in sorted(work.versions)]
    annotated.write_bytes(msgspec.json.format(msgspec.json.encode(tasks), indent=1) + b"\n", path)
    return [path]


def task(work: Work, lang: Lang) -> dict[str, Any]:
    """One version with its prediction."""
    text = work.versions[lang].text
    at = utf16(text)
    found = [mark for mark in marks(work, lang) if mark.layer in LAYERS]
    sure = [float(mark.fields["confidence"]) for mark in found if "confidence" in mark.fields]
    return {
        "data": {"text": text, "work": work.id, "lang": work.versions[lang].lang},
        "predictions": [
            {
                "model_version": f"diptych {__version__}",
                "score": round(sum(sure) / len(sure), 4) if sure else 0.0,
                "result": [_region(mark, at) for mark in found],
            }
        ],
    }


def _region(mark: Mark, at: list[int]) -> dict[str, Any]:
    return {
        "id": mark.id,
        "type": "labels",
        "from_name": mark.layer,
        "to_name": "text",
        "score": mark.fields.get("confidence", 1.0),
        "value": {"start": at[mark.start], "end": at[mark.end], "text": mark.text, "labels": [mark.label]},
        "meta": {
            "text": [
                f"{name}: {value}" for name, value in mark.fields.items() if name not in ("confidence", "by")
            ]
        },
    }


def configuration(labels: Iterable[tuple[str, str]]) -> str:
    """The labelling configuration for the (layer, label) pairs that occur."""
    given = sorted(set(labels))
    groups = "".join(
        f'  <Header value={quoteattr(layer)}/>\n  <Labels name={quoteattr(layer)} toName="text">\n'
        + "".join(f"   <Label value={quoteattr(label)}/>\n" for of, label in given if of == layer)
        + "  </Labels>\n"
        for layer in LAYERS
        if any(of == layer for of, _ in given)
    )
    return f'<View>\n{groups}  <Text name="text" value="$text"/>\n</View>\n'
