"""Direct speech: quotations whose speaker stands before, between or after them.

«...», — сказал X. / "...," said X, "..." / X said: "..." / «..., — сказал X. — ...». What stands between the marks is
linked to its speaker by geometry first (colon, comma, dash), then by the verb in the words outside.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.offices import plain
from pipeline.statements import cues
from pipeline.statements.cues import Cue, Speaker
from pipeline.statements.people import Person
from pipeline.statements.quotation import Quotation
from pipeline.statements.reading import Found, Reading

AFTER = re.compile(r"(?:\s*[\[(][^\[\]()\n]{1,120}[\])])?\s*(?P<comma>,?)\s*(?P<dash>—|–|―|--|-(?=\s))?\s*")
INSERTION = re.compile(r"(?<=[,.!?…:;»“”])\s*[—–-]\s+(?=[^\W\d_])")
RESUMES = re.compile(r"[,.:;!?…]\s*[—–-]\s+")
LONGEST_FRAME = 40
"""How many tokens after a quotation its verb may stand: appositions of speakers grow long."""
NEAR = 12
"""How many tokens before a quotation its verb may stand when only a comma links them."""


class Attribution(NamedTuple):
    """Who said a quotation, by which word, and whether that stands after it."""

    speaker: Speaker
    cue: int | None
    side: str


def direct(reading: Reading) -> Iterator[Found]:
    """The quotations that somebody speaks, as stretches of direct speech."""
    spoken: dict[int, Attribution] = {}
    groups: dict[int, int] = {}
    for index, quotation in enumerate(reading.quotations):
        if not reading.spoken(quotation.opened):
            continue
        favoured = _last_speaker(reading, spoken, index)
        inserted = _insertion(reading, quotation, favoured)
        if inserted:
            attribution, stretches = inserted
            spoken[index] = attribution
            for start, end in stretches:
                yield _found(reading, start, end, attribution, "inserted", index)
            continue
        linked, group = _attributed(reading, index, spoken, favoured)
        if linked:
            spoken[index] = linked
            if group is not None:
                groups[index] = groups.setdefault(group, group)
    _fill_chains(reading, spoken, groups)
    for index, attribution in sorted(spoken.items()):
        quotation = reading.quotations[index]
        if _insertion(reading, quotation, None) is None:
            yield _found(
                reading, quotation.start, quotation.end, attribution, attribution.side, groups.get(index)
            )


def _found(
    reading: Reading, start: int, end: int, attribution: Attribution, rule: str, group: int | None
) -> Found:
    cue = None
    if attribution.cue is not None:
        token = reading.doc[attribution.cue]
        cue = (token.idx, token.idx + len(token.text))
    return Found(*reading.trimmed(start, end), "direct", attribution.speaker, cue, f"quotation.{rule}", group)


def _last_speaker(reading: Reading, spoken: dict[int, Attribution], index: int) -> Person | None:
    return next((spoken[i].speaker.person for i in range(index - 1, -1, -1) if i in spoken), None)


def _attributed(
    reading: Reading, index: int, spoken: dict[int, Attribution], favoured: Person | None
) -> tuple[Attribution | None, int | None]:
    """The attribution of one quotation, and the quotation it continues if it does."""
    quotation = reading.quotations[index]
    siblings = [
        i
        for i in reading.siblings(index)
        if i == index or i in spoken or not is_title(reading, reading.quotations[i])
    ]
    place = siblings.index(index)
    previous = siblings[place - 1] if place else None
    left = before(reading, quotation, previous, favoured)
    right = after(
        reading,
        quotation,
        siblings[place + 1] if place + 1 < len(siblings) else None,
        previous,
        spoken,
        favoured,
    )
    colon = reading.text[max(0, quotation.opened - 20) : quotation.opened].rstrip().endswith(":")
    earlier = reading.quotations[previous] if previous is not None else quotation
    last = spoken.get(previous) if previous is not None else None
    if (
        last is not None
        and last.side == "after"
        and not right
        and (left is None or left.cue == last.cue)
        and _resumes(reading, earlier, quotation)
    ):
        return last, previous
    if left and colon:
        return left, None
    if right or left:
        return right or left, None
    if _stands_alone(reading, quotation) and (continued := _continued(reading, index, spoken)):
        return continued, None
    return None, None


def _resumes(reading: Reading, first: Quotation, second: Quotation) -> bool:
    """Whether a quotation goes on after its speaker was named: `"...," said X, "..."`, `"...," said X. "..."`."""
    between = reading.text[first.closed : second.opened].rstrip()
    if between.endswith((",", "—", "–", ":", ";")):
        return True
    if not between.endswith("."):
        return False
    first_sentence = reading.sentence(first.closed + 1 if first.closed + 1 < second.opened else first.closed)
    return (
        reading.sentence(second.opened)[0] >= second.opened - 1
        and first_sentence[1] >= first.closed + len(between.rstrip()) - 1
    )


def _stands_alone(reading: Reading, quotation: Quotation) -> bool:
    """A quotation that is a whole sentence, or several."""
    if quotation.depth:
        return False
    start, _ = reading.sentence(quotation.opened)
    _, end = reading.sentence(max(quotation.opened, quotation.closed - 1))
    words = len(reading.text[quotation.start : quotation.end].split())
    return start >= quotation.opened - 1 and end <= quotation.closed + 2 and words > 3


def _continued(reading: Reading, index: int, spoken: dict[int, Attribution]) -> Attribution | None:
    """The speaker of a quotation that says none: who spoke last in this paragraph, or closed the one before."""
    here = reading.paragraph(reading.quotations[index].opened)
    for other in range(index - 1, -1, -1):
        if other not in spoken or reading.quotations[other].depth:
            continue
        gap = here - reading.paragraph(reading.quotations[other].opened)
        if gap == 0 or (gap == 1 and _only_quotations(reading, here)):
            return spoken[other]._replace(cue=None, side="continued")
        return None
    return None


def _only_quotations(reading: Reading, paragraph: int) -> bool:
    start, end = reading.paragraphs[paragraph]
    outside = reading.text[start:end]
    for q in reversed([q for q in reading.near(start) if q.depth == 0]):
        outside = outside[: q.opened - start] + outside[q.closed - start :]
    return not re.search(r"\w", outside)


def _fill_chains(reading: Reading, spoken: dict[int, Attribution], groups: dict[int, int]) -> None:
    """A quotation over several paragraphs has one speaker, named at its beginning or its end."""
    chains: dict[int, list[int]] = {}
    for index, quotation in enumerate(reading.quotations):
        if quotation.chain is not None and reading.spoken(quotation.opened):
            chains.setdefault(quotation.chain, []).append(index)
    for first, members in chains.items():
        known = next((spoken[i] for i in members if i in spoken), None)
        if known is None:
            continue
        for i in members:
            spoken.setdefault(i, known._replace(side="continued"))
            groups[i] = groups.get(first, first)


def before(
    reading: Reading, quotation: Quotation, previous: int | None, favoured: Person | None
) -> Attribution | None:
    """The speaker in front of a quotation: `X said: "..."`, `X said, "..."`, `According to X, "..."`."""
    start, _ = reading.sentence(quotation.opened)
    if previous is not None:
        start = max(start, reading.quotations[previous].closed)
    lead = reading.text[start : quotation.opened]
    if not lead.strip():
        above = quotation.opened
        while above > 0 and reading.text[above - 1].isspace():
            above -= 1
        if above == 0 or reading.text[above - 1] != ":":
            return None
        start, lead = reading.sentence(above - 1)[0], ":"
    first, last = reading.tokens(start, quotation.opened)
    tail = lead.rstrip()[-1:]
    if tail != ":" and is_title(reading, quotation):
        return None
    if tail == ":":
        return _before_colon(reading, first, last, quotation, favoured)
    if tail == ",":
        return _before_comma(reading, first, last, favoured)
    return _before_words(reading, first, last, quotation, favoured)


def _verbs(reading: Reading, first: int, last: int) -> list[int]:
    return [
        i
        for i in range(first, last)
        if cues.classes(reading.doc[i], reading.lang) - {"naming"} and not _is_negated(reading, i)
    ]


def _is_negated(reading: Reading, at: int) -> bool:
    return any(c.lower_ in ("not", "n't", "n’t", "never", "не") for c in reading.doc[at].children if c.i < at)


def _before_colon(
    reading: Reading, first: int, last: int, quotation: Quotation, favoured: Person | None
) -> Attribution | None:
    for i in reversed(_verbs(reading, first, last)):
        if speaker := cues.speaker_of(reading.doc[i], reading.people, favoured, within=(first, last)):
            return Attribution(speaker, i, "before")
    if noun := _speech_noun(reading, first, last, favoured):
        return noun
    if according := _according(reading, first, last, favoured):
        return according
    if _is_sentence(reading, quotation):
        for i in reversed([i for i in range(first, last) if reading.doc[i].pos_ in ("VERB", "AUX")]):
            speaker = cues.speaker_of(reading.doc[i], reading.people, favoured, within=(first, last))
            if speaker and speaker.person:
                return Attribution(speaker, i, "before")
        return _only_person(reading, first, last)
    return None


def _only_person(reading: Reading, first: int, last: int) -> Attribution | None:
    """ "What worries Orlov is the map: “...”": the only one named before a colon speaks the sentence behind it."""
    named = reading.people.inside(first, last)
    if len({id(m.person) for m in named}) != 1:
        return None
    return Attribution(Speaker(named[0].first, named[0].last, named[0].person), None, "before")


def is_title(reading: Reading, quotation: Quotation) -> bool:
    """The title of a work: every longer word has its capital, «Вентиль и бюллетень» stands behind a noun of writing."""
    content = reading.text[quotation.start : quotation.end]
    words = re.findall(r"[^\W\d_]+", content)
    if re.search(r"[.!?…,]\s*$", content) or len(words) < 2 or len(words) > 10:
        return False
    first, last = reading.tokens(max(0, quotation.opened - 40), quotation.opened)
    nouns = cues.words(reading.lang)["nouns"]["works"]
    behind_work = any(plain(t.lemma_) in nouns for t in reading.doc[max(first, last - 3) : last])
    if reading.lang == "en":
        return all(w[:1].isupper() or len(w) < 4 for w in words) and (behind_work or len(words) > 2)
    return behind_work and content[:1].isupper() and len(words) <= 8


def _is_sentence(reading: Reading, quotation: Quotation) -> bool:
    content = reading.text[quotation.start : quotation.end]
    return content[:1].isupper() and len(content.split()) > 2


def _before_comma(reading: Reading, first: int, last: int, favoured: Person | None) -> Attribution | None:
    verbs = [i for i in range(max(first, last - NEAR), last) if reading.doc[i].pos_ == "VERB"]
    for i in reversed(verbs):
        if cues.classes(reading.doc[i], reading.lang) - {"naming"} and not _is_negated(reading, i):
            if speaker := cues.speaker_of(reading.doc[i], reading.people, favoured, within=(first, last)):
                return Attribution(speaker, i, "before")
        elif reading.doc[i].dep_ not in ("acl", "acl:relcl", "advcl", "amod"):
            break
    return _according(reading, first, last, favoured) or _speech_noun(
        reading, max(first, last - 6), last, favoured
    )


def _before_words(
    reading: Reading, first: int, last: int, quotation: Quotation, favoured: Person | None
) -> Attribution | None:
    """`X said "It is over"`: a whole sentence in marks straight after the verb."""
    if not _is_sentence(reading, quotation) or len(reading.text[quotation.start : quotation.end].split()) < 4:
        return None
    for i in range(last - 1, max(first, last - 4) - 1, -1):
        if reading.doc[i].lower_ in cues.words(reading.lang)["pronouns"]["complementizers"]:
            return None
        if not cues.classes(reading.doc[i], reading.lang) & {"neutral", "hedged"}:
            continue
        if speaker := cues.speaker_of(reading.doc[i], reading.people, favoured, within=(first, last)):
            return Attribution(speaker, i, "before")
    return None


def _speech_noun(reading: Reading, first: int, last: int, favoured: Person | None) -> Attribution | None:
    """ "Orlov's statement, ...", «слова Орлова: ...»: a noun of speech with its owner."""
    nouns = cues.words(reading.lang)["nouns"]["speech"]
    for i in range(last - 1, first - 1, -1):
        token = reading.doc[i]
        if token.pos_ != "NOUN" or plain(token.lemma_) not in nouns:
            continue
        for owner in token.children:
            if (
                owner.dep_ in ("nmod:poss", "nmod", "poss", "obl", "compound")
                and (person := reading.people.resolve(owner, favoured)) is not None
            ):
                mention = reading.people.at(owner.i)
                span = (mention.first, mention.last) if mention else (owner.i, owner.i + 1)
                return Attribution(Speaker(*span, person), i, "before")
    return None


def _according(reading: Reading, first: int, last: int, favoured: Person | None) -> Attribution | None:
    """ "According to X, ...", «По словам X, ...»."""
    found = according_to(reading, first, last, favoured)
    return Attribution(found[2], found[0], "before") if found else None


def according_to(
    reading: Reading, first: int, last: int, favoured: Person | None
) -> tuple[int, int, Speaker] | None:
    """The adverbial that names a source: its first token, the token after its noun phrase, and the speaker."""
    phrase = cues.according(reading.doc, first, last, reading.lang)
    if phrase is None:
        return None
    start, noun = phrase
    for i in range(noun, min(last, noun + 8)):
        token = reading.doc[i]
        if (mention := reading.people.at(i)) is not None:
            return (
                start,
                max(mention.last, mention.right),
                Speaker(mention.first, mention.last, mention.person),
            )
        if token.is_punct:
            break
        if (token.pos_ in ("NOUN", "PRON") or cues.is_possessive(token, reading.lang)) and (
            person := reading.people.resolve(token, favoured)
        ) is not None:
            return start, i + 1, Speaker(i, i + 1, person)
    return start, noun, Speaker(noun, min(last, noun + 1), None)


def after(
    reading: Reading,
    quotation: Quotation,
    following: int | None,
    previous: int | None,
    spoken: dict[int, Attribution],
    favoured: Person | None,
) -> Attribution | None:
    """The speaker behind a quotation: `"...," said X`, «...», — сказал X, `"...?" X asked`, `"...," according to X`."""
    if quotation.runs_on or not _opens_speech(reading, quotation, previous, spoken):
        return None
    limit = reading.quotations[following].opened if following is not None else len(reading.text)
    if quotation.parent is not None:
        limit = min(limit, reading.quotations[quotation.parent].end)
    link = AFTER.match(reading.text, quotation.closed)
    assert link is not None
    last_mark = reading.text[quotation.end - 1 : quotation.end]
    start = link.end()
    if start >= limit:
        return None
    end = min(limit, reading.sentence(start)[1], reading.paragraphs[reading.paragraph(quotation.opened)][1])
    first, last = reading.tokens(start, end)
    last = min(last, first + LONGEST_FRAME)
    last = next((i for i in range(first, last) if reading.doc[i].text in (";", ":")), last)
    linked = bool(link["dash"] or link["comma"]) or last_mark in ",?!…"
    if link["dash"] and (signed := _signature(reading, start, quotation)) is not None:
        return signed
    if not linked:
        straight = (
            first < last
            and reading.text[start].islower()
            and cues.classes(reading.doc[first], reading.lang) & {"neutral", "manner"}
        )
        if not straight:
            return None
    elif not link["dash"] and last_mark in "?!…" and not link["comma"] and reading.text[start].isupper():
        last = min(last, first + NEAR)
    return _in_frame(reading, first, last, favoured)


def _signature(reading: Reading, start: int, quotation: Quotation) -> Attribution | None:
    """Words signed with a name, as under an epigraph: "“I am truly afraid.” — Sonya Herridge", «...» — Анна Орлова, посол."""
    first, last = reading.tokens(start, reading.paragraphs[reading.paragraph(quotation.opened)][1])
    mention = reading.people.at(first) if first < last else None
    if mention is None or mention.first != first:
        return None
    end = mention.last
    line = next(
        (i for i in range(end, last) if reading.doc[i].pos_ == "SPACE" or reading.doc[i].text in MARKED), last
    )
    told = any(reading.doc[i].pos_ in ("VERB", "AUX") for i in range(end, line))
    closed = (
        end >= last or reading.doc[end].pos_ == "SPACE" or reading.doc[end].text in (",", ".", "(", *MARKED)
    )
    if told or not closed:
        return None
    return Attribution(Speaker(mention.first, mention.last, mention.person), None, "signed")


MARKED = ("“", "«", "„", '"')


def _opens_speech(
    reading: Reading, quotation: Quotation, previous: int | None, spoken: dict[int, Attribution]
) -> bool:
    """A quotation begins speech at the start of a sentence, after a colon or comma, or where the last one was broken off."""
    region = (
        reading.quotations[quotation.parent].start
        if quotation.parent is not None
        else reading.paragraphs[reading.paragraph(quotation.opened)][0]
    )
    start = max(region, reading.sentence(quotation.opened)[0])
    if quotation.opened <= start + 1:
        return True
    lead = reading.text[start : quotation.opened].strip()
    if not re.search(r"\w", lead):
        return True
    return lead[-1] in ":,—–" or (previous in spoken and reading.quotations[previous].closed >= start)


def _in_frame(reading: Reading, first: int, last: int, favoured: Person | None) -> Attribution | None:
    """The verb and its speaker in the words behind a quotation."""
    for i in _verbs(reading, first, last):
        if speaker := cues.speaker_of(reading.doc[i], reading.people, favoured, within=(first, last)):
            return Attribution(speaker, i, "after")
    if (found := according_to(reading, first, min(last, first + 4), favoured)) is not None:
        return Attribution(found[2], found[0], "after")
    verb = next((i for i in range(first, min(last, first + 3)) if reading.doc[i].pos_ == "VERB"), None)
    if verb is not None:
        speaker = cues.beside(reading.doc[verb], reading.people, favoured, (first, last))
        if speaker and speaker.person and reading.doc[speaker.first].pos_ != "PRON":
            return Attribution(speaker, verb, "after")
    return None


def _insertion(
    reading: Reading, quotation: Quotation, favoured: Person | None
) -> tuple[Attribution, list[tuple[int, int]]] | None:
    """Russian puts the speaker inside the marks: «Дорога есть, — сказал министр. — Нет машин»."""
    if reading.lang != "ru" and reading.text[quotation.opened] != "«":
        return None
    attribution: Attribution | None = None
    stretches: list[tuple[int, int]] = []
    at = quotation.start
    for match in INSERTION.finditer(reading.text, quotation.start, quotation.end):
        if match.start() < at or _nested(reading, quotation, match.start()):
            continue
        resumed = RESUMES.search(reading.text, match.end(), quotation.end)
        end = resumed.start() + 1 if resumed else quotation.end
        found = _author_words(reading, *reading.tokens(match.end(), end), favoured)
        if found is None:
            continue
        attribution = attribution or found
        stretches.append((at, match.start()))
        at = resumed.end() if resumed else quotation.end
    if attribution is None:
        return None
    if at < quotation.end:
        stretches.append((at, quotation.end))
    return attribution, [s for s in stretches if re.search(r"\w", reading.text[s[0] : s[1]])]


def _nested(reading: Reading, quotation: Quotation, at: int) -> bool:
    return any(q.opened <= at < q.closed for q in reading.near(at) if q.depth == quotation.depth + 1)


def _author_words(reading: Reading, first: int, last: int, favoured: Person | None) -> Attribution | None:
    """Words of the author begin with the verb, or with the speaker and the verb; they are no long sentence."""
    if first >= last or last - first > LONGEST_FRAME:
        return None
    for i in range(first, min(last, first + 5)):
        if cues.classes(reading.doc[i], reading.lang) - {"naming"}:
            speaker = cues.beside(reading.doc[i], reading.people, favoured, (first, last)) or cues.speaker_of(
                reading.doc[i], reading.people, favoured, within=(first, last)
            )
            if speaker:
                return Attribution(speaker, i, "inserted")
    verb = first if reading.doc[first].pos_ == "VERB" else None
    if verb is not None:
        speaker = cues.beside(reading.doc[verb], reading.people, favoured, (first, last))
        if speaker and speaker.person and reading.doc[speaker.first].pos_ != "PRON":
            return Attribution(speaker, verb, "inserted")
    return None


def dashed(reading: Reading) -> Iterator[Found]:
    """Speech without marks: a paragraph that begins with a dash, «— Дорога есть, — сказал министр Орлов. — Нет машин»."""
    for index, (start, end) in enumerate(reading.paragraphs):
        opened = re.match(r"[—–-]\s+", reading.text[start : start + 4])
        if opened is None or reading.roles[index] not in ("body",):
            continue
        whole = Quotation(start, start + opened.end(), end, end, -1, None)
        found = _insertion(reading, whole, None)
        if found:
            attribution, stretches = found
            for first, last in stretches:
                yield _found(reading, first, last, attribution, "dash", start if len(stretches) > 1 else None)


__all__ = ["Cue", "according_to", "dashed", "direct"]
