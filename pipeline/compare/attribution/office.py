"""One person, introduced by another office on each side: "former foreign minister Orlov", «бывший посол Орлов»."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline import offices
from pipeline.compare import contrasts, headwords, translations
from pipeline.compare.attribution import callings
from pipeline.compare.attribution.rendering import AKIN, FIRM, kinship, knowledge, met, unlike
from pipeline.compare.attribution.speakers import UNLIKE
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side, Word
from pipeline.compare.sound import apart
from pipeline.compare.sources import Sources
from pipeline.document import Difference, Span
from pipeline.offices import Office
from pipeline.offices.nouns import POSSESSIVES

if TYPE_CHECKING:
    from spacy.tokens import Doc

BY = "attribution"
OFFICE, EXCLUDED = 0.75, 1.2
"""Confidence of another office of one person, and how much surer it is where nobody is called both: planted differences, see tests/test_compare_injection.py."""


def compare(pair: Pair, read: Sources) -> Iterator[Difference]:
    """One person, introduced by another office on each side: "former foreign minister", «бывший посол»."""
    ours, theirs = _introduced(pair.en, read), _introduced(pair.ru, read)
    for name, every in ours.items():
        for other, there in theirs.items():
            if not _same_name(name, other) or not (found := _surest(pair, every, there)):
                continue
            sure, a, b = found
            yield difference(
                "attribution",
                _words_span(pair.en, a),
                _words_span(pair.ru, b),
                OFFICE * sure * pair.sure,
                f"{name} is {a.role} in the {pair.en.called}, {b.role} in the {pair.ru.which} one.",
                change="office",
                role_en=a.role,
                role_ru=b.role,
            )


def _surest(pair: Pair, ours: list[Office], theirs: list[Office]) -> tuple[float, Office, Office] | None:
    """Two offices that differ: one of the side that gives fewer, which is none that the other side gives ("Colonel Weiss, head of the
    guard", «начальник охраны Вайс»)."""
    swapped = len(theirs) < len(ours)
    few, many = (theirs, ours) if swapped else (ours, theirs)
    for a in few:
        compared = [(_other_office(pair, *((b, a) if swapped else (a, b))), b) for b in many]
        if all(sure for sure, _ in compared):
            sure, b = compared[0]
            return (sure, b, a) if swapped else (sure, a, b)
    return None


def _introduced(side: Side, read: Sources) -> dict[str, list[Office]]:
    """The people a side introduces by offices or a calling, before the name and after it."""
    reading = read.readings[side.version.side]
    if not side.words:
        return {}
    first, last = side.words[0].token.i, side.words[-1].token.i + 1
    found: dict[str, list[Office]] = {}
    for mention in reading.people.inside(first, last):
        around = (
            offices.before(reading.doc, mention.first, side.lang),
            offices.after(reading.doc, mention.last, side.lang),
        )
        given = [o for o in around if o] or [o for o in (_calling(reading.doc, mention.first),) if o]
        given = [o for o in given if _agree(reading.doc, o.head, mention.first)]
        if given and mention.person is not None:
            found.setdefault(mention.person.name, given)
    return found


def _agree(doc: "Doc", office: int, name: int) -> bool:
    """The office stands in the case of the name: «заявил послу Орлов» is no ambassador Orlov."""
    cases = doc[office].morph.get("Case", []), doc[name].morph.get("Case", [])
    return doc[name].i < office or not all(cases) or cases[0] == cases[1]


def _calling(doc: "Doc", name: int) -> Office | None:
    """The noun right before a name, which no list of offices need know: "the psychiatrist Hasan", «социолог Хасан»."""
    if not name or doc[name - 1].pos_ != "NOUN" or doc[name - 1].lemma_.lower() in TITLES:
        return None
    return Office(name - 1, name, name - 1, doc[name - 1].lemma_.lower(), None, former=False, gender=None)


TITLES = frozenset({"dr", "dr.", "prof", "prof.", "доктор", "д-р", "проф", "проф."})
"""Degrees stand beside any office: "Dr Watson, a consultant anaesthetist", «доктор Уотсон»."""


def _same_name(en: str, ru: str) -> bool:
    a, b = en.split(), ru.split()
    return bool(a and b) and not apart(a[-1], b[-1])


def _other_office(pair: Pair, a: Office, b: Office) -> float:
    """How sure the two offices are different ones: by their nouns, not by what those govern."""
    en, ru = _place(pair.en, a.head), _place(pair.ru, b.head)
    if en is None or ru is None or (a.role and b.role and _said(a) == _said(b)):
        return 0.0
    if _other_rank(a, b):
        return EXCLUDED
    person = pair.ru.words[ru].token.morph.get("Animacy", []) != ["Inan"]
    if _one_post(pair, a, b) or _several(pair, a, b) or _both_lead(a, b) or _also_called(pair, en, b):
        return 0.0
    if headwords.phrases(_words(pair.en, a), _words(pair.ru, b)):
        return 0.0  # "chief of staff", «глава аппарата»
    exclusive = callings.exclusive(pair, en, ru) and not callings.alike(pair, en, ru)
    if person and exclusive and pair.match("en", en) != ru:
        return EXCLUDED
    if pair.match("en", en) == ru or _inner(pair, a, b):
        return EXCLUDED if _premier(a) != _premier(b) else _other_field(pair, a, b)
    if pair.explained("en", en) or pair.explained("ru", ru):
        return 0.0
    if callings.alike(pair, en, ru):
        return 0.0
    return max(knowledge(pair, en, ru), UNLIKE if _other_calling(pair, a, b, en, ru) else 0.0)


def _one_post(pair: Pair, a: Office, b: Office) -> bool:
    """One general office of one body, told more fully by one: "deputy Asia director of the fund", «заместитель директора
    фонда»."""
    en, ru = _post(a), _post(b)
    there = {n for n, w in enumerate(pair.ru.words) if b.first <= w.token.i < b.last}
    return (
        bool(en and ru)
        and (en[0], en[-1]) == (ru[0], ru[-1])
        and any(
            pair.match("en", n) in there
            for n, w in enumerate(pair.en.words)
            if a.first <= w.token.i < a.last and w.lemma not in callings.general("en") and w.content
        )
    )


def _several(pair: Pair, a: Office, b: Office) -> bool:
    """One of several callings of one person is rendered: "product manager and engineer", «менеджер и инженер»."""
    there = {n for n, w in enumerate(pair.ru.words) if b.first <= w.token.i < b.last}
    shared = any(
        w.content and met(pair, "en", n) in there
        for n, w in enumerate(pair.en.words)
        if a.first <= w.token.i < a.last
    )
    return shared and bool(AND.search(a.role) or AND.search(b.role))


AND = re.compile(r"\b(?:and|и)\b")


def _both_lead(a: Office, b: Office) -> bool:
    """The first man of a firm or a fund has no fixed title: "chief executive", «президент», «глава компании»; nor have those who
    head a part of it: "deputy manager", «заместитель начальника»."""
    roles = a.role.lower(), b.role.lower()
    if all(RUNS.match(role) for role in roles):
        return roles[0].startswith("deputy") == roles[1].startswith("deputy")
    return any(LEADS.search(role) for role in roles) and all(LEADS.search(r) or HEADS.match(r) for r in roles)


LEADS = re.compile(
    r"\b(?:chief executive|managing director|executive director|general (?:director|manager)|ceo)\b"
)
HEADS = re.compile(r"(?:director|president|head|chair|chief|manager|chairman|chairwoman)\b")
RUNS = re.compile(r"(?:first )?(?:deputy )?(?:director|head|chief|manager)\b(?! of staff)")


def _post(office: Office) -> list[str]:
    """The words of a role up to the general noun that it is: "first deputy head" of whatever it be."""
    role = re.sub(r"(?<=chair)(?:wo)?man\b", "", office.role.lower())
    words = re.split(r" of | \(", role)[0].split()
    last = max(
        (n for n, w in enumerate(words, 1) if w in callings.general("en") and w != "deputy"), default=0
    )
    first = next((n for n, w in enumerate(words) if w in RANKS or w in callings.general("en")), 0)
    return words[first:last]


RANKS = frozenset({"first", "second", "senior", "deputy", "vice", "assistant", "acting"})


def _also_called(pair: Pair, en: int, b: Office) -> bool:
    """The English office is rendered beside the Russian one: «губернатор штата, представитель партии Джастис»."""
    there = pair.match("en", en)
    return there is not None and 0 < b.first - pair.ru.words[there].token.i <= BESIDE


BESIDE = 6
"""Tokens before an office in which another one of the same person may stand."""


def _other_calling(pair: Pair, a: Office, b: Office, en: int, ru: int) -> bool:
    """Two nouns that are unlike and stand for all that differs: a compound may have one word for it ("teacher trainer")."""
    left_en = [n for n in _inside(pair.en, a) if met(pair, "en", n) is None]
    left_ru = [n for n in _inside(pair.ru, b) if met(pair, "ru", n) is None]
    return left_en == [en] and left_ru == [ru] and unlike(pair, en, ru)


def _inner(pair: Pair, a: Office, b: Office) -> bool:
    """The parses call different words of one office its head ("deputy minister", «заместитель министра»)."""
    en, ru = _place(pair.en, a.head), _place(pair.ru, b.head)
    if en is None or ru is None:
        return False
    return met(pair, "en", en) in _inside(pair.ru, b) and met(pair, "ru", ru) in _inside(pair.en, a)


def _said(office: Office) -> set[str]:
    """The words of a role in any order: "vice-minister of transport", "vice transport minister"."""
    return {*_plain(office).split()} - {"of", "the", "for"}


def _plain(office: Office) -> str:
    return office.role.lower().replace("-", " ")


def _other_rank(a: Office, b: Office) -> bool:
    """Whoever holds an office and who deputises for him: "vice president", «президент»."""
    ours, theirs = _plain(a).split(), _plain(b).split()
    deputy = [bool(DEPUTIES & {*words}) for words in (ours, theirs)]
    heads = [w for w in ours if w not in DEPUTIES], [w for w in theirs if w not in DEPUTIES]
    return deputy[0] != deputy[1] and heads[0] == heads[1]


DEPUTIES = frozenset({"deputy", "vice"})


def _premier(office: Office) -> bool:
    return bool({"prime", "premier", "chancellor"} & {*_plain(office).split()})


def _other_field(pair: Pair, a: Office, b: Office) -> float:
    """One office, another field: "deputy economy minister", «заместитель министра финансов»."""
    en = [n for n in _inside(pair.en, a) if met(pair, "en", n) is None and not _owner(pair.en, n)]
    ru = [
        n for n in _inside(pair.ru, b) if met(pair, "ru", n) is None and pair.ru.words[n].lemma not in EMPTY
    ]
    if len(en) != 1 or len(ru) != 1:
        return 0.0
    if "ADJ" in (pair.en.words[en[0]].token.pos_, pair.ru.words[ru[0]].token.pos_):
        return 0.0  # "a retired ambassador", «бывший посол»
    if _same_kind(pair, en[0], ru[0]) or (_by_training(pair.en, en[0]) and _by_training(pair.ru, ru[0])):
        return 0.0
    if contrasts.alike(pair, "terminology", en[0], ru[0]):
        return 0.0
    if kinship(pair.en.words[en[0]], pair.ru.words[ru[0]]) >= AKIN:
        return 0.0
    firm = (
        translations.firmness(pair.en.words[en[0]].stem, pair.en.lang),
        translations.firmness(pair.ru.words[ru[0]].stem, pair.ru.lang),
    )
    return FIELD if min(firm) >= FIELD_FIRM and max(firm) >= FIRM else 0.0


def _owner(side: Side, place: int) -> bool:
    """Whose office it is: "the country's peace commissioner"."""
    return any(c.dep_ == "case" and c.text in POSSESSIVES for c in side.words[place].token.children)


EMPTY = frozenset({"вопрос", "дело", "часть", "область", "сфера"})
"""Words that only join a field to its office: «комиссар по вопросам мира»."""


def _by_training(side: Side, place: int) -> bool:
    """ "An engineer by training", «инженер по образованию»: how somebody came to a calling, not which one."""
    return any(c.lower_ in ("by", "по") for c in side.words[place].token.children if c.dep_ == "case")


def _same_kind(pair: Pair, en: int, ru: int) -> bool:
    """What stands with the two nouns is the same, and no place: "audit bureau", «счётная палата»."""
    index = {w.token.i: n for n, w in enumerate(pair.en.words)}
    there = {c.i for c in pair.ru.words[ru].token.children}
    return any(
        pair.ru.words[rendering].token.i in there
        for c in pair.en.words[en].token.children
        if c.i in index and c.pos_ in KINDS and not c.text[:1].isupper()
        if (rendering := met(pair, "en", index[c.i])) is not None
    )


KINDS = frozenset({"NOUN", "ADJ"})


FIELD, FIELD_FIRM = 0.85, 0.2


def _inside(side: Side, office: Office) -> list[int]:
    return [
        n
        for n, w in enumerate(side.words)
        if office.first <= w.token.i < office.last and w.token.pos_ in KINDS
    ]


def _place(side: Side, token: int) -> int | None:
    return next((n for n, w in enumerate(side.words) if w.token.i == token), None)


def _words_span(side: Side, office: Office) -> Span:
    inside = _words(side, office)
    return evidence(side.version, inside[0].start, inside[-1].end, BY)


def _words(side: Side, office: Office) -> list[Word]:
    return [w for w in side.words if office.first <= w.token.i < office.last]
