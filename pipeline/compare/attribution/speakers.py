"""Another source: each side names somebody whom the other does not know, "the companies' own count", «по подсчётам правительства»."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipeline import languages
from pipeline.compare import sources
from pipeline.compare.attribution import callings, fields
from pipeline.compare.attribution.rendering import CLOSE, closeness, knowledge, rendered, unlike
from pipeline.compare.finding import difference, evidence, quoted
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.compare.sound import apart
from pipeline.compare.sources import Source
from pipeline.document import Difference, Lang, Link, Span

BY = "attribution"
OTHER = 0.75
"""Confidence of another source: planted differences and faithful passages, see tests/test_compare_injection.py."""


def compare(pair: Pair, near: Sequence[Pair], en: list[Source], ru: list[Source]) -> Iterator[Difference]:
    """A source of each side that the other side does not know."""
    ours = [s for s in _distinct(_owned(pair.en, s) for s in en) if sources.named(pair, "en", s)]
    theirs = [s for s in _distinct(_owned(pair.ru, s) for s in ru) if sources.named(pair, "ru", s)]
    left_en = [s for s in ours if not _known(pair, near, "en", s)]
    left_ru = [s for s in theirs if not _known(pair, near, "ru", s)]
    here_en = [s for s in ours if not _known(pair, (), "en", s)]
    here_ru = [s for s in theirs if not _known(pair, (), "ru", s)]
    said = list(_of_one_verb(pair, here_en, here_ru)) or list(_foreign(pair, ours, theirs))
    if not said and len(left_en) == len(left_ru) == 1:
        said = [(left_en[0], left_ru[0])]
    said = [(a, b) for a, b in said if _apart(pair, a, b)] or list(fields.other(pair, ours, theirs))
    for a, b in said:
        excluded = _excluded(pair, a, b) or fields.differ(pair, a, b)
        if not excluded and _alike(pair, a, b):
            continue
        sure = EXCLUDED if excluded else max(knowledge(pair, a.head, b.head), _alone(pair, a, b)) * OTHER
        yield difference(
            "attribution",
            _span(pair.en, a),
            _span(pair.ru, b),
            sure * pair.sure,
            f"The {pair.en.called} gives {_quoted(pair.en, a)} as the source, the {pair.ru.which} one {_quoted(pair.ru, b)}.",
            change="speaker",
        )


def _of_one_verb(pair: Pair, en: list[Source], ru: list[Source]) -> Iterator[tuple[Source, Source]]:
    """Sources whose verbs of speech translate each other, while their callings exclude each other."""
    for a in en:
        for b in ru:
            if _one_verb(pair, a, b) and _excluded(pair, a, b):
                yield a, b


def _one_verb(pair: Pair, a: Source, b: Source) -> bool:
    """The words that say so translate each other: "the planters complained", «мельники жаловались»."""
    return bool({pair.match("en", n) for n in a.cue if pair.en.words[n].content} & set(b.cue))


def _foreign(pair: Pair, en: list[Source], ru: list[Source]) -> Iterator[tuple[Source, Source]]:
    """The only source of each side, of another country: "a Greek official", «турецкий чиновник»."""
    if len(en) == len(ru) == 1 and callings.abroad(pair, en[0].head, ru[0].head):
        yield en[0], ru[0]


def _excluded(pair: Pair, a: Source, b: Source) -> bool:
    """Nobody is called both: "the companies", «правительство»; "deputy minister Orlov", «премьер-министр»."""
    ours, theirs = _rows(pair.en, a), _rows(pair.ru, b)
    if callings.abroad(pair, a.head, b.head):
        return True
    rendering = pair.match("en", a.head) == b.head or callings.rendering(pair, a.head, b.head)
    return bool(ours and theirs) and not ours & theirs and not rendering


def _alike(pair: Pair, a: Source, b: Source) -> bool:
    """Both may be called so, or both are accounts, which have many names: "study", «опрос»."""
    accounts = (
        side.words[s.head].lemma in sources.words(side.lang, "accounts") | STUDIES
        for side, s in ((pair.en, a), (pair.ru, b))
    )
    return (
        all(accounts) or bool(_rows(pair.en, a) & _rows(pair.ru, b)) or callings.alike(pair, a.head, b.head)
    )


STUDIES = frozenset({"study", "research", "paper", "исследование", "работа", "доклад"})


def _rows(side: Side, source: Source) -> frozenset[str]:
    """The callings of a source: of its noun, or of the office that the text gives a name."""
    if side.words[source.head].token.pos_ != "PROPN" or source.person is None:
        return callings.rows(side, source.head)
    office = source.person.office(side.words[source.head].token.i)
    return callings.of_role(office.role) if office and office.role else frozenset()


def _both_named(pair: Pair, a: Source, b: Source) -> bool:
    return _names(pair.en, a) and _names(pair.ru, b)


def _names(side: Side, source: Source) -> bool:
    inside = {*range(source.first, source.last + 1), *callings.phrase(side, source.head)}
    return any(side.words[n].token.pos_ == "PROPN" for n in inside)


EXCLUDED = 0.9
"""Confidence of another source where nobody is called both."""


def _alone(pair: Pair, a: Source, b: Source) -> float:
    """What two unlike sources are worth by the rest of their pair: much where their verbs translate each other, or all
    else is word for word, so that no word but the other source is left that could render either."""
    besides: dict[Lang, Sequence[int]] = {
        "en": [*range(a.first, a.last + 1), *a.cue],
        "ru": [*range(b.first, b.last + 1), *b.cue],
    }
    close = _one_verb(pair, a, b) or closeness(pair, besides) >= CLOSE
    return UNLIKE if close and unlike(pair, a.head, b.head) else 0.0


UNLIKE = 0.9
"""What it is worth that two words are unlike by all that the lexicon knows."""


def _owned(side: Side, source: Source) -> Source:
    """An account for whoever gives it: "the count of the parish | registers", «по данным | командования»."""
    if side.words[source.head].lemma not in sources.words(side.lang, "accounts"):
        return source
    places = {w.token.i: n for n, w in enumerate(side.words)}
    below = side.words[source.head].token.children
    owners = [places[c.i] for c in below if c.dep_ in OWNERS and c.pos_ == "NOUN" and c.i in places]
    return source._replace(head=owners[0]) if len(owners) == 1 else source


OWNERS = frozenset({"nmod", "nmod:poss", "poss"})


def _distinct(found: Iterable[Source]) -> list[Source]:
    seen: dict[int, Source] = {}
    for source in found:
        seen.setdefault(source.head, source)
    return list(seen.values())


def _known(pair: Pair, near: Sequence[Pair], lang: Lang, source: Source) -> bool:
    """The other side renders the names of a source, or else its noun, here or in a sentence beside."""
    side = pair.side(lang)
    names = [n for n in range(source.first, source.last + 1) if side.words[n].token.pos_ == "PROPN"]
    if names:
        return any(rendered(pair, side, n, lang) for n in names)
    return rendered(pair, side, source.head, lang) or any(
        rendered(p, side, source.head, lang, free=True) for p in near if p is not pair
    )


def _apart(pair: Pair, a: Source, b: Source) -> bool:
    """Names that do not sound alike; or no name on either side; or a name whose office excludes the other's calling."""
    en, ru = _proper(pair.en, a), _proper(pair.ru, b)
    if bool(en) != bool(ru):
        return _excluded(pair, a, b) and not _both_named(pair, a, b)
    if en and ru and not apart("".join(en), "".join(ru)):
        return False  # "Crossley-Holland", «Кроссли-Холланд»
    links = _links(pair.en, a), _links(pair.ru, b)
    if any(acronym(x) for x in (*en, *ru)) and (not all(links) or links[0] & links[1]):
        return False  # "the HRC", «СПЧ»
    return all(apart(x, y) for x in en for y in ru)


def _proper(side: Side, source: Source) -> list[str]:
    """The names of a source, without titles (“Mr”, «г-н»), which are tagged as names, and without the place where it is."""
    words = side.words[source.first : source.last + 1]
    return [
        w.token.text
        for w in words
        if w.token.pos_ == "PROPN" and w.token.lower_ not in _titles(side.lang) and not _where(w)
    ]


def _where(word: Word) -> bool:
    """ "The ministry in Oslo", «в прокуратуре в Осло»: where, not who."""
    return any(c.lower_ in IN for c in word.token.children if c.dep_ == "case")


IN = frozenset({"in", "at", "в", "во"})


@cache
def _titles(lang: Lang) -> frozenset[str]:
    return frozenset(languages.load(lang, "names")["titles"])


def _links(side: Side, source: Source) -> set[Link]:
    """The countries and organisations of the tables, which know their acronyms, that a source names."""
    start, end = side.words[source.first].start, side.words[source.last].end
    return {e.link for e in side.version.entities or () if e.link and e.start < end and start < e.end}


def acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _text(side: Side, source: Source) -> str:
    return side.version.text[side.words[source.first].start : side.words[source.last].end]


def _quoted(side: Side, source: Source) -> str:
    return quoted(_text(side, source), side.lang)


def _span(side: Side, source: Source) -> Span:
    return evidence(side.version, side.words[source.first].start, side.words[source.last].end, BY)
