"""The people of a document: every mention of a name joined to one person, with the offices the text gives them.

Speakers named by a pronoun ("she", «он») or by office alone ("the minister") are resolved to the nearest suitable person
mentioned before.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline import offices
from pipeline.document import Version
from pipeline.offices import Office, plain
from pipeline.setting import Setting
from pipeline.statements.declension import gender_of, nominative
from pipeline.statements.names import find_names
from pipeline.statements.namesakes import Namesakes
from pipeline.statements.person import Mention, Person, fuller, name_words, speech_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

MEMORY = 3
"""How many paragraphs back a pronoun or an office may point."""
NARROW = 7
"""Tokens around a title that may narrow it: "the minister of water resources"."""


class People:
    """All people of a document, findable by token."""

    def __init__(self, version: Version, doc: "Doc") -> None:
        self.doc, self.lang = doc, version.lang
        self.namesakes = Namesakes()
        self.mentions: list[Mention] = []
        self._at: dict[int, Mention] = {}
        self.setting = Setting(version, doc)
        self.paragraph = self.setting.paragraph
        for first, last in find_names(version, doc):
            self._add(first, last)
        self._name_fully()
        self._inherit()
        self._firsts = [m.first for m in self.mentions]

    def _add(self, first: int, last: int) -> None:
        before, after = offices.before(self.doc, first, self.lang), offices.after(self.doc, last, self.lang)
        name = nominative(self.doc, first, last, before)
        words = name_words(name)
        known = self.namesakes.of(words)
        person = known[-1] if known else Person(name)
        if known and fuller(name, person.name):
            person.name = name
        self.namesakes.add(person)
        told = None if before or after or person.offices else offices.predicated(self.doc, last, self.lang)
        for office in (before, after, told):
            if office is not None:
                person.offices.append((first, office))
                person.gender = person.gender or office.gender
        person.gender = person.gender or gender_of(self.doc, first, last, self.lang, name)
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
        whole: dict[Person, Person] = {}
        for short in [p for p in self.namesakes.people() if len(name_words(p.name)) == 1]:
            longer = [p for p in self.namesakes.of(name_words(short.name)) if p is not short]
            if len(longer) == 1:
                whole[short] = longer[0]
                longer[0].offices = sorted([*short.offices, *longer[0].offices], key=lambda pair: pair[0])
                self.namesakes.remove(short)

        def renamed(mention: Mention) -> Mention:
            person = mention.person
            while person in whole:
                person = whole[person]
            return mention._replace(person=person)

        self.mentions = [renamed(m) for m in self.mentions]
        self._at = {i: renamed(m) for i, m in self._at.items()}

    def _inherit(self) -> None:
        """A predecessor held the office of the one person who has an office before: "your predecessor, Ann Orr", «мой
        предшественник Орлов»."""
        for person in self.persons:
            person.offices = [(at, self._inherited(person, at, office)) for at, office in person.offices]

    def _inherited(self, person: Person, at: int, office: Office) -> Office:
        if offices.noun(self.doc[office.head], self.lang) not in offices.data(self.lang)["former"]:
            return office
        others = [p for p in self.persons if p is not person and p.offices and p.offices[0][0] < at]
        if len(others) != 1:
            return office
        held = others[0].offices[0][1]
        return office._replace(role=held.role, country=office.country or held.country)

    @property
    def persons(self) -> list[Person]:
        """Everybody, in the order of the text."""
        return self.namesakes.people()

    @cached_property
    def mentions_of(self) -> dict[Person, list[Mention]]:
        """Where each person is named."""
        found: dict[Person, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.person, []).append(mention)
        return found

    def before(self, token: int) -> Iterator[Mention]:
        """The mentions whose names begin before a token, the nearest first."""
        return (self.mentions[i] for i in range(bisect_left(self._firsts, token) - 1, -1, -1))

    def at(self, token: int) -> Mention | None:
        """The mention whose name or office covers a token."""
        return self._at.get(token)

    def inside(self, first: int, last: int) -> list[Mention]:
        """The mentions whose names lie in [first, last), in order."""
        near = self.mentions[bisect_left(self._firsts, first) : bisect_left(self._firsts, last)]
        return [m for m in near if m.last <= last]

    def by_name(self, name: str) -> Person | None:
        """The person a label such as "O. Seyidbeyli" names, if the document knows one."""
        return next(iter(self.namesakes.of(name_words(name))), None)

    def resolve(self, token: "Token", favoured: Person | None = None) -> Person | None:
        """Whom a subject means: a name, an office held by somebody named, or a pronoun."""
        mention = self.at(token.i)
        if mention is not None:
            return mention.person
        for child in token.subtree:
            found = self.at(child.i)
            if (
                found is not None
                and found.first <= child.i < found.last
                and _names_the_head(child, token, found)
            ):
                return found.person
        if plain(token.lemma_) in ("who", "который") or token.lower_ in ("who", "которая", "который"):
            return self._antecedent(token)
        words, form = speech_words(self.lang)["pronouns"], plain(token.text)
        for gender, of in (("Masc", "male"), ("Fem", "female")):
            if (token.pos_ == "PRON" and form in words[of]) or form in words[f"{of}_owner"]:
                return self._nearest(token, gender, favoured)
        office = offices.noun(token, self.lang)
        holder = self._holder(token, office) if office else None
        return holder or self._spoken_of(token, favoured)

    def _spoken_of(self, token: "Token", favoured: Person | None) -> Person | None:
        """Whom a general noun with nothing else means, «эксперт», "the official": who was named last."""
        if plain(token.lemma_) not in speech_words(self.lang)["nouns"]["general"] or "Plur" in str(
            token.morph
        ):
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
        for mention in self.before(token.i):
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
        known = offices.data(self.lang)
        status = {*known["former"], *known["then"], *known["skipped"]}
        narrower = {
            plain(t.lemma_)
            for t in token.subtree
            if t.i != token.i
            and plain(t.lemma_) not in status
            and t.lower_ not in status
            and abs(t.i - token.i) < NARROW
            and t.pos_ in ("NOUN", "ADJ", "PROPN")
            and _part_of_office(t, token)
        }
        role = self._role(token)
        holders = self._holders
        fitting = {p for p, words in holders.get(office, ()) if narrower <= words}
        if role and " " in role:
            fitting.update(p for p, _ in holders.get(role, ()))
        fitting = {p for p in fitting if not self._sits_elsewhere(p, token)}
        if not fitting:
            return None
        nearest = next((m.person for m in self.before(token.i) if m.person in fitting), None)
        later = (
            m.person for m in self.mentions[bisect_right(self._firsts, token.i) :] if m.person in fitting
        )
        return nearest or next(later, None)

    def _sits_elsewhere(self, person: Person, token: "Token") -> bool:
        """Whether all offices of a person name other places than this one: "the mayor of Guaymas" is not Plungė's."""
        seat = _proper(self.doc[token.i + 1 : min(token.right_edge.i + 1, token.i + NARROW)])
        theirs = [_proper(self.doc[held.first : held.last]) for _, held in person.offices]
        return bool(seat) and all(place and not place & seat for place in theirs)

    @cached_property
    def _holders(self) -> dict[str, list[tuple[Person, frozenset[str]]]]:
        """Who holds an office, by its noun and by its role, with the words that narrow it."""
        found: dict[str, list[tuple[Person, frozenset[str]]]] = {}
        for person in self.persons:
            for _, held in person.offices:
                words = frozenset(plain(t.lemma_) for t in self.doc[held.first : held.last])
                for name in (offices.noun(self.doc[held.head], self.lang), held.role.removeprefix("the ")):
                    found.setdefault(name or "", []).append((person, words))
        return found

    def _role(self, token: "Token") -> str:
        """The office of a bare title in English: «министр иностранных дел» is "foreign minister"."""
        last = max((t.i for t in token.subtree if t.i - token.i < NARROW), default=token.i) + 1
        end = next((t.i for t in self.doc[token.i : last] if t.is_punct), last)
        if self.lang == "ru":
            first = min((c.i for c in token.children if c.dep_ == "amod"), default=token.i)
            return offices.russian_role(self.doc, min(first, token.i), end, token.i)
        first = min((c.i for c in token.children if c.dep_ in ("amod", "compound")), default=token.i)
        return offices.english_role(self.doc, min(first, token.i), end, token.i)


def _proper(words: "Span") -> set[str]:
    return {plain(t.lemma_) for t in words if t.pos_ == "PROPN" and t.text[:1].isupper()}


def _part_of_office(token: "Token", head: "Token") -> bool:
    """A word of the title itself, not of a clause, apposition or place behind it: «министра» and «энергетики»."""
    while token.i != head.i:
        if token.dep_ not in ("amod", "compound", "nmod", "flat", "nmod:poss") or any(
            c.dep_ == "case" for c in token.children
        ):
            return False
        token = token.head
    return True


def _names_the_head(child: "Token", head: "Token", mention: Mention) -> bool:
    """Whether a name inside a subject names the subject itself («министр ... Асликян»), not somebody in it. Inside the
    office of the name the tree may hang it anywhere: «коллега, заместитель министра Асликян»."""
    node = child
    while node.i != head.i:
        within = mention.left <= node.head.i < mention.right
        if not (within or node.dep_ in ("appos", "compound") or node.dep_.startswith("flat")):
            return False
        node = node.head
    return True


__all__ = ["People", "Person"]
