"""The nominative and the gender of Russian personal names."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline import lately, morphology, offices
from pipeline.offices import Office

if TYPE_CHECKING:
    from spacy.tokens import Doc


def gender_of(doc: "Doc", first: int, last: int, lang: str, name: str | None = None) -> str | None:
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


@lru_cache(maxsize=lately.WORDS)
def _gender_of_name(words: tuple[str, ...]) -> str | None:
    """By a known given name, by a surname with a gender ending, by the ending of the given name: «Нодира Олимхонова»."""
    given, family = words[0], words[-1]
    known = {p.tag.gender for p in morphology.parses(given) if p.is_known and "Name" in str(p.tag)}
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
    gender = _gender_by_case(doc[first].text, case) or gender_of(doc, first, last, "ru") or "Masc"
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


@lru_cache(maxsize=lately.WORDS)
def _nominative_word(word: str, case: str, gender: str) -> str:
    """One word of a name in the nominative, hyphenated parts apart: «Казанцева-Орлова» -> «Казанцев-Орлов»."""
    if "-" in word:
        return "-".join(_nominative_word(part, case, gender) for part in word.split("-"))
    endings = ENDINGS.get((case, gender), ())
    if len(word) < 3 or "." in word or not word.endswith(endings) or not word[:1].isupper():
        return word
    wanted = {"gent", "accs"} if case in ("Gen", "Acc") else {CASES.get(case, "gent")}
    best: tuple[tuple[bool, bool, bool, float], str] | None = None
    for parse in morphology.parses(word):
        tag = set(str(parse.tag).replace(",", " ").split())
        if not wanted & tag or "sing" not in tag or parse.tag.POS not in ("NOUN", "ADJF"):
            continue
        form = parse.inflected(
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
            best = (rank, form)
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
