"""What a value is about: the indicator (the noun phrase that rose or fell) and the countries.

The country beside the indicator is the subject ("Uzbek exports", «экспорт Узбекистана»), the one across a preposition
of direction the counterpart ("to Russia", «с Казахстаном»). Where the phrase names no subject the text before does.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline import languages
from pipeline.quantities.sentence import Mention, Reading, Sentence
from pipeline.setting import Guess, Setting, across

if TYPE_CHECKING:
    from spacy.tokens import Token

STEM = 5
"""Letters that two words must share to name one thing ("brandy", «коньячные» and «коньяка»)."""
TIED = 2.0
"""What it says for a country to have been named near a word of the indicator."""
NEAR = 60
"""Characters between a country's name and a word of the indicator within which the two are tied."""


class Phrase(NamedTuple):
    """A stretch of text."""

    start: int
    end: int


class Countries(NamedTuple):
    subject: str | None
    counterpart: str | None


def subject_phrase(sentence: Sentence, verb: "Token | None", until: int, floor: int) -> Phrase | None:
    """The noun phrase that rose or fell: the verb's subject, its object ("raised their output"), or what a noun of
    change governs ("a fall in exports"). Only what stands between `floor` and the values.
    """
    if verb is not None and verb.pos_ == "ADV" and verb.head.pos_ == "VERB":
        verb = verb.head
    if verb is None or not floor <= verb.idx < until:
        return None
    for dep in ("nsubj", "nsubj:pass"):
        for child in verb.children:
            if child.dep_ == dep and floor <= child.idx < verb.idx:
                return _phrase(sentence, child, floor, verb.idx)
    if verb.dep_ in ("acl", "amod", "acl:relcl") and floor <= verb.head.idx < verb.idx:
        return _phrase(sentence, verb.head, floor, verb.idx)
    if (
        verb.dep_ in ("conj", "xcomp", "advcl", "parataxis")
        and verb.head != verb
        and floor <= verb.head.idx < verb.idx
    ):
        return subject_phrase(sentence, verb.head, verb.idx, floor)
    return None


def object_phrase(sentence: Sentence, verb: "Token | None", until: int) -> Phrase | None:
    """ "raised their output from 38 films", «увеличили выпуск с 38 фильмов»: the output is what grew."""
    if verb is None or verb.pos_ != "VERB":
        return None
    for child in verb.children:
        if child.dep_ == "obj" and verb.idx < child.idx < until and child.pos_ in ("NOUN", "PROPN"):
            return _phrase(sentence, child, verb.idx + len(verb.text), until)
    return None


def _phrase(sentence: Sentence, head: "Token", floor: int, ceiling: int) -> Phrase:
    inside = [t for t in head.subtree if floor <= t.idx < ceiling and not t.is_space]
    while inside and (inside[0].is_punct or inside[0].dep_ in ("cc", "mark", "punct")):
        inside = inside[1:]
    while inside and (inside[-1].is_punct or inside[-1].pos_ in ("VERB", "AUX")):
        inside = inside[:-1]
    inside = inside or [head]
    return Phrase(inside[0].idx, max(t.idx + len(t.text) for t in inside))


def clause(sentence: Sentence, at: int, floor: int) -> Phrase:
    """The clause that leads up to an offset: from the last strong mark or conjunction before it."""
    text = sentence.text[floor:at]
    start = floor + max((m.end() for m in _boundary(sentence.lang).finditer(text)), default=0)
    return Phrase(start + len(sentence.text[start:at]) - len(sentence.text[start:at].lstrip()), at)


@cache
def _boundary(lang: str) -> re.Pattern[str]:
    breaks = "|".join(map(re.escape, languages.load(lang, "change")["markers"]["breaks"]))
    return re.compile(rf"[;:(]\s|\s[—–]\s|,\s+(?:{breaks})\s|^(?:{breaks})\s", re.I)


def countries(sentence: Sentence, start: int, end: int) -> Countries:
    """Subject and counterpart among the countries named between two offsets."""
    subjects: list[str] = []
    others: list[str] = []
    sender: str | None = None
    across = False
    for i, mention in enumerate(sentence.countries):
        listed = i > 0 and _listed(sentence, sentence.countries[i - 1], mention)
        across = across if listed else _across(sentence, mention)
        if start <= mention.start < end:
            (others if across else subjects).append(mention.code)
            if across and sender is None and _sent_from(sentence, mention):
                sender = mention.code
    if not subjects and sender and len(set(others)) > 1:
        subjects = [sender]
    ordered = list(dict.fromkeys(subjects))
    beyond = [code for code in dict.fromkeys(others) if code not in ordered]
    rest = [*beyond, *ordered[1:]]
    return Countries(ordered[0] if ordered else None, rest[0] if rest else None)


def _listed(sentence: Sentence, before: Mention, mention: Mention) -> bool:
    """ "with Germany and Italy": both stand across the same preposition."""
    gap = sentence.text[before.end : mention.start].strip()
    return gap in (",", "and", "и", "or", "или", "а также", ", and")


def _across(sentence: Sentence, mention: Mention) -> bool:
    """A preposition of direction stands before the name: "to Russia", «с Казахстаном», «в Китай» but not «в Китае»."""
    roles = languages.load(sentence.lang, "change")["roles"]
    for token in reversed(sentence.before(mention.start)[-4:]):
        if token.lower_ in roles["counterpart"] or (token.lower_ == "у" and _is_bought(sentence, mention)):
            return True
        if sentence.lang == "ru" and token.lower_ in ("в", "во", "на"):
            named = sentence.between(mention.start, mention.end)
            return any("Acc" in t.morph.get("Case", []) for t in named)
        if token.pos_ not in ("DET", "ADJ", "PROPN"):
            return False
    return False


def _sent_from(sentence: Sentence, mention: Mention) -> bool:
    """ "deliveries from Sweden to Norway", «поставки из Швеции в Норвегию» are Sweden's; imports are the buyer's."""
    before = sentence.before(mention.start)
    origin = languages.load(sentence.lang, "change")["roles"]["origin"]
    return any(t.lower_ in origin for t in before[-2:]) and not _is_bought(sentence, mention)


def _is_bought(sentence: Sentence, mention: Mention) -> bool:
    """«Закупки электроэнергии у Вьетнама»: Vietnam sells; but «у Вьетнама выросли закупки» are its own."""
    bought = _listed_stems(_words(sentence)["bought"])
    return any(t.lower_[:STEM] in bought for t in sentence.before(mention.start)[-6:])


class Topic:
    """The countries that a value may be about where its phrase does not say, or says only the other party."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.setting = Setting(reading.version, reading.doc)

    def country(self, sentence: Sentence, at: int, indicator: str, but: str | None) -> Guess | None:
        """The country that the passage is about at an offset, above all one that stood beside a word of the indicator."""
        token = next((t.i for t in sentence.tokens if t.idx >= at), sentence.last - 1)
        named = " ".join(sentence.text[m.start : m.end] for m in sentence.countries)
        tied = self._tied(sentence, _stems(indicator) - _stems(named))
        return self.setting.about(token, frozenset({but} if but else ()), tied)

    def confidence(self, code: str | None) -> float:
        """How sure it is that the text is told from a country's side."""
        return self.setting.confidence(code)

    def _tied(self, sentence: Sentence, stems: frozenset[str]) -> dict[str, float]:
        """ "Armenia's brandy", then "shipments of brandy": the one of the text's own countries that stands nearest to a word
        of the indicator earlier in the paragraph."""
        opening = self.reading.text.rfind("\n", 0, sentence.start) + 1
        words = re.finditer(r"[^\W\d_]{4,}", self.reading.text[opening : sentence.start])
        akin = [opening + w.start() for w in words if w.group().lower()[:STEM] in stems]
        own = [
            (min(abs(m.start - at) for at in akin), m.code)
            for m in self.reading.named_before(sentence.start, sentence.start - opening)
            if akin and m.code in self.setting.titled
        ]
        return {min(own)[1]: TIED} if own and min(own)[0] < NEAR else {}

    def sides(self, sentence: Sentence, phrase: Phrase, indicator: str, named: Countries) -> Countries:
        """Subject and counterpart of what a phrase names. "Our sales to Libya" are the narrator's; of "the share of
        Chinese lenders", of Chinese tourists and «бутанцы в индийских колледжах» China and India are the other party; of "Russia's share
        of imports" the importer is the country the passage is about; and what passes "from Romania to Moldova" belongs
        to the one that the text is rather about.
        """
        subject, counterpart = named
        town = self._town(phrase)
        if self.is_ours(sentence, phrase):
            home = self.setting.home
            return Countries(home, next((code for code in named if code != home), None))
        if town not in (None, subject) and (subject is None or _beside_the_head(sentence, phrase, subject)):
            return Countries(town, subject or counterpart)
        if subject is None:
            weights = self.setting.weights
            ends = sorted(_ends(sentence, phrase), key=lambda code: -weights.get(code, 0.0))
            between = len(ends) > 1 and ends[0] in self.setting.titled
            return Countries(*ends[:2]) if between else named
        shares = _listed_stems(_words(sentence)["share"]) | _listed_stems(_words(sentence)["arriving"])
        party = self._is_party(sentence, phrase, subject) or (
            subject != self.setting.home and bool(_stems(indicator) & shares)
        )
        if party and counterpart is None:
            about = self.country(sentence, phrase.start, indicator, subject)
            subject, counterpart = about.country if about else subject, subject
        return self._between(sentence, indicator, Countries(subject, counterpart))

    def is_ours(self, sentence: Sentence, phrase: Phrase) -> bool:
        """ "our sales to Libya", «наши поставки»: a phrase that the narrator counts among his own side's."""
        owned = languages.load(sentence.lang, "change")["roles"]["owned"]
        inside = sentence.between(phrase.start, phrase.end)
        return any(t.lower_ in owned or t.lemma_.lower() in owned for t in inside)

    def _town(self, phrase: Phrase) -> str | None:
        """The country of the first town in which the phrase is set: "Greek courses in Bitola", not "flights to Bitola"."""
        doc, place = self.reading.doc, languages.load(self.reading.lang, "change")["roles"]["place"]
        towns = (m for m in self.setting.mentions if m.how == "town")
        inside = (m for m in towns if phrase.start <= doc[m.token].idx < phrase.end)
        there = (m for m in inside if doc[m.token - 1].lower_ in place)
        return next((m.code for m in there if not across(doc, m.token, self.reading.lang)), None)

    def _is_party(self, sentence: Sentence, phrase: Phrase, code: str) -> bool:
        """A country from whose side the text is not told, named by an adjective that does not belong to the head of the
        phrase, "the number of pupils in Portuguese-speaking schools", or as what is acted upon, "lorries that cross
        England"."""
        return code != self.setting.home and _beside_the_head(sentence, phrase, code)

    def _between(self, sentence: Sentence, indicator: str, named: Countries) -> Countries:
        """In a text on two countries "private trips across the border" or «двусторонний товарооборот» has the other one
        as counterpart."""
        titled = self.setting.titled
        others = [code for code in titled if code != named.subject]
        passes = bool(_stems(indicator) & _listed_stems(_words(sentence)["between"]))
        if named.counterpart is None and named.subject in titled and len(others) == 1 and passes:
            return Countries(named.subject, others[0])
        return named


def _words(sentence: Sentence) -> dict[str, str]:
    found: dict[str, str] = languages.load(sentence.lang, "change")["indicator"]
    return found


def _ends(sentence: Sentence, phrase: Phrase) -> list[str]:
    """The countries of a phrase, each once."""
    inside = (m.code for m in sentence.countries if phrase.start <= m.start < phrase.end)
    return list(dict.fromkeys(inside))


def _beside_the_head(sentence: Sentence, phrase: Phrase, code: str) -> bool:
    """The phrase names a country, but not as the one whose its head is: the Greek of "enrolment in Greek courses"."""
    own = [m for m in sentence.countries if m.code == code and phrase.start <= m.start < phrase.end]
    return bool(own) and not any(
        _acts(sentence, m) and (not m.adjective or _of_the_head(sentence, phrase, m)) for m in own
    )


def _acts(sentence: Sentence, mention: Mention) -> bool:
    return all(t.dep_ != "obj" for t in sentence.between(mention.start, mention.end))


def _of_the_head(sentence: Sentence, phrase: Phrase, mention: Mention) -> bool:
    """Whether an adjective belongs to what the phrase names first: "Uzbek exports", "the number of Uzbek workers" counts
    as well, «число узбекских рабочих», for a number is nothing without what it counts."""
    nouns = [t for t in sentence.between(phrase.start, phrase.end) if t.pos_ in ("NOUN", "PROPN")]
    counting = _words(sentence)["counting"].split()
    heads = [t for t in nouns if t.lemma_.lower() not in counting][:1]
    return bool(heads) and mention.start <= heads[0].idx


@cache
def _listed_stems(words: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in words.split())


@cache
def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{4,}", text.lower())
    return frozenset(word[:STEM] for word in words)
