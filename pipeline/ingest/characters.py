"""Repairs of single characters, in the order in which they apply.

U+02BC (ʼ) stays as it is: by Unicode it is a letter, and the letters of a source are never changed. Straight ASCII
apostrophes and the typographic ’ stay too; other marks that stand for an apostrophe between letters become ’.
Letters and digits come through unchanged; only a decomposed й or é is composed and a ligature taken apart.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from pipeline.ingest.source_map import Edit, Traced

Rule = Callable[[str], Iterator[Edit]]


def line_end(text: str) -> Iterator[Edit]:
    """CRLF, CR, NEL and the Unicode separators of lines and paragraphs become line feeds."""
    for found in re.finditer("\r\n?|[\v\x85\u2028\u2029]", text):
        mark = found[0]
        if mark == "\r\n":
            yield Edit(found.start(), found.end() - 1, "", "line-end")
        else:
            yield Edit(*found.span(), "\n\n" if mark == "\u2029" else "\n", "line-end")


def decomposed_letter(text: str) -> Iterator[Edit]:
    """и + U+0306 becomes й, e + U+0301 é, where Unicode has the composed letter."""
    for found in re.finditer("[^\\W\\d_][\u0300-\u036f]{1,8}", text):
        composed = unicodedata.normalize("NFC", found[0])
        if composed != found[0]:
            yield Edit(*found.span(), composed, "decomposed-letter")


def soft_hyphen(text: str) -> Iterator[Edit]:
    """A soft hyphen marks where a word may be split: it goes, with the line end at which it was used."""
    for found in re.finditer("\u00ad(?:[ \t]*\n[ \t]*(?=[^\\W\\d_]))?", text):
        yield Edit(*found.span(), "", "soft-hyphen")


def invisible(text: str) -> Iterator[Edit]:
    """Zero-width characters, direction marks, a stray byte order mark and control characters."""
    for found in re.finditer("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]+", text):
        yield Edit(*found.span(), "", "invisible")


def special_space(text: str) -> Iterator[Edit]:
    """No-break, thin and other typographic spaces and tabs become plain spaces, also between digits (1 234)."""
    for found in re.finditer("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]", text):
        yield Edit(*found.span(), " ", "special-space")


def apostrophe(text: str) -> Iterator[Edit]:
    """Accents and primes that stand for an apostrophe between letters: Russia´s, об′єкт."""
    for found in re.finditer("(?<=[^\\W\\d_])[`´′‛＇](?=[^\\W\\d_])", text):
        yield Edit(*found.span(), "’", "apostrophe")


def ligature(text: str) -> Iterator[Edit]:
    """One character for fi, fl, ff, ffi, ffl, st, as a PDF's text layer has them."""
    for found in re.finditer("[ﬀ-ﬆ]", text):
        yield Edit(*found.span(), unicodedata.normalize("NFKC", found[0]), "ligature")


RULES: tuple[Rule, ...] = (
    line_end,
    decomposed_letter,
    soft_hyphen,
    invisible,
    special_space,
    apostrophe,
    ligature,
)


def repaired(text: Traced) -> Traced:
    """The text after every rule.

    >>> repaired(Traced.of("Inﬂuence of Russia´s\\r\\nneigh\\u00adbours")).text
    'Influence of Russia’s\\nneighbours'
    """
    for rule in RULES:
        edits = list(rule(text.text))
        text = text.edit(edits) if edits else text
    return text
