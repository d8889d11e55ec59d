"""The people of a document: every mention of a name joined to one person, with the offices the text gives them.

Speakers named by a pronoun ("she", «он») or by office alone ("the minister") are resolved to the nearest suitable person
mentioned before.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import countries, languages, morphology, offices
from pipeline.document import Version
from pipeline.offices import Office, plain

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PERSON = ("PER", "PERSON")
MEMORY = 3
"""How many paragraphs back a pronoun or an office may point."""
CONTEXT_WEIGHTS = {"sentence": 4.0, "paragraph": 1.0, "before": 1.0, "title": 3.0}
"""How much speaks for a country whose mention stands in the sentence before the speaker, in the same paragraph, in the
paragraph before, and in the title. Chosen on the eleven development works (79 of 109 such speakers right, from 70)."""
NARROW = 7
"""Tokens around a title that may narrow it: "the minister of water resources"."""
OBLIQUE = 0.3
"""What a country counts after a preposition: it is rather the other party than the one a passage is about."""
ADJECTIVE = 0.7
"""What an adjective counts beside a name: "Chinese loans" may stand in a text on any country."""


class Person:
    """Somebody the document names; `name` is the fullest form found, in the nominative."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.gender: str | None = None
        self.offices: list[tuple[int, Office]] = []

    def known_by(self, words: tuple[str, ...]) -> bool:
        """Whether a name may be this person's: the same surname, and no given name or initial against it."""
        mine, theirs = _name_words(self.name), words
        if not mine or not theirs:
            return False
        if len(theirs) == 1:
            return any(_same(theirs[0], w) for w in mine[1:] or mine) or (
                len(mine) == 1 and _same(mine[0], theirs[0])
            )
        if len(mine) == 1:
            return _same(mine[0], theirs[-1])
        return (_same(mine[-1], theirs[-1]) and _agree(mine[0], theirs[0])) or (
            len(mine) > 2 and _same(mine[-2], theirs[-1]) and _agree(mine[0], theirs[0])
        )

    def office(self, at: int) -> Office | None:
        """The office in force at a token: the last one introduced before it, else the first of all. What the text
        once called former stays former."""
        if not self.offices:
            return None
        known = [o for i, o in self.offices if i <= at] or [self.offices[0][1]]
        chosen = known[-1]
        if any(o.former and o.role == chosen.role for o in known):
            chosen = chosen._replace(former=True)
        if chosen.country is None:
            chosen = chosen._replace(country=next((o.country for o in reversed(known) if o.country), None))
        return chosen


class Mention(NamedTuple):
    """A name in the tokens [first, last); the office around it widens it to [left, right)."""

    first: int
    last: int
    left: int
    right: int
    person: Person


@lru_cache(maxsize=20_000)
def _name_words(name: str) -> tuple[str, ...]:
    """The words of a name without case, initials with their letter: "O. Seyidbeyli" -> ("o", "seyidbeyli")."""
    return tuple(plain(w) for w in re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", name))


def _same(a: str, b: str) -> bool:
    """The same word in whatever case ending: «хвистани»; "orlov" and «орлова», but not "kim" and "kimura"."""
    if a == b:
        return True
    shared = max(3, min(len(a), len(b)) - 2)
    return (
        len(a) > 2
        and len(b) > 2
        and abs(len(a) - len(b)) <= 3
        and a[:shared] == b[:shared]
        and bool(re.search(r"[а-я]", a))
    )


def _agree(a: str, b: str) -> bool:
    """Given names agree when equal or when one is the other's initial."""
    return _same(a, b) or ((len(a) <= 2 or len(b) <= 2) and a[:1] == b[:1])


@cache
def _words(lang: str) -> dict[str, Any]:
    return languages.load(lang, "speech")


class People:
    """All people of a document, findable by token."""

    def __init__(self, version: Version, doc: "Doc") -> None:
        self.doc, self.lang = doc, version.lang
        self.persons: list[Person] = []
        self.mentions: list[Mention] = []
        self._at: dict[int, Mention] = {}
        self.paragraph = _paragraph_of_tokens(version, doc)
        self._countries: list[tuple[int, str, float]] | None = None
        for first, last in _names(version, doc):
            self._add(first, last)
        self._name_fully()

    def _add(self, first: int, last: int) -> None:
        before, after = offices.before(self.doc, first, self.lang), offices.after(self.doc, last, self.lang)
        name = nominative(self.doc, first, last, before)
        words = _name_words(name)
        person = next((p for p in reversed(self.persons) if p.known_by(words)), None)
        if person is None:
            person = Person(name)
            self.persons.append(person)
        elif _fuller(name, person.name):
            person.name = name
        for office in (before, after):
            if office is not None:
                person.offices.append((first, office))
                person.gender = person.gender or office.gender
        person.gender = person.gender or _gender(self.doc, first, last, self.lang, name)
        mention = Mention(
            first,
            last,
            min(first, before.first if before else first),
            max(last, after.last if after else last),
            person,
        )
        self.mentions.append(mention)
        for i in range(mention.left, mention.right):
            if i not in self._at or mention.first <= i < mention.last:
                self._at[i] = mention

    def _name_fully(self) -> None:
        """Join people who turned out to be one: "Putin" before "Vladimir Putin" was read."""
        for short in [p for p in self.persons if len(_name_words(p.name)) == 1]:
            fuller = [p for p in self.persons if p is not short and p.known_by(_name_words(short.name))]
            if len(fuller) == 1:
                fuller[0].offices = sorted([*short.offices, *fuller[0].offices], key=lambda pair: pair[0])
                self.persons.remove(short)
                self.mentions = [
                    m._replace(person=fuller[0]) if m.person is short else m for m in self.mentions
                ]
                self._at = {
                    i: m._replace(person=fuller[0]) if m.person is short else m for i, m in self._at.items()
                }

    def at(self, token: int) -> Mention | None:
        """The mention whose name or office covers a token."""
        return self._at.get(token)

    def inside(self, first: int, last: int) -> list[Mention]:
        """The mentions whose names lie in [first, last), in order."""
        return [m for m in self.mentions if first <= m.first and m.last <= last]

    def by_name(self, name: str) -> Person | None:
        """The person a label such as "O. Seyidbeyli" names, if the document knows one."""
        words = _name_words(name)
        return next((p for p in self.persons if p.known_by(words)), None)

    def resolve(self, token: "Token", favoured: Person | None = None) -> Person | None:
        """Whom a subject means: a name, an office held by somebody named, or a pronoun."""
        mention = self.at(token.i)
        if mention is not None:
            return mention.person
        for child in token.subtree:
            found = self.at(child.i)
            if found is not None and found.first <= child.i < found.last and _names_the_head(child, token):
                return found.person
        if plain(token.lemma_) in ("who", "который") or token.lower_ in ("who", "которая", "который"):
            return self._antecedent(token)
        words, form = _words(self.lang)["pronouns"], plain(token.text)
        for gender, of in (("Masc", "male"), ("Fem", "female")):
            if (token.pos_ == "PRON" and form in words[of]) or form in words[f"{of}_owner"]:
                return self._nearest(token, gender, favoured)
        office = offices.noun(token, self.lang)
        holder = self._holder(token, office) if office else None
        return holder or self._spoken_of(token, favoured)

    def _spoken_of(self, token: "Token", favoured: Person | None) -> Person | None:
        """Whom a general noun with nothing else means, «эксперт», "the official": who was named last."""
        if plain(token.lemma_) not in _words(self.lang)["nouns"]["general"] or "Plur" in str(token.morph):
            return None
        definite = self.lang == "ru" or any(c.lower_ in ("the", "this", "that") for c in token.children)
        bare = all(
            c.dep_ in ("det", "punct", "case", "amod")
            and plain(c.lemma_) not in ("один", "другой", "another", "some")
            for c in token.children
            if c.i < token.i
        )
        closed = not any(
            c.dep_ in ("nmod", "acl:relcl", "acl", "appos") or c.dep_.startswith("flat")
            for c in token.children
        )
        return self._nearest(token, None, favoured) if definite and bare and closed else None

    def _antecedent(self, token: "Token") -> Person | None:
        for i in range(token.i - 1, max(-1, token.i - 12), -1):
            if (found := self.at(i)) is not None:
                return found.person
        return None

    def _nearest(self, token: "Token", gender: str | None, favoured: Person | None) -> Person | None:
        """The nearest person before a pronoun whose gender allows it; the last speaker and subjects first."""
        best: tuple[float, Person] | None = None
        here = self.paragraph[token.i]
        for mention in reversed(self.mentions):
            if mention.first >= token.i:
                continue
            gap = here - self.paragraph[mention.first]
            if gap > MEMORY:
                break
            if gender is not None and mention.person.gender not in (None, gender):
                continue
            score = -8.0 * gap - (token.i - mention.first) / 40
            score += (
                4.0 * (mention.person is favoured)
                + 2.0 * self._is_subject(mention)
                + 2.0 * (mention.person.gender == gender)
                + 2.0 * (" " in mention.person.name or bool(mention.person.offices))
            )
            if best is None or score > best[0]:
                best = (score, mention.person)
        if best is None:
            return None
        best[1].gender = best[1].gender or gender
        return best[1]

    def _is_subject(self, mention: Mention) -> bool:
        return any(self.doc[i].dep_.startswith("nsubj") for i in range(mention.left, mention.right))

    def _holder(self, token: "Token", office: str) -> Person | None:
        """The last person introduced with this office, for "the minister" and «министр»; else the next one."""
        determiner = any(
            c.lower_ in ("a", "an", "another", "every", "some", "no", "один", "другой")
            for c in token.children
        )
        if determiner or "Number=Plur" in str(token.morph):
            return None
        narrower = {
            plain(t.lemma_)
            for t in token.subtree
            if t.i != token.i
            and abs(t.i - token.i) < NARROW
            and t.pos_ in ("NOUN", "ADJ", "PROPN")
            and _part_of_office(t, token)
        }
        role = self._role(token)
        earlier = [m for m in reversed(self.mentions) if m.first < token.i]
        later = [m for m in self.mentions if m.first > token.i]
        for mention in [*earlier, *later]:
            for _, held in mention.person.offices:
                head = self.doc[held.head]
                words = {plain(t.lemma_) for t in self.doc[held.first : held.last]}
                same = offices.noun(head, self.lang) == office and narrower <= words
                if same or (role and " " in role and role == held.role):
                    return mention.person
        return None

    def _role(self, token: "Token") -> str:
        """The office of a bare title in English: «министр иностранных дел» is "foreign minister"."""
        last = max((t.i for t in token.subtree if t.i - token.i < NARROW), default=token.i) + 1
        end = next((t.i for t in self.doc[token.i : last] if t.is_punct), last)
        if self.lang == "ru":
            first = min((c.i for c in token.children if c.dep_ == "amod"), default=token.i)
            return offices.russian_role(self.doc, min(first, token.i), end, token.i)
        return ""

    def country(self, person: Person, at: int) -> str | None:
        """The country of a speaker's office: as the office names it, else the country the passage is about."""
        office = person.office(at)
        if office is not None and office.country:
            return office.country
        if (home := self._at_home(person)) is not None:
            return home
        place = next((i for i, o in person.offices if o == office), at)
        return self._country_in_context(place, {office.abroad} if office and office.abroad else set())

    def _country_in_context(self, at: int, excluded: set[str | None]) -> str | None:
        """The country a passage is about: named before the speaker, above all as a possessor or in an adjective."""
        here = self.paragraph[at] if at < len(self.paragraph) else 0
        sentence = self.doc[at].sent.start if at < len(self.doc) else 0
        scores: dict[str, float] = {}
        for i, code, weight in self._mentioned():
            gap = here - self.paragraph[i]
            near = 0.0
            if gap == 0:
                near = CONTEXT_WEIGHTS["sentence" if sentence <= i < at else "paragraph"]
            elif gap == 1:
                near = CONTEXT_WEIGHTS["before"]
            scores[code] = max(scores.get(code, 0.0), near * weight)
        for code, weight in self._in_title().items():
            scores[code] += CONTEXT_WEIGHTS["title"] * weight
        allowed = {code: score for code, score in scores.items() if code not in excluded}
        return max(sorted(allowed), key=lambda code: allowed[code]) if allowed else None

    def _in_title(self) -> dict[str, float]:
        """The countries of the title with their weight, those that it is about before those that a preposition adds."""
        named = sorted((-weight, i, code) for i, code, weight in self._mentioned() if self.paragraph[i] == 0)
        weights: dict[str, float] = {}
        for weight, _, code in named:
            weights.setdefault(code, -weight)
        return weights

    def _at_home(self, person: Person) -> str | None:
        """ "our finance minister", "a former premier of ours": the country that the text speaks for, if its title says."""
        ours = _words(self.lang)["pronouns"]["ours"]
        held = [t for _, o in person.offices for t in self.doc[max(0, o.first - 1) : o.last]]
        if not any(plain(t.text) in ours or plain(t.lemma_) in ours for t in held):
            return None
        return next(iter(self._in_title()), None)

    def _mentioned(self) -> list[tuple[int, str, float]]:
        """Every country named, with the weight of how: less after a preposition ("shipments to Italy")."""
        if self._countries is None:
            self._countries = [
                (first, country.code, _prominence(self.doc, first, country.kind))
                for first, _, country in offices.country_mentions(self.doc, 0, len(self.doc), self.lang)
            ]
        return self._countries


def _prominence(doc: "Doc", first: int, kind: str) -> float:
    """How much a mention makes a passage about its country."""
    oblique = first and doc[first - 1].pos_ == "ADP" and doc[first - 1].lower_ != "of"
    return (OBLIQUE if oblique else 1.0) * (ADJECTIVE if kind in ("adjective", "people") else 1.0)


def _part_of_office(token: "Token", head: "Token") -> bool:
    """A word of the title itself, not of a clause, apposition or place behind it: «министра» and «энергетики»."""
    while token.i != head.i:
        if token.dep_ not in ("amod", "compound", "nmod", "flat", "nmod:poss") or any(
            c.dep_ == "case" for c in token.children
        ):
            return False
        token = token.head
    return True


def _names_the_head(child: "Token", head: "Token") -> bool:
    """Whether a name inside a subject names the subject itself («министр ... Асликян»), not somebody in it."""
    node = child
    while node.i != head.i:
        if not (
            node.dep_ in ("appos", "flat", "flat:name", "compound", "flat:foreign")
            or node.dep_.startswith("flat")
        ):
            return False
        node = node.head
    return True


def _paragraph_of_tokens(version: Version, doc: "Doc") -> list[int]:
    ends = [p.end for p in version.paragraphs or ()]
    result, at = [], 0
    for token in doc:
        while at < len(ends) - 1 and token.idx >= ends[at]:
            at += 1
        result.append(at)
    return result


def _fuller(new: str, old: str) -> bool:
    """A form with more whole words is fuller: "Orkhan Seyidbeyli" than "O. Seyidbeyli"."""

    def weight(name: str) -> tuple[int, int]:
        words = _name_words(name)
        return sum(len(w) > 2 for w in words), len(words)

    return weight(new) > weight(old)


def _names(version: Version, doc: "Doc") -> list[tuple[int, int]]:
    """Token ranges of personal names: from the entity layer, the recogniser, and names right beside an office or a cue."""
    found: set[tuple[int, int]] = set()
    other = {
        i
        for e in version.entities or ()
        if e.type in ("LOC", "ORG", "NORP")
        and e.by != "entities.model"
        and (span := doc.char_span(e.start, e.end, alignment_mode="expand"))
        for i in range(span.start, span.end)
    }
    for ent in doc.ents:
        if ent.label_ in PERSON and not other.issuperset(range(ent.start, ent.end)):
            found.add((ent.start, ent.end))
    for entity in version.entities or ():
        if (
            entity.type == "PER"
            and (span := doc.char_span(entity.start, entity.end, alignment_mode="expand")) is not None
        ):
            found.add((span.start, span.end))
    found.update(_beside_offices(version, doc))
    surnames = {doc[b - 1].text for a, b in found if b - a > 1 and len(doc[b - 1].text) > 2}
    covered = {i for a, b in found for i in range(a, b)}
    found.update(
        (t.i, t.i + 1)
        for t in doc
        if t.text in surnames and t.i not in covered and countries.mention(t.text, version.lang) is None
    )
    found = {(a, b) for a, b in found if b - a > 1 or not _is_word(doc, a, version.lang, surnames)}
    cited = {
        i
        for c in version.citations or ()
        if (span := doc.char_span(c.start, c.end, alignment_mode="expand"))
        for i in range(span.start, span.end)
    }
    found = {(a, b) for a, b in found if a not in cited}
    trimmed = sorted({t for t in (_trimmed(doc, a, b, version.lang) for a, b in found) if t})
    kept: list[tuple[int, int]] = []
    for first, last in trimmed:
        if kept and first < kept[-1][1]:
            if last - first > kept[-1][1] - kept[-1][0]:
                kept[-1] = (first, last)
            continue
        kept.append((first, last))
    return kept


def _is_word(doc: "Doc", at: int, lang: str, surnames: set[str]) -> bool:
    """A single capitalised word that the recogniser took for a name only because it begins a sentence."""
    if lang != "ru" or doc[at].text in surnames or not doc[at].is_sent_start:
        return False
    return morphology.is_common_word(doc[at].text)


def _beside_offices(version: Version, doc: "Doc") -> list[tuple[int, int]]:
    """Names the recogniser missed or took for organisations: capitalised words after an office or before one."""
    found = []
    taken = {i for e in doc.ents if e.label_ in PERSON for i in range(e.start, e.end)}
    for token in doc:
        if (
            token.i in taken
            or not _may_be_name(token, version.lang)
            or (token.i and _may_be_name(doc[token.i - 1], version.lang))
        ):
            continue
        end = token.i + 1
        while (
            end < len(doc)
            and end - token.i < 5
            and _may_be_name(doc[end], version.lang)
            and not offices.noun(doc[end], version.lang)
        ):
            end += 1
        length = end - token.i
        after_office = (
            token.i
            and offices.noun(doc[token.i - 1], version.lang) is not None
            and doc[token.i - 1].text[:1].islower()
        )
        speaks = _speaks(doc, token.i, end, version.lang) or _owns_words(doc, end, version.lang)
        introduced = (
            1 < length < 5
            and end < len(doc)
            and doc[end].text == ","
            and offices.after(doc, end, version.lang) is not None
        )
        if version.lang == "ru" and (
            length < 2 or all(morphology.is_common_word(doc[i].text) for i in range(token.i, end))
        ):
            continue
        if (after_office and length < 5) or (1 < length < 5 and speaks) or introduced:
            found.append((token.i, end))
    return found


INSTITUTIONS = re.compile(
    r"(?i)^(ministry|bank|union|council|committee|agency|university|institute|party|press|news|group|corporation|company|commission|court|parliament|senate|congress|assembly|house|fund|organi[sz]ation|association|federation|department|office|board|bureau|centre|center|foundation|army|police|service|government|association|authority|alliance|academy|administration|league|front|movement|society|secretariat|treasury|delegation|mission|forum|network|observatory|institution|firm|mine|ministers|programme|program|project|initiative|conference|summit|commissariat|directorate|inspectorate|registry|exchange|chamber|club|airlines|airways|railways?|telecom|energy|times|post|tribune|journal|gazette|herald|republic|kingdom|state|states|embassy|министерство|банк|союз|совет|комитет|агентство|университет|институт|партия|компания|комиссия|суд|парламент|сенат|фонд|организация|федерация|департамент|пресс-служба|служба|палата|агентство|ведомство|управление|академия|альянс|движение|фронт|общество|администрация|делегация|миссия|форум|центр|музей|театр|завод|фабрика|редакция|газета|журнал|корпорация|концерн|холдинг|биржа|клуб|лига|штаб|канцелярия|посольство|консульство|епархия|церковь)$"
)


def _may_be_name(token: "Token", lang: str) -> bool:
    text = token.text
    if not (text[:1].isupper() and re.sub(r"[-’'ʼ.]", "", text).isalpha()):
        return False
    if token.is_sent_start and token.pos_ not in ("PROPN",):
        return False
    if token.ent_type_ in (
        "LOC",
        "GPE",
        "NORP",
        "DATE",
        "EVENT",
        "WORK_OF_ART",
        "LAW",
        "LANGUAGE",
        "FAC",
    ) or INSTITUTIONS.match(text):
        return False
    if offices.noun(token, lang) or plain(token.lemma_) in offices.data(lang)["former"]:
        return False
    if countries.mention(text, lang) is not None:
        return False
    return token.pos_ in ("PROPN", "NOUN", "X", "ADJ") and len(text) > 1


def _speaks(doc: "Doc", first: int, last: int, lang: str) -> bool:
    """A name that is the subject of a verb of speech and not called an organisation."""
    verbs = _words(lang)["verbs"]
    if any(doc[i].ent_type_ == "ORG" and last - first == 1 for i in range(first, last)):
        return False
    return any(
        doc[i].dep_ == "nsubj"
        and (plain(doc[i].head.lemma_) in verbs["neutral"] or plain(doc[i].head.lemma_) in verbs["naming"])
        for i in range(first, last)
    )


def _owns_words(doc: "Doc", end: int, lang: str) -> bool:
    """A possessor of a statement: "Nursultan Nazarbayev’s | statement"."""
    after = end + 1 if end < len(doc) and doc[end].text in POSSESSIVE else end
    owned = after > end or doc[end - 1].text.endswith(("ʼs", "’s"))
    return owned and after < len(doc) and plain(doc[after].lemma_) in _words(lang)["nouns"]["speech"]


def _trimmed(doc: "Doc", first: int, last: int, lang: str) -> tuple[int, int] | None:
    """A name without titles, offices, possessives and stray marks; with the name words beside it."""
    while first < last and (
        not doc[first].text[:1].isupper() or _is_title(doc, first, lang) or _honorific(doc[first], lang)
    ):
        first += 1
    while last > first and (
        not doc[last - 1].text[:1].isalpha()
        or doc[last - 1].lower_ in ("’s", "'s", "ʼs", "s")
        or (doc[last - 1].text[:1].islower() and lang == "ru")
    ):
        last -= 1
    for i in range(first, last):
        if doc[i].text in POSSESSIVE or (doc[i].is_punct and doc[i].text not in (".", "-", "’", "'", "‑")):
            last = i
            break
    while first > 0 and _extends(doc, first - 1, first, lang):
        first -= 1
    while last < len(doc) and _extends(doc, last, last - 1, lang):
        last += 1
    if (
        first >= last
        or countries.mention(doc[first:last].text, lang) is not None
        or doc[first:last].text.isdigit()
    ):
        return None
    if INSTITUTIONS.match(doc[last - 1].text) or INSTITUTIONS.match(doc[first].text):
        return None
    return first, last


def _is_title(doc: "Doc", first: int, lang: str) -> bool:
    """An office at the head of a name ("President Nkosi"), unless one stands before it: "economist Emir Hadžić"."""
    return offices.noun(doc[first], lang) is not None and not (
        first and offices.noun(doc[first - 1], lang) is not None
    )


POSSESSIVE = ("’s", "'s", "ʼs")


def _honorific(token: "Token", lang: str) -> bool:
    words = offices.data(lang)
    return token.lower_ in words["honorifics_male"] or token.lower_ in words["honorifics_female"]


def _extends(doc: "Doc", new: int, edge: int, lang: str) -> bool:
    """Whether a word beside a name is part of it: joined by the tree and able to be a name."""
    a, b = doc[new], doc[edge]
    if _honorific(a, lang):
        return False
    if lang == "ru" and new < edge and _unknown_given_name(a):
        return True
    if not _may_be_name(a, lang) or a.sent.start != b.sent.start or a.ent_type_ == "ORG" or a.pos_ != "PROPN":
        return False
    joined = a.head.i == b.i or b.head.i == a.i or a.head.i == b.head.i
    return joined and (
        a.dep_ in ("compound", "flat", "flat:name") or b.dep_ in ("compound", "flat", "flat:name")
    )


def _unknown_given_name(token: "Token") -> bool:
    """A capitalised word of no dictionary right before a surname, that the recogniser did not see: «Улаф Даль»."""
    return (
        _may_be_name(token, "ru")
        and not token.is_sent_start
        and not token.ent_type_
        and not morphology.is_common_word(token.text)
    )


def _gender(doc: "Doc", first: int, last: int, lang: str, name: str | None = None) -> str | None:
    """Masculine or feminine, from a title ("Mrs"), the nominative of a Russian name, or the verb it is subject of."""
    words = offices.data(lang)
    if first and doc[first - 1].lower_ in words["honorifics_male"]:
        return "Masc"
    if first and doc[first - 1].lower_ in words["honorifics_female"]:
        return "Fem"
    if lang != "ru":
        return None
    declined = name is not None and name != " ".join(doc[first:last].text.split())
    if declined and name is not None:
        case = next((c[0] for i in range(first, last) if (c := doc[i].morph.get("Case", []))), "Nom")
        if by_case := _gender_by_case(doc[first].text, case):
            return by_case
    parts = tuple(name.split()) if name else tuple(doc[i].text for i in range(first, last))
    return (
        _gender_of_verb(doc, first, last, surely=True)
        or _gender_of_name(parts)
        or _gender_of_verb(doc, first, last)
    )


SURNAMES = (
    ("Masc", ("ов", "ев", "ин", "ын", "ский", "цкий", "ской")),
    ("Fem", ("ова", "ева", "ина", "ына", "ская", "цкая")),
)


@lru_cache(maxsize=10_000)
def _gender_of_name(words: tuple[str, ...]) -> str | None:
    """By a known given name, by a surname with a gender ending, by the ending of the given name: «Нодира Олимхонова»."""
    given, family = words[0], words[-1]
    known = {p.tag.gender for p in morphology.analyzer().parse(given) if p.is_known and "Name" in str(p.tag)}
    if known in ({"masc"}, {"femn"}):
        return "Masc" if known == {"masc"} else "Fem"
    for gender, endings in SURNAMES:
        if (
            len(words) > 1
            and family.lower().endswith(endings)
            and not given.endswith("а" if gender == "Masc" else ".")
        ):
            return gender
    if len(words) > 1 and len(given) > 2 and given[-1] in "ая" and not known:
        return "Fem"
    return None


def _gender_of_verb(doc: "Doc", first: int, last: int, *, surely: bool = False) -> str | None:
    """By the past tense of the verb whose subject the name is: «сказала Мбеки»."""
    for i in range(first, last):
        token = doc[i]
        head = token.head if token.dep_ in ("appos", "flat", "flat:name") else token
        if head.dep_ == "nsubj" and head.head.pos_ == "VERB" and head.head.morph.get("Gender", []):
            return head.head.morph.get("Gender", [])[0]
    if surely:
        return None
    tagged = [g for i in range(first, last) for g in doc[i].morph.get("Gender", [])]
    return tagged[0] if tagged and tagged[0] in ("Masc", "Fem") else None


def nominative(doc: "Doc", first: int, last: int, office: Office | None = None) -> str:
    """The name as it stands in a dictionary of persons: «Зураба Хвистани» -> «Зураб Хвистани».

    English names are returned as they stand. An office before the name knows the case better than the name does.
    """
    surface = re.sub(r"[’'ʼ]s?$", "", doc[first:last].text)
    if doc.vocab.lang != "ru":
        return " ".join(surface.split())
    heads = [office.head] if office else []
    cases = [doc[i].morph.get("Case", []) for i in (*heads, *range(first, last)) if len(doc[i].text) > 2]
    case = next((c[0] for c in cases if c), "Nom")
    if case == "Nom" or not re.search(r"[а-яё]", surface):
        return " ".join(surface.split())
    gender = _gender_by_case(doc[first].text, case) or _gender(doc, first, last, "ru") or "Masc"
    parts = [_nominative_word(doc[i].text, case, gender) + doc[i].whitespace_ for i in range(first, last)]
    return " ".join("".join(parts).split())


def _gender_by_case(given: str, case: str) -> str | None:
    """The gender whose endings a declined given name has: «Бауыржана» and «Хальвара» in the genitive are men."""
    fits = [g for g in GENDERS if given.endswith(ENDINGS.get((case, g), ()))]
    return fits[0] if len(fits) == 1 and len(given) > 2 else None


CASES = {"Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
GENDERS = {"Masc": "masc", "Fem": "femn"}


ENDINGS = {
    ("Gen", "Masc"): ("а", "я", "ого", "его"), ("Acc", "Masc"): ("а", "я", "ого", "его"), ("Dat", "Masc"): ("у", "ю", "ому", "ему"),
    ("Ins", "Masc"): ("ом", "ем", "ым", "им"), ("Loc", "Masc"): ("е", "ом", "и"), ("Gen", "Fem"): ("ы", "и", "ой", "ей"),
    ("Acc", "Fem"): ("у", "ю"), ("Dat", "Fem"): ("е", "и", "ой", "ей"), ("Ins", "Fem"): ("ой", "ей", "ью"), ("Loc", "Fem"): ("е", "и", "ой", "ей"),
}  # fmt: skip
"""How a declined name ends in a case; a name that ends otherwise is not declined: «посла Эйде», «с Марией Тодзи»."""


@lru_cache(maxsize=10_000)
def _nominative_word(word: str, case: str, gender: str) -> str:
    """One word of a name in the nominative, hyphenated parts apart: «Казанцева-Орлова» -> «Казанцев-Орлов»."""
    if "-" in word:
        return "-".join(_nominative_word(part, case, gender) for part in word.split("-"))
    endings = ENDINGS.get((case, gender), ())
    if len(word) < 3 or "." in word or not word.endswith(endings) or not word[:1].isupper():
        return word
    wanted = {"gent", "accs"} if case in ("Gen", "Acc") else {CASES.get(case, "gent")}
    best: tuple[tuple[bool, bool, bool, float], str] | None = None
    for parse in morphology.analyzer().parse(word):
        tag = set(str(parse.tag).replace(",", " ").split())
        if not wanted & tag or "sing" not in tag or parse.tag.POS not in ("NOUN", "ADJF"):
            continue
        form = parse.inflect(
            {"nomn", "sing"} if parse.tag.POS == "NOUN" else {"nomn", "sing", GENDERS[gender]}
        )
        if form is None:
            continue
        rank = (
            "Fixd" not in tag,  # the ending is declined, so the word is
            "Name" in tag or "Surn" in tag or "Patr" in tag,
            GENDERS[gender] in tag,
            parse.score,
        )
        if best is None or rank > best[0]:
            best = (rank, form.word)
    if best is None:
        return _stripped(word, case, gender)
    return best[1][:1].upper() + best[1][1:]


HISSING = "гкхжшчщ"
VOWELS = "аеёиоуыэюя"


def _stripped(word: str, case: str, gender: str) -> str:
    """The nominative of a word that no dictionary can decline: «Чойжилжава» -> «Чойжилжав», «Аны» -> «Ана»."""
    stem, last = word[:-1], word[-1:]
    if last in "ыи" and case == "Gen":
        return stem + ("а" if last == "ы" or stem[-1:] in HISSING else "я")
    if gender == "Fem":
        if word.endswith(("ой", "ей")):
            return word[:-2] + ("а" if word.endswith("ой") else "я")
        return stem + {"е": "а", "у": "а", "ю": "я"}.get(last, last)
    if word.endswith(("ом", "ем", "ым", "им")) and case == "Ins":
        return word[:-2]
    soft = "й" if stem[-1:].lower() in VOWELS else "ь"
    return stem + {"я": soft, "ю": soft, "а": "", "у": "", "е": ""}.get(last, last)
