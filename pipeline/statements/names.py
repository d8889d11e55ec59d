"""Where the names of persons stand: from the entity layer, the recogniser, and beside offices and verbs of speech."""

import re
from typing import TYPE_CHECKING

from pipeline import countries, morphology, offices
from pipeline.document import Version
from pipeline.offices import plain
from pipeline.statements.person import speech_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PERSON = ("PER", "PERSON")


def find_names(version: Version, doc: "Doc") -> list[tuple[int, int]]:
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
    places = _tokens_of(version, doc, "LOC")
    found = {(a, b) for a, b in found if not _seat_of_an_office(doc, a, b, version.lang, places)}
    trimmed = sorted({t for t in (_trimmed(doc, a, b, version.lang) for a, b in found) if t})
    kept: list[tuple[int, int]] = []
    for first, last in trimmed:
        if kept and first < kept[-1][1]:
            if last - first > kept[-1][1] - kept[-1][0]:
                kept[-1] = (first, last)
            continue
        kept.append((first, last))
    return kept


def _tokens_of(version: Version, doc: "Doc", type: str) -> set[int]:
    spans = (
        doc.char_span(e.start, e.end, alignment_mode="expand")
        for e in version.entities or ()
        if e.type == type
    )
    return {i for span in spans if span for i in range(span.start, span.end)}


def _seat_of_an_office(doc: "Doc", first: int, last: int, lang: str, places: set[int]) -> bool:
    """ "the governor of Svay Rieng, Chhim Rithy,": what an office is of is a place, where a name follows behind a comma or
    the entity layer calls it one: "the mayor of Guaymas said"."""
    if (
        lang != "en"
        or first < 2
        or doc[first - 1].lower_ not in ("of", "for")
        or offices.noun(doc[first - 2], lang) is None
    ):
        return False
    named = last + 1 < len(doc) and doc[last].text == "," and doc[last + 1].text[:1].isupper()
    return named or first in places


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
    verbs = speech_words(lang)["verbs"]
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
    return owned and after < len(doc) and plain(doc[after].lemma_) in speech_words(lang)["nouns"]["speech"]


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
