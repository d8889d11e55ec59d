"""Russian names in the nominative: what an index lists them under.

The head of the name and what agrees with it is turned; a complement stays as it is («Министерством обороны Чили» is
«Министерство обороны Чили»). A name that stands in the nominative elsewhere in the text needs no guess.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline import lately, morphology

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

CASES = {
    "Gen": ("gent", "gen2"),
    "Dat": ("datv",),
    "Acc": ("accs", "acc2"),
    "Ins": ("ablt",),
    "Loc": ("loct", "loc2"),
}
NAMES = {"PER": ("Surn", "Name", "Patr"), "LOC": ("Geox",), "ORG": ("Orgn",)}
TURNED_WITH_HEAD = {"amod", "det", "flat", "flat:name", "appos", "nummod", "acl"}


def nominative(span: "Span", type: str) -> str:
    """The name as it would open a sentence."""
    case = next(iter(span.root.morph.get("Case", [])), "")
    if case not in CASES:
        return span.text
    gender = _gender(span) if type == "PER" else ""
    turned = [
        inflected(t.text, case, next(iter(t.morph.get("Number", [])), ""), type, gender)
        if _turns(t, span, case, type)
        else t.text
        for t in span
    ]
    return "".join(word + t.whitespace_ for word, t in zip(turned, span, strict=True)).strip()


def _turns(token: "Token", span: "Span", case: str, type: str) -> bool:
    if token.i == span.root.i:
        return True
    if type == "PER":
        return token.text[:1].isupper()
    own = next(iter(token.morph.get("Case", [])), "")
    with_head = token.dep_ in TURNED_WITH_HEAD and token.head.i == span.root.i
    return own == case and with_head


def _gender(span: "Span") -> str:
    """A person's gender, from a first name or patronymic that has only one."""
    for token in span:
        genders = {
            p.tag.gender
            for p in morphology.parses(token.text)
            if p.is_known and ("Name" in p.tag or "Patr" in p.tag)
        }
        if len(genders) == 1 and None not in genders:
            return str(genders.pop())
    return ""


@lru_cache(maxsize=lately.WORDS)
def inflected(word: str, case: str, number: str = "", type: str = "", gender: str = "") -> str:
    """One word of a name from an oblique case to the nominative; itself where no reading fits.

    >>> inflected("Назарбаевым", "Ins", "Sing", "PER", "masc"), inflected("Осло", "Loc", "Sing", "LOC")
    ('Назарбаев', 'Осло')
    >>> inflected("Антофагасту", "Acc", "Sing", "LOC"), inflected("Высоким", "Ins", "Sing", "ORG")
    ('Антофагаста', 'Высокий')
    """
    wanted = {"Sing": "sing", "Plur": "plur"}.get(number, "")
    readings = [
        p
        for p in morphology.parses(word)
        if p.tag.case in CASES[case]
        and (not wanted or p.tag.number in (wanted, None))
        and p.tag.POS in ("NOUN", "ADJF", "PRTF")
    ]
    fitting = [p for p in readings if not gender or p.tag.gender in (gender, None)] or readings
    named = [p for p in fitting if any(kind in p.tag for kind in NAMES.get(type, ()))]
    for reading in (*named, *fitting):
        turned = reading.inflected({"nomn"})
        if turned is not None:
            return _written_like(turned, word)
    return word


def _written_like(new: str, old: str) -> str:
    if old.isupper():
        return new.upper()
    capital = [part[:1].isupper() for part in old.split("-")]
    return "-".join(
        part[:1].upper() + part[1:] if up else part
        for part, up in zip(new.split("-"), capital + [False] * 9, strict=False)
    )
