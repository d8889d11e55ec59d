"""What every exchange format of annotations needs: the marks of a version, flat, and offsets in the format's own unit."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

import pandas as pd

from pipeline.document import LAYERS, Lang, Version, Work
from pipeline.export.columns import COLUMNS, SPAN
from pipeline.export.tables import ROWS

LABEL = {
    "entities": "type",
    "citations": "source",
    "quantities": "unit",
    "events": "type",
    "statements": "kind",
    "factors": "code",
    "passages": "category",
}
"""The column that names what a mark of the layer is: an entity's type, a factor's code."""


FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Source: XML 1.0, production 2 (Char)."""


class Mark(NamedTuple):
    """One annotation: where, of which layer, its label, and its other columns as the tables write them."""

    id: str
    layer: str
    start: int
    end: int
    text: str
    label: str
    fields: dict[str, Any]


def marks(work: Work, lang: Lang) -> Iterator[Mark]:
    """The annotations of one version, layer by layer in text order."""
    one = work.__class__(id=work.id, versions={lang: work.versions[lang]})
    for layer in LAYERS:
        for row in ROWS[layer](one, layer):
            fields = {
                name: row[name] for name in COLUMNS[layer] if name not in SPAN and _is_given(row.get(name))
            }
            label = str(fields.get(LABEL[layer]) or layer)
            yield Mark(row["id"], layer, row["start"], row["end"], row["text"], label, fields)


def _is_given(value: Any) -> bool:
    return value is not None and value is not pd.NA and value != ""


def for_xml(text: str) -> str:
    """The text with U+FFFD for every character that XML 1.0 cannot hold; all offsets stay.

    >>> for_xml("a\x0bb")
    'a\ufffdb'
    """
    return FORBIDDEN.sub("\ufffd", text)


def utf16(text: str) -> list[int]:
    """For every code-point offset of `text` (its end included) the offset in UTF-16 code units, as Java and JavaScript count.

    >>> utf16("a🌾b")
    [0, 1, 3, 4]
    """
    return list(accumulate((2 if ord(c) > 0xFFFF else 1 for c in text), initial=0))


def title(version: Version) -> str:
    """The version's title, or the path of its file."""
    return version.meta.get("title") or version.source.path
