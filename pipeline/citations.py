"""Citations in the usual styles: what a passage or a statement refers to for its evidence.

Read from the text alone: [Author, Year], (Author 2017), (Author et al., 2017: 12), Author (2017), numbered [12, p. 7],
Russian [Автор, 2017, с. 12], [5, с. 34], [Там же]. Several in one bracket, parted by semicolons, are several citations.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import languages
from pipeline.document import Citation, Version, numbered

if TYPE_CHECKING:
    from spacy.tokens import Doc

BRACKET = re.compile(r"\[([^\[\]\n]{1,300})\]")
PARENTHESIS = re.compile(r"\(([^()\n]{4,200})\)")
YEAR = r"(?:1[5-9]|20)\d\d[a-zа-я]?"
PLACE = r"(?:,?\s*(?:pp?\.|[сcC]{1,2}\.|С\.|стр\.|ch\.|гл\.|vol\.|т\.|[Cc]lause|п\.|para\.?|ст\.|art\.|:)\s*[\dIVXLC][\dIVXLC\s,–—-]*)?"
DATED = re.compile(
    rf"(?P<source>.*?\S)[\s,]*?[,\s]\s*\(?(?P<year>{YEAR}(?:[/–-]\d{{2,4}})?(?=(?:,\s*{YEAR})*)|n\.\s?d\.|б\.\s?г\.|forthcoming|in press|в печати)\)?(?P<place>{PLACE}|:\s*[\d–-]+|,\s*[^;]{{1,40}})\s*$"
)
NUMBERED = re.compile(rf"(?P<source>\d{{1,3}}(?:\s*[,–-]\s*\d{{1,3}})*)(?P<place>{PLACE})\s*$")
NARRATIVE = re.compile(
    rf"(?P<source>[A-ZА-ЯЁ][\w’'-]+(?:(?:\s(?:and|&|и)\s|,\s(?!\d))[A-ZА-ЯЁ][\w’'-]+|\set\sal\.|\sи\sдр\.)*)\s\((?P<year>{YEAR})(?P<place>{PLACE}|:\s*[\d–-]+)\)"
)
PARENTHETIC_SOURCE = re.compile(
    r"(?:[A-ZА-ЯЁ][\w.’'/-]*|&|and|и|et al\.?|и др\.|of|the|for|de|von|van|на|по)(?:,?\s+(?:[A-ZА-ЯЁ][\w.’'/-]*|&|and|и|et al\.?|др\.|of|the|for|de|von|van|на|по))*,?"
)


class _Found(NamedTuple):
    start: int
    end: int
    source: str
    year: str | None
    style: str


def extract(version: Version, doc: "Doc | None" = None) -> tuple[Citation, ...]:
    """The citations of a version; the parse only tells places from authors ("(Moscow, 2014)" cites nobody).

    >>> from pipeline.document import Source
    >>> source = Source(path="a", sha256="", encoding="utf-8", media_type="text/plain")
    >>> text = "Экспорт вырос [Ким, 2019, с. 4; Орлова, 2020]."
    >>> [(c.text, c.source, c.year) for c in extract(Version(lang="ru", source=source, text=text))]
    [('Ким, 2019, с. 4', 'Ким', '2019'), ('Орлова, 2020', 'Орлова', '2020')]
    """
    found = [*_in_brackets(version), *_in_parentheses(version, _places(doc))]
    return numbered(
        f"{version.side}.citation",
        [
            Citation(
                start=f.start,
                end=f.end,
                text=version.text[f.start : f.end],
                source=f.source,
                year=f.year,
                by=f"citations.{f.style}",
            )
            for f in _resolved(sorted(found), version.lang)
        ],
    )


@cache
def _words(lang: str) -> dict[str, Any]:
    return languages.load(lang, "citations")


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a bracket between semicolons, without white space and introductions ("see", «см.»)."""
    for part in re.finditer(r"[^;]+", text[start:end]):
        inner = re.search(r"\S(?:.*\S)?", part.group())
        if inner:
            yield start + part.start() + inner.start(), start + part.start() + inner.end()


def _in_brackets(version: Version) -> Iterator[_Found]:
    text = version.text
    dated = [m for m in BRACKET.finditer(text) if DATED.fullmatch(m.group(1).split(";")[-1].strip())]
    for bracket in BRACKET.finditer(text):
        whole = bracket.group(1).strip()
        if not re.match(r"[\d\W]*[A-ZА-ЯЁ\d]", _without_introduction(whole, version.lang)):
            continue
        for start, end in _items(text, *bracket.span(1)):
            found = _item(text, start, end, version.lang)
            if found:
                yield found
            elif (
                len(dated) > 1
                and len(text[start:end].split()) > 2
                and text[start].isupper()
                and _cites(text, bracket.start())
            ):
                yield _Found(start, end, text[start:end], None, "bracket")


def _cites(text: str, at: int) -> bool:
    """A bracket with a title and no year cites where it follows a sentence or a quotation, not inside a clause."""
    return text[:at].rstrip()[-1:] in set('.!?”»"“')


def _without_introduction(item: str, lang: str) -> str:
    return re.sub(
        rf"^(?:{'|'.join(map(re.escape, _words(lang)['introductions']))})\s+", "", item, flags=re.IGNORECASE
    )


def _item(text: str, start: int, end: int, lang: str) -> _Found | None:
    item = text[start:end]
    bare = _without_introduction(item, lang)
    at = end - len(bare)
    if dated := DATED.fullmatch(bare):
        if re.search(r"[^\W\d_]", dated["source"]) and not _is_date(bare, lang):
            return _Found(at, end, dated["source"].strip(" ,("), dated["year"], "bracket")
        return None
    if match := NUMBERED.fullmatch(bare):
        return _Found(at, end, match["source"], None, "number")
    if any(bare.lower().startswith(word) for word in _words(lang)["ibidem"]):
        return _Found(at, end, "", None, "ibidem")
    return None


def _is_date(item: str, lang: str) -> bool:
    """ "(16 March 2014)", «(май 2017)»: a month and a year cite nobody."""
    words = re.findall(r"[^\W\d_]+", item.lower())
    return bool(words) and (
        words[0] in _words(lang)["before_dates"] or not set(words).isdisjoint(_words(lang)["months"])
    )


def _places(doc: "Doc | None") -> frozenset[str]:
    return frozenset(e.text for e in doc.ents if e.label_ == "LOC") if doc is not None else frozenset()


def _in_parentheses(version: Version, places: frozenset[str]) -> Iterator[_Found]:
    text = version.text
    cited: set[str] = set()
    for parenthesis in PARENTHESIS.finditer(text):
        for start, end in _items(text, *parenthesis.span(1)):
            found = _item(text, start, end, version.lang)
            if found and found.style == "bracket" and _is_source(found.source, places):
                cited.update(re.findall(r"[A-ZА-ЯЁ][\w-]+", found.source))
                yield found._replace(style="parenthesis")
            elif found and found.style == "ibidem":
                yield found
    for match in NARRATIVE.finditer(text):
        names = re.findall(r"[A-ZА-ЯЁ][\w’'-]+", match["source"])
        several = re.search(r"et al|и др", match["source"])
        if (
            several or names[-1] in cited or _reports(text, match.end(), version.lang)
        ) and not places.intersection(names):
            yield _Found(match.start(), match.end(), match["source"], match["year"], "narrative")


def _is_source(source: str, places: frozenset[str]) -> bool:
    return (
        PARENTHETIC_SOURCE.fullmatch(source) is not None
        and source.strip(" ,") not in places
        and len(source) > 1
    )


def _reports(text: str, at: int, lang: str) -> bool:
    """ "Okafor (2017) argues": a verb of scholarship follows."""
    following = re.match(r",?\s+(?:also |has |have |также )?([^\W\d_]+)", text[at : at + 40])
    return following is not None and following.group(1).lower() in _words(lang)["scholarly_verbs"]


def _resolved(found: list[_Found], lang: str) -> Iterator[_Found]:
    """ "Ibid.", «Там же» and a year alone ("2016a, 2016b") cite what was cited last; overlapping readings are read once."""
    last: _Found | None = None
    for item in found:
        if last is not None and item.start < last.end:
            continue
        if item.style == "ibidem" or re.fullmatch(YEAR, item.source):
            if last is None:
                continue
            item = item._replace(source=last.source, year=item.year or last.year)
        yield item
        last = item
