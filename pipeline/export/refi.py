"""REFI-QDA codebook (.qdc): the codes for ATLAS.ti, MAXQDA, NVivo and QualCoder, with a colour for each category.

Source: REFI-QDA standard 1.5, codebook schema `urn:QDA-XML:codebook:1.0`; identifiers are made from the codebook's
own, so that the same codebook gives the same file.
"""

import uuid
from collections import defaultdict
from pathlib import Path

from lxml import etree

from pipeline.codebook import Codebook
from pipeline.codebook.model import Code
from pipeline.export import annotated

NAMESPACE = "urn:QDA-XML:codebook:1.0"
COLOURS = ("#0072b2", "#b36b00", "#a8487e", "#009e73", "#56b4e9", "#d55e00")
"""One a category; they differ for colour-blind readers too (after Okabe and Ito)."""


def write(book: Codebook, folder: Path) -> list[Path]:
    """`CODEBOOK.qdc`."""
    path = folder / f"{book.id}.qdc"
    annotated.write_bytes(codebook(book), path)
    return [path]


def codebook(book: Codebook) -> bytes:
    """Categories, below them the groups, below these the codes in their hierarchy."""
    root = etree.Element(f"{{{NAMESPACE}}}CodeBook", nsmap={None: NAMESPACE})
    root.set("origin", f"diptych {book.id} {book.version}")
    codes = etree.SubElement(root, f"{{{NAMESPACE}}}Codes")
    children: dict[str | None, list[Code]] = defaultdict(list)
    for code in book.codes:
        children[code.parent or f"group:{code.group}"].append(code)
    colour = dict(zip(book.categories, COLOURS * len(book.categories), strict=False))
    for category, label in book.categories.items():
        top = _code(
            codes, book, f"category:{category}", f"{label.en} / {label.ru}", "", colour[category], False
        )
        for name, group in book.groups.items():
            if group.category == category:
                text = f"{group.definition.en}\n{group.definition.ru}"
                below = _code(
                    top,
                    book,
                    f"group:{name}",
                    f"{group.label.en} / {group.label.ru}",
                    text,
                    colour[category],
                    False,
                )
                for code in children[f"group:{name}"]:
                    _tree(below, book, code, children, colour[category])
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _tree(
    above: etree._Element, book: Codebook, code: Code, children: dict[str | None, list[Code]], colour: str
) -> None:
    text = "\n".join(
        f"{heading}: {wording.en}\n{wording.ru}"
        for heading, wording in (
            ("Definition", code.definition),
            ("Include", code.inclusion),
            ("Exclude", code.exclusion),
        )
        if wording.en or wording.ru
    )
    made = _code(above, book, code.id, f"{code.label.en} / {code.label.ru}", text, colour, True)
    for child in children[code.id]:
        _tree(made, book, child, children, colour)


def _code(
    above: etree._Element, book: Codebook, id: str, name: str, text: str, colour: str, codable: bool
) -> etree._Element:
    made = etree.SubElement(above, f"{{{NAMESPACE}}}Code")
    made.set("guid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:diptych:{book.id}:{id}")))
    made.set("name", name)
    made.set("isCodable", "true" if codable else "false")
    made.set("color", colour)
    if text:
        etree.SubElement(made, f"{{{NAMESPACE}}}Description").text = text
    return made
