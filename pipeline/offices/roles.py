"""The role in English: "deputy prime minister", «министр иностранных дел» as "foreign minister"."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline import countries
from pipeline.offices.nouns import HYPHENS, POSSESSIVES, TERM, data, noun, plain
from pipeline.offices.places import country_mentions

if TYPE_CHECKING:
    from spacy.tokens import Doc


def plain_text(doc: "Doc", first: int, last: int) -> str:
    return (
        doc[first:last].text.strip(" ,.").removeprefix("the ").strip()
        if lang_of(doc) == "ru"
        else doc[first:last].text.strip(" ,.")
    )


def lang_of(doc: "Doc") -> str:
    return doc.vocab.lang


def english_role(doc: "Doc", first: int, last: int, head: int) -> str:
    """The office in lower case without article, country and status: "Former Uzbek deputy prime minister" -> "deputy prime minister"."""
    words = data("en")
    dropped = {i for start, end, _ in country_mentions(doc, first, head, "en") for i in range(start, end)}
    for start, end, _ in country_mentions(doc, head, last, "en"):
        at = start - 1
        while at > head and doc[at].lower_ in ("the", "republic", "kingdom", "of"):
            at -= 1
        if end < last and doc[end].text in POSSESSIVES:
            dropped.update((*range(start, end), end))
        elif doc[at + 1].lower_ == "of":
            dropped.update(range(at + 1, end))
    kept: list[str] = []
    for i in range(first, last):
        token = doc[i]
        status = i < head and (
            token.lower_ in words["former"]
            or token.lower_ in words["skipped"]
            or (token.text in HYPHENS and not (kept and doc[i - 1].text_with_ws == kept[-1]))
            or token.text in POSSESSIVES
        )
        if i in dropped or (status and not _owned(doc, i, first, dropped)):
            continue
        if i > head and token.lower_ in words["until"]:
            break
        kept.append(token.text_with_ws)
    role = "".join(kept)
    for phrase in (*words["then_phrases"], *words["former_phrases"]):
        role = role.replace(phrase, "")
    role = " ".join(max(TERM.split(role), key=len).split()).strip(" ,")
    return role[:1].lower() + role[1:] if role[1:2].islower() else role


def _owned(doc: "Doc", i: int, first: int, dropped: set[int]) -> bool:
    """The mark of a possessor that the office keeps: "the country's peace commissioner"."""
    return doc[i].text in POSSESSIVES and i > first and i - 1 not in dropped


def russian_role(doc: "Doc", first: int, last: int, head: int) -> str:
    """The office in English where the table knows its words: «министр иностранных дел» -> "foreign minister"."""
    words = data("ru")
    name = noun(doc[head], "ru") or ""
    title = words["heads"].get(name, "")
    if not title:
        return ""
    if doc[head].lower_.startswith("вице-") and not title.startswith(("vice", "deputy")):
        title = f"vice {title}"
    adjectives = [
        words["adjectives"][plain(t.lemma_)]
        for t in doc[first:head]
        if plain(t.lemma_) in words["adjectives"]
    ]
    title = _adjusted(" ".join([*adjectives, title]))
    rest = [i for i in range(head + 1, last) if doc[i].pos_ not in ("PUNCT", "SPACE")]
    if rest and noun(doc[rest[0]], "ru") and title in ("deputy", "vice", "first deputy"):
        return f"{title} {russian_role(doc, rest[0], last, rest[0])}"
    return _with_complement(doc, title, rest)


def _adjusted(title: str) -> str:
    """Idiomatic English for a literal title."""
    return {"general secretary": "secretary general", "general consul": "consul general", "general director": "director general",
            "general prosecutor": "prosecutor general", "state secretary": "secretary of state", "chief editor": "editor-in-chief"}.get(title, title)  # fmt: skip


def _past_words(doc: "Doc", rest: list[int], phrases: list[str]) -> Iterator[int]:
    """«министр транспорта в отставке»: the words that call an office past are no part of its name."""
    for first in rest:
        for last in rest:
            if doc[first : last + 1].text.lower() in phrases:
                yield from range(first, last + 1)


def _with_complement(doc: "Doc", title: str, rest: list[int]) -> str:
    words = data("ru")
    own: set[int] = set()
    abroad = ""
    for start, end, country in country_mentions(doc, rest[0], rest[-1] + 1, "ru") if rest else ():
        if doc[start - 1].lower_ in words["abroad"] and doc[start - 1].pos_ == "ADP":
            abroad = f" to {countries.name(country.code, 'en')}"
            own.add(start - 1)
        own.update(range(start, end))
    term = TERM.search(doc[rest[0] : rest[-1] + 1].text) if rest else None
    if term is not None:
        own.update(i for i in rest if doc[i].idx >= doc[rest[0]].idx + term.start())
    own.update(_past_words(doc, rest, words["former_phrases"]))
    kept = [i for i in rest if i not in own and plain(doc[i].lemma_) != "республика"]
    key = " ".join(plain(doc[i].lemma_) for i in kept)
    if title in ("head", "chief") and key in words["ministries"]:
        return f"{words['ministries'][key]} minister{abroad}"
    if key in words["portfolios"] and title.endswith("minister"):
        return f"{title[: -len('minister')]}{words['portfolios'][key]} minister{abroad}"
    if key in words["institutions"]:
        return (
            f"{title} {'to' if title in ('adviser', 'aide') else 'of'} {words['institutions'][key]}{abroad}"
        )
    if kept and noun(doc[kept[0]], "ru"):
        inner = russian_role(doc, kept[0], kept[-1] + 1, kept[0])
        return f"{title} {'to' if title in ('adviser', 'aide') else 'of'} the {inner}{abroad}"
    surface = " ".join(doc[i].text for i in kept)
    return f"{title} ({surface}){abroad}" if surface else f"{title}{abroad}"
