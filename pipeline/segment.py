"""Text to paragraphs with their roles, and to sentences, in both languages and without a model.

A sentence ends at a stop when no rule forbids it. The rules are listed in `JOINS`, each a small function that says why
the stop at hand does not end the sentence. Conventions (`docs/schema.md`): sentences end after . ! ? … also inside
quotation marks, the closing mark stays with its sentence; in «..., — said X. — Next» the dash opens the next sentence.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from pipeline import languages, morphology
from pipeline.document import Paragraph, Role, Sentence, Version

STOP = re.compile(r"(?:[.!?]{1,4}|…)(?P<close>[\"'”»“’)\]]{0,4})(?P<note>\d{0,3})(?=\s)")
CITATION = re.compile(r"\s*\[[^\[\]]{1,300}\][.;]?(?=\s|$)")
LAST_WORD = re.compile(r"\S{1,40}$")
NEXT = re.compile(
    r"\s*(?P<dash>[—–-]\s+)?(?P<open>[\"'“«„‘(\[]*)(?P<word>[^\s\"“”«»„(),;:!?.…]*)(?P<stop>\.?)"
)
INITIAL = re.compile(r"(?:^|[\s(«“\"„\[.-])(?:[A-ZА-ЯЁ]|[ДЖ]ж|Ю|Я|Yu|Ya|Zh|Sh|Ch|Kh|Ts)\.$")
MAX_WORDS = 250
"""A run without any stop (a table, a 400,000-word line) is cut after this many words, so that no parser has to hold
it whole; the longest sentence in the project's corpora has 120."""


class Stop(NamedTuple):
    """A place where a sentence may end: the text before it within the sentence, and what follows."""

    sentence: str
    mark: str
    word: str
    opened: str
    dash: str
    initial: bool
    lang: str

    @property
    def last(self) -> str:
        found = LAST_WORD.search(self.sentence)
        return found.group().lstrip("([«“\"'„") if found else ""

    @property
    def full_stop(self) -> bool:
        return self.mark == "."


def next_word_is_lower_case(stop: Stop) -> bool:
    """ "..." he said; «…» — сказал он; т. е. вода."""
    return stop.word[:1].islower()


def nothing_but_a_number(stop: Stop) -> bool:
    """ "1. The first item", "II. Методы"."""
    return (
        stop.full_stop
        and re.fullmatch(r"[\W_]*(?:\d{1,3}|[IVXLC]{1,5}|[A-Za-zА-Яа-я])\.", stop.sentence.strip())
        is not None
    )


def initial_of_a_name(stop: Stop) -> bool:
    """ "A. S. Orlov", «В. Г. Орлов»; but "vitamin C. The"."""
    name_follows = stop.initial or (stop.word[:1].isupper() and stop.word not in _data(stop.lang)["starters"])
    return stop.full_stop and name_follows and INITIAL.search(stop.sentence[-8:]) is not None


def abbreviation_before_a_name(stop: Stop) -> bool:
    """ "Dr. Smith", «им. Ленина», "i.e. Chile"."""
    return stop.full_stop and _ends_with(stop, "before_name") and not _ends_with(stop, "anywhere")


def abbreviation_before_a_number(stop: Stop) -> bool:
    """ "No. 5", «ст. 12», «т. II»."""
    return (
        stop.full_stop
        and re.match(r"\d|[IVXLC]+\b", stop.word) is not None
        and _ends_with(stop, "before_number")
    )


def abbreviation_inside_a_sentence(stop: Stop) -> bool:
    """ "the U.S. Congress", «в 2016 г. Ташкент»: only a word that begins sentences shows that one ended."""
    if not (stop.full_stop and _ends_with(stop, "anywhere")):
        return False
    short = len(stop.sentence.split()) < 5
    begins = stop.word in _data(stop.lang)["starters"] or stop.opened or stop.dash
    return short or not (begins or (stop.lang == "ru" and _russian_sentence_begins(stop)))


def _russian_sentence_begins(stop: Stop) -> bool:
    """Russian writes common words small inside a sentence, so «в 1939 г. Закон» is a new one; before a name the
    clause must already have its verb: «подписан в 2016 г. Ташкент ответил», but «в 2016 г. Ташкент ответил»."""
    if not stop.word[:1].isupper():
        return False
    if morphology.is_common_word(stop.word):
        return stop.word not in _data("ru")["institutions"]
    clause = re.split(r"[,;:—–]|\bчто\b", stop.sentence)[-1]
    return any(morphology.is_finite_verb(word) for word in re.findall(r"[а-яё]{3,}", clause))


def abbreviation_before_a_citation(stop: Stop) -> bool:
    """ "worth $3 bn. (Silva 2017)", «до 600 тыс. (Руис 2009: 14)»: the source belongs to the figure before it."""
    return stop.full_stop and stop.opened.startswith(("(", "[")) and _ends_with(stop, "anywhere")


def quoted_question_inside_a_clause(stop: Stop) -> bool:
    """ "the 'Quo vadis?' memo": a quotation of a word or two, closed inside a clause, ends nothing."""
    return stop.mark != "." and stop.word == "" and stop.opened == ""


JOINS: tuple[Callable[[Stop], bool], ...] = (
    next_word_is_lower_case,
    nothing_but_a_number,
    initial_of_a_name,
    abbreviation_before_a_name,
    abbreviation_before_a_number,
    abbreviation_inside_a_sentence,
    abbreviation_before_a_citation,
    quoted_question_inside_a_clause,
)


@cache
def _data(lang: str) -> dict[str, frozenset[str]]:
    return {key: frozenset(words) for key, words in languages.load(lang, "abbreviations").items()}


@cache
def _endings(lang: str, kind: str) -> re.Pattern[str]:
    words = sorted(_data(lang)[kind], key=lambda word: (-len(word), word))
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in words)
    return re.compile(rf"(?:^|[\s(«“\"„\[—–-])(?:{alternatives})$")


def _ends_with(stop: Stop, kind: str) -> bool:
    return _endings(stop.lang, kind).search(stop.sentence[-24:]) is not None


def sentence_spans(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of one paragraph, white space outside.

    >>> text = "Dr. Orlova left. «Why?» he asked."
    >>> [text[a:b] for a, b in sentence_spans(text, "en")]
    ['Dr. Orlova left.', '«Why?» he asked.']
    >>> text = "В 2016 г. А. С. Орлов ушел. Цены упали на 2,5 %."
    >>> [text[a:b] for a, b in sentence_spans(text, "ru")]
    ['В 2016 г. А. С. Орлов ушел.', 'Цены упали на 2,5 %.']
    """
    start = 0
    for found in STOP.finditer(text):
        end = found.end()
        if end <= start:
            continue
        citation = CITATION.match(text, end)
        if citation:
            end = citation.end()
        if _ends(text, start, found, end, lang):
            yield from _bounded(text, start, end)
            start = end
    yield from _bounded(text, start, len(text))


def _ends(text: str, start: int, found: re.Match[str], end: int, lang: str) -> bool:
    if found["note"] and text[found.start() - 1 : found.start()].isdigit():
        return False  # "32.5 TWh": the digits are decimals, not the mark of a footnote
    following = NEXT.match(text, end)
    assert following is not None
    if following.end() == len(text) and not following["word"]:
        return False
    mark_end = found.end() - len(found["close"]) - len(found["note"])
    mark = text[found.start() : mark_end]
    stop = Stop(
        sentence=text[max(start, mark_end - 200) : mark_end],
        mark="." if mark == "." else mark[-1],
        word=following["word"],
        opened=following["open"],
        dash=following["dash"] or "",
        initial=bool(following["stop"]) and len(following["word"]) <= 2,
        lang=lang,
    )
    return not any(join(stop) for join in JOINS)


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without outer white space, cut after MAX_WORDS words."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", text[start:end])]
    for i in range(0, len(words), MAX_WORDS):
        piece = words[i : i + MAX_WORDS]
        yield start + piece[0][0], start + piece[-1][1]


def sentences(version: Version) -> tuple[Sentence, ...]:
    """The sentences of every paragraph, in order; each knows the index of its paragraph."""
    return tuple(
        Sentence(start=p.start + start, end=p.start + end, paragraph=i)
        for i, p in enumerate(version.paragraphs or ())
        for start, end in sentence_spans(version.text[p.start : p.end], version.lang)
    )


TITLE_WORDS = 30
HEADING_WORDS = 18
TERMINAL = re.compile(r"[.!?…;:,]['\"”»’)\]]*\d*$")


def paragraphs(version: Version) -> tuple[Paragraph, ...]:
    """The paragraphs with their roles; a role that the file's markup gave is kept, "body" is looked at again."""
    given = version.paragraphs if version.paragraphs is not None else _blank_line_separated(version.text)
    refined: list[Paragraph] = []
    section: Role | None = None
    for i, p in enumerate(given):
        text = version.text[p.start : p.end]
        announced = announces(text, version.lang)
        role = p.role
        if role in ("heading", "title"):
            section = announced
        elif role == "body":
            if announced and len(text.split()) <= 3:
                role, section = "heading", announced
            elif announced == "keywords":
                role = "keywords"
            elif announced == "abstract":
                role = "abstract"
            elif section and not (section == "abstract" and is_heading(text)):
                role = section
                section = None if section == "keywords" else section
            elif i == 0 and is_title(text):
                role = "title"
            elif is_heading(text):
                role, section = "heading", None
        refined.append(msgspec.structs.replace(p, role=role))
    return tuple(refined)


def _blank_line_separated(text: str) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(start=m.start(), end=m.end()) for m in re.finditer(r"\S(?:.|\n(?!\s*\n))*(?<=\S)", text)
    )


@cache
def _announcements(lang: str) -> tuple[tuple[re.Pattern[str], Role], ...]:
    roles: dict[str, Role] = {"abstract": "abstract", "keywords": "keywords", "references": "reference"}
    return tuple(
        (re.compile(rf"(?:{'|'.join(map(re.escape, words))})\s*(?:[.:—–]|$)", re.IGNORECASE), roles[kind])
        for kind, words in languages.load(lang, "structure").items()
    )


def announces(text: str, lang: str) -> Role | None:
    """The part of a document that a paragraph announces.

    >>> announces("Keywords: trade, language", "en"), announces("Список литературы", "ru"), announces("Sources say no", "en")
    ('keywords', 'reference', None)
    """
    return next((role for pattern, role in _announcements(lang) if pattern.match(text)), None)


def is_title(text: str) -> bool:
    """A first paragraph that is no sentence: short and without a final stop, or with the stop of an abbreviation only.

    >>> is_title("Trade and borders, 1823–1999"), is_title("Торговля в 1823–1999 гг."), is_title("Trade fell.")
    (True, True, False)
    """
    if len(text.split()) > TITLE_WORDS:
        return False
    lang = "ru" if re.search("[а-яё]", text) else "en"
    abbreviated = _endings(lang, "anywhere").search(text) is not None and ". " not in text
    return abbreviated or not TERMINAL.search(text)


def is_heading(text: str) -> bool:
    """A short line that begins with a capital or a number and has no final stop.

    >>> is_heading("Economic Factors"), is_heading("Экономические факторы"), is_heading("Trade fell.")
    (True, True, False)
    """
    begins = re.match(r"(?:\d+[.)]\s*|[IVX]+\.\s*)?[A-ZА-ЯЁ]", text)
    return begins is not None and len(text.split()) <= HEADING_WORDS and not TERMINAL.search(text)
