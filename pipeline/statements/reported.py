"""Reported speech: clauses under a verb of speech, around a parenthesis, or beside "according to".

"She warned that prices would rise", «по мнению Орлова, цены вырастут», "the union, she adds, reminded her". A clause
with a quotation inside is mixed; so are the speaker's own words for something: «назвал договор „забором“».
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.offices import plain
from pipeline.statements import cues
from pipeline.statements.cues import Speaker
from pipeline.statements.direct import according_to
from pipeline.statements.people import Person
from pipeline.statements.quotation import Quotation
from pipeline.statements.reading import Found, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

REACH = 14
"""How many tokens may stand between a verb of speech and "that": "told reporters in Lima on Monday that"."""
NEAR_QUESTION = 6
"""The same for a question word, which has other uses further away."""
RELATIVE = ("где", "куда", "откуда", "когда", "кто", "чей", "чьи")
"""Question words that open a relative clause behind a noun: «советует Бухарест, где»."""
MODAL = ("may", "might", "could", "can", "should", "must")
NEGATIONS = ("not", "n't", "n’t", "never", "не")
SHORTEST = 2
"""Fewest words of a reported clause and of a quotation inside a clause that count as the speaker's own words."""
FEWEST_NAMING = 3
"""The same where the verb only mentions something: "spoke of a “win-win steppe”" quotes a label, no statement."""
STRETCH = 5
"""From this many words on, the words before a parenthesis are a stretch of their own even without a verb."""


def reported(reading: Reading, direct: list[Found]) -> Iterator[Found]:
    """The clauses that somebody is said to have said."""
    used = {f.cue for f in direct if f.cue is not None}
    taken: list[tuple[int, int]] = []
    last: tuple[int, Speaker] | None = None
    for token in reading.doc:
        if not reading.spoken(token.idx):
            continue
        span = (token.idx, token.idx + len(token.text))
        for found in _at(reading, token, direct, span in used):
            found = _same_speaker(found, token, last)
            if found.speaker == Speaker(token.i, token.i + 1, None):
                continue  # the verb stands for a speaker that neither tree nor context names
            if found.speaker.person is not None and found.rule == "reported.clause":
                last = (token.sent.start, found.speaker)
            if found.end > found.start and not any(
                a < found.end and found.start < b and _covers((a, b), found) for a, b in taken
            ):
                if found.speaker.person is not None:  # what nobody said must not hide what somebody did
                    taken.append((found.start, found.end))
                yield found


def _same_speaker(found: Found, verb: "Token", last: tuple[int, Speaker] | None) -> Found:
    """A further verb of speech without a subject shares that of the one before it in the sentence, whatever the tree
    says: «рассказала, что ..., а под конец добавила, что»."""
    own = any(c.dep_.startswith("nsubj") and c.i < verb.i for c in verb.children)
    if (
        last is None
        or own
        or found.speaker.person is not None
        or last[0] != verb.sent.start
        or verb.dep_.startswith("acl")
    ):
        return found
    agrees = verb.morph.get("Number", []) != ["Plur"]
    return found._replace(speaker=last[1]) if agrees and found.rule == "reported.clause" else found


def _covers(span: tuple[int, int], found: Found) -> bool:
    inter = min(span[1], found.end) - max(span[0], found.start)
    return inter > 0.6 * (found.end - found.start)


def _at(reading: Reading, token: "Token", direct: list[Found], used: bool) -> Iterator[Found]:
    kinds = cues.classes(token, reading.lang)
    if (
        not kinds
        and not _is_carrier(reading, token)
        and not cues.opens_source(token, reading.lang)
        and not _is_speech_noun(reading, token)
    ):
        return
    favoured = _last_speaker(direct, token.idx)
    if kinds and not _is_hypothetical(token) and not _is_mere_infinitive(token, reading.lang):
        negated = _says_nothing(token, kinds)
        if (clause := _clause(token, kinds, reading.lang)) is not None and not negated:
            yield from _reported_clause(reading, token, clause, direct, favoured)
        elif (
            not used
            and not negated
            and (kinds - {"naming", "manner"} or _is_as_clause(reading, token))
            and (host := _host(reading, token)) is not None
        ):
            yield from _around(reading, token, host, favoured)
        elif (
            not used
            and not negated
            and (after_colon := _after_colon(reading, token)) is not None
            and kinds & {"neutral", "hedged", "adjectives", "promise"}
        ):
            yield from _span(reading, token, after_colon, favoured, "colon")
        if not negated or kinds & {"denial"}:
            yield from _own_words(reading, token, direct, favoured)
    elif _is_carrier(reading, token) and (clause := _carried_clause(reading, token)) is not None:
        yield from _reported_clause(reading, token, clause, direct, favoured)
    elif (
        _is_carrier(reading, token)
        and (after := _after_colon(reading, token)) is not None
        and _carries(reading, token)
    ):
        yield from _span(reading, token, after, favoured, "colon")
    elif (owner := _owned_speech(reading, token, favoured)) is not None:
        yield from _nominal(reading, token, owner)
    elif not kinds and not used:
        yield from _by_adverbial(reading, token, favoured)


def _last_speaker(direct: list[Found], at: int) -> Person | None:
    earlier = [f for f in direct if f.start < at and f.speaker.person is not None]
    return max(earlier, key=lambda f: f.start).speaker.person if earlier else None


def _is_negated(verb: "Token") -> bool:
    return any(c.lower_ in NEGATIONS for c in verb.children if c.i < verb.i)


def _says_nothing(verb: "Token", kinds: frozenset[str]) -> bool:
    """A denied verb says nothing, but one of concession says it only denied: "did not rule out that"."""
    if "concession" in kinds and _is_negated(verb):
        return False
    return _is_negated(verb) or kinds == {"concession"}


def _is_hypothetical(verb: "Token") -> bool:
    """ "might say", "if he says": nothing was said."""
    return any(
        (c.dep_ == "aux" and c.lower_ in MODAL)
        or (c.dep_ == "mark" and c.lower_ in ("if", "unless", "если", "whether"))
        for c in verb.children
    )


def _is_mere_infinitive(verb: "Token", lang: str) -> bool:
    """ "declined to comment", «отказался говорить»: nothing was said; but "went on to say", «поспешил заявить»."""
    if "VerbForm=Inf" not in str(verb.morph) or any(
        c.dep_ == "aux" and c.lower_ in ("will", "would", "did", "does", "do") for c in verb.children
    ):
        return False
    pronouns = cues.words(lang)["pronouns"]
    said_after = (*pronouns["infinitive_after"], *pronouns["causative"])
    return plain(verb.head.lemma_) not in said_after or verb.head.i == verb.i


def _is_asked(verb: "Token", kinds: frozenset[str], lang: str) -> bool:
    """ "Asked which of them is forgiven, she replied that": the one asked is no speaker of the question."""
    return (
        lang == "en"
        and verb.tag_ == "VBN"
        and verb.dep_ in ("advcl", "acl", "acl:relcl", "csubj", "nsubj", "ccomp", "dep")
        and not any(c.dep_.startswith("nsubj") or c.dep_ in ("aux", "aux:pass") for c in verb.children)
    )


def _clause(verb: "Token", kinds: frozenset[str], lang: str) -> int | None:
    """The first token of the clause that a verb of speech governs: "said on Monday that | prices rose", «спросил, |
    когда откроют», "promised | to open". The conjunction is seen on the surface, so that a misread tree does no harm;
    English drops it, and then the tree must show a clause."""
    if not kinds - {"manner", "naming"} or _is_asked(verb, kinds, lang):
        return None
    conjunction = _conjunction(verb, lang)
    if conjunction is not None:
        return conjunction
    for child in verb.children:
        if child.dep_ == "ccomp" and lang == "en" and child.i > verb.i and _is_finite_clause(child):
            return _bare_clause_start(verb, child)
        if (
            child.dep_ in ("xcomp", "ccomp", "advcl")
            and _is_gerund(child)
            and kinds & {"denial"}
            | ({"denial"} if plain(verb.lemma_) in ("admit", "recall", "acknowledge") else set())
            and 0 < child.i - verb.i < 3
        ):
            return child.left_edge.i
        if (
            child.dep_ in ("xcomp", "obj")
            and child.i > verb.i
            and kinds & {"promise"}
            and "VerbForm=Inf" in str(child.morph)
        ):
            return min([child.i, *(c.i for c in child.children if c.i > verb.i)])
    return None


def _conjunction(verb: "Token", lang: str) -> int | None:
    """The token where a clause with "that", «что» or a question word begins: after the first, at the second."""
    words = cues.words(lang)["pronouns"]
    doc, end = verb.doc, verb.sent.end
    beyond = _behind_title(verb, lang)
    for i in range(beyond, min(beyond + REACH, end - 1)):
        token = doc[i]
        opens = doc[i - 1].text == "," or lang == "en"
        if token.lower_ in words["complementizers"] and opens and _is_conjunction(token, lang):
            return i + 1
        if (
            token.lower_ in words["question_words"]
            and i - verb.i <= NEAR_QUESTION
            and _asks(token, verb, lang)
        ):
            return i
        if token.text in (";", ":", "—", "“", "«", '"') or (
            token.pos_ in ("VERB", "AUX") and "VerbForm=Fin" in str(token.morph)
        ):
            return None
        if token.text == "," and lang == "ru" and not _conjunction_follows(doc, i, end, lang):
            return None
    return None


def _behind_title(verb: "Token", lang: str) -> int:
    """Where to look for "that": behind a quoted title between it and the verb, as in "argued in her essay “The Valve
    and the Vote” that", «доказывала в очерке «Вентиль и бюллетень», что»."""
    doc, end = verb.doc, verb.sent.end
    opened = next(
        (i for i in range(verb.i + 1, min(verb.i + REACH, end)) if doc[i].text in ("“", "«", '"')), None
    )
    if opened is None or any(doc[i].text in (":", ";") for i in range(verb.i + 1, opened)):
        return verb.i + 1
    closed = next(
        (i for i in range(opened + 1, min(opened + REACH, end)) if doc[i].text in ("”", "»", '"')), None
    )
    if closed is None or not doc[opened + 1].text[:1].isupper():
        return verb.i + 1
    words = cues.words(lang)["pronouns"]["complementizers"]
    return (
        closed + 1
        if any(doc[i].lower_ in words for i in range(closed + 1, min(closed + 3, end)))
        else verb.i + 1
    )


def _conjunction_follows(doc: "Doc", comma: int, end: int, lang: str) -> bool:
    """Whether a comma, or the next one after an inserted phrase, stands before «что» or a question word."""
    words = cues.words(lang)["pronouns"]
    if doc[comma + 1].lower_ in words["complementizers"] or doc[comma + 1].lower_ in words["question_words"]:
        return True
    later = range(comma + 1, min(comma + REACH, end - 1))
    return any(doc[j].text == "," and doc[j + 1].lower_ in words["complementizers"] for j in later)


def _is_conjunction(token: "Token", lang: str) -> bool:
    """ "that" before a clause, not before a noun ("said that much", "told that story")."""
    noun = token.head
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    if following.is_punct and following.text not in ("“", "«", '"', "‘", "'", "(", "—", "–", ","):
        return False
    if lang == "ru":
        return True
    return not (token.lower_ == "that" and following.text == ",") and not (
        token.dep_ == "det" and noun.i == token.i + 1 and noun.dep_ in ("obj", "obl", "iobj")
    )


def _asks(token: "Token", verb: "Token", lang: str) -> bool:
    """Whether a question word opens an indirect question: not a relative clause ("the treaty, which", "the man who"),
    and "when", "if", "where" only after verbs of asking and remembering."""
    left = token.doc[token.i - 1]
    if lang == "ru":
        antecedent = token.doc[token.i - 2]
        relative = token.lower_ in RELATIVE and antecedent.i > verb.i and antecedent.pos_ in ("NOUN", "PROPN")
        return left.text == "," and not relative
    words = cues.words(lang)["pronouns"]
    if left.text == "," or (
        left.pos_ in ("NOUN", "PROPN") and left.i > verb.i and plain(verb.lemma_) not in words["addressing"]
    ):
        return False
    return (
        token.lower_ not in ("when", "if", "where", "who", "which") or plain(verb.lemma_) in words["asking"]
    )


def _is_gerund(verb: "Token") -> bool:
    """ "denied meeting him", "denied having met him"."""
    return verb.tag_ == "VBG" or any(c.dep_ == "aux" and c.tag_ == "VBG" for c in verb.children)


def _bare_clause_start(verb: "Token", clause: "Token") -> int:
    """Where a clause without "that" begins: after the one told and after the adverbials of the verb."""
    doc, at = verb.doc, verb.i + 1
    while at < clause.i:
        child = next((c for c in verb.children if c.left_edge.i == at and c.right_edge.i < clause.i), None)
        addressed = (
            child is not None
            and child.dep_ in ("obj", "iobj")
            and plain(verb.lemma_) in cues.words("en")["pronouns"]["addressing"]
        )
        if child is None or not (
            addressed
            or child.dep_ in ("obl", "advmod", "obl:tmod", "obl:npmod", "obl:agent", "nsubj", "punct", "prep")
        ):
            break
        if child.dep_ == "nsubj" and not (child.right_edge.i < clause.left_edge.i):
            break
        at = child.right_edge.i + 1
    while at < clause.i and doc[at].is_punct and doc[at].text not in ("“", '"', "‘"):
        at += 1
    return at


def _is_finite_clause(clause: "Token") -> bool:
    """A clause with a subject of its own: "said prices rose", but not "declared himself president"."""
    verbs = [clause, *(c for c in clause.children if c.dep_ in ("aux", "aux:pass", "cop"))]
    subjects = [c for v in verbs for c in v.children if c.dep_ in ("nsubj", "nsubj:pass", "csubj", "expl")]
    return any(not c.lower_.endswith(("self", "selves")) for c in subjects)


def _reported_clause(
    reading: Reading, verb: "Token", clause: int, direct: list[Found], favoured: Person | None
) -> Iterator[Found]:
    speaker = _caused(reading, verb) or cues.speaker_of(verb, reading.people, favoured)
    start = reading.doc[clause].idx
    speaker = speaker or Speaker(verb.i, verb.i + 1, None)
    if any(f.start - 1 <= start < f.end for f in direct if not f.start <= verb.idx < f.end):
        return
    stop = _clause_end(reading, verb, clause)
    yield from _content(reading, start, stop, verb, speaker, "clause")


def _caused(reading: Reading, verb: "Token") -> Speaker | None:
    """ "led Orlov, a former envoy, to conclude that", «заставило Орлова признать, что»: the object of the main verb speaks."""
    causative = cues.words(reading.lang)["pronouns"]["causative"]
    if "VerbForm=Inf" not in str(verb.morph) or plain(verb.head.lemma_) not in causative:
        return None
    inside = reading.people.inside(verb.head.i, verb.i)
    return Speaker(inside[0].first, inside[0].last, inside[0].person) if inside else None


def _clause_end(reading: Reading, verb: "Token", first: int) -> int:
    """Where the reported clause ends: with the sentence, but before a semicolon, before what the same speaker says
    next, and before what goes on with the main verb."""
    doc, limit = reading.doc, _last_token(reading, verb)
    for i in range(first + 1, limit):
        token = doc[i]
        if reading.quoted(token.idx) != reading.quoted(doc[first].idx) and reading.quoted(token.idx):
            continue
        if token.text == ";" and not _complementizer(reading, i + 1):
            limit = i
            break
        if token.pos_ == "SPACE" and "\n\n" in token.text:
            limit = i
            break
        cut = _next_report(reading, verb, first, token) or _main_clause_goes_on(reading, verb, first, token)
        if cut:
            limit = cut
            break
    last = doc[limit - 1]
    return last.idx + len(last.text)


def _last_token(reading: Reading, verb: "Token") -> int:
    """The token after which nothing can belong to a verb: the end of its sentence or of the quotation it stands in."""
    around = reading.quotation(verb.idx)
    return min(verb.sent.end, reading.tokens(0, around.end)[1]) if around is not None else verb.sent.end


def _complementizer(reading: Reading, i: int) -> bool:
    words = cues.words(reading.lang)["pronouns"]["complementizers"]
    return any(reading.doc[j].lower_ in words for j in range(i, min(i + 2, len(reading.doc))))


def _next_report(reading: Reading, verb: "Token", first: int, token: "Token") -> int | None:
    """A second verb of speech beside the first, not under it: "... that X, | though he conceded that Y",
    «..., | добавив, что Y», "..., | adding: "Z""; where it begins."""
    kinds = cues.classes(token, reading.lang) - {"manner", "naming"}
    if not kinds or token.i == first or not _introduces_more(reading, token):
        return None
    comma = next(
        (
            i
            for i in range(token.i - 1, max(first, token.i - REACH), -1)
            if reading.doc[i].text in (",", "—", "–") and not reading.quoted(reading.doc[i].idx)
        ),
        None,
    )
    if comma is None or comma <= first:
        return None
    opener = reading.doc[comma + 1]
    own = [c for c in token.children if c.dep_ == "nsubj"]
    same = not own or own[0].pos_ == "PRON" or reading.people.at(own[0].i) is not None
    contrasted = opener.lower_ in cues.words(reading.lang)["pronouns"]["contrast"] and same
    participle = token.i - comma <= 3 and (token.tag_ == "VBG" or "VerbForm=Conv" in str(token.morph))
    return comma if contrasted or participle else None


def _introduces_more(reading: Reading, verb: "Token") -> bool:
    if _clause(verb, cues.classes(verb, reading.lang), reading.lang) is not None:
        return True
    return any(
        reading.doc[i].text in (":", "“", "«", '"') for i in range(verb.i + 1, min(verb.i + 8, verb.sent.end))
    )


def _main_clause_goes_on(reading: Reading, verb: "Token", first: int, token: "Token") -> int | None:
    """A second main verb: "he said that X | and left the hall", by the tree; after a quotation that was the whole
    clause, by the conjunction."""
    if token.dep_ == "cc" or token.pos_ == "CCONJ":
        whole = next(
            (
                q
                for q in reading.near(token.idx)
                if q.opened == reading.doc[first].idx and q.closed <= token.idx
            ),
            None,
        )
        between = reading.text[whole.closed : token.idx] if whole else "x"
        following = reading.doc[token.i + 1] if token.i + 1 < len(reading.doc) else token
        if whole and not between.strip(" ,") and following.pos_ in ("VERB", "AUX", "ADV"):
            return token.i
    if token.text == "," and _new_main_clause(reading, token):
        return token.i
    if (
        token.dep_ != "conj"
        or token.head.i != verb.i
        or token.pos_ not in ("VERB", "AUX")
        or token.i <= first
    ):
        return None
    coordinator = next((c.i for c in token.children if c.dep_ == "cc" and first < c.i < token.i), None)
    if coordinator is None or _complementizer(reading, coordinator + 1):
        return None
    return coordinator - 1 if reading.doc[coordinator - 1].text == "," else coordinator


def _new_main_clause(reading: Reading, comma: "Token") -> bool:
    """ ", and the ties were renewed": behind a that-clause a further clause with its own subject and no "that" is the
    writer's again."""
    doc = reading.doc
    if (
        comma.i + 2 >= len(doc)
        or doc[comma.i + 1].lower_ not in ("and", "и")
        or reading.quoted(comma.idx + 1)
    ):
        return False
    if _complementizer(reading, comma.i + 2):
        return False
    for token in doc[comma.i + 2 : min(comma.i + 12, comma.sent.end)]:
        if token.pos_ == "VERB" and token.dep_ in ("conj", "root", "parataxis"):
            return False
        if (
            token.dep_ in ("nsubj", "nsubj:pass")
            and token.pos_ in ("NOUN", "PROPN")
            and not reading.quoted(token.idx)
        ):
            return token.head.dep_ in ("conj", "root", "parataxis") and comma.i < token.head.left_edge.i + 3
    return False


def _content(
    reading: Reading, start: int, stop: int, verb: "Token | None", speaker: Speaker, rule: str
) -> Iterator[Found]:
    """One stretch of content, with its kind: mixed if the speaker's own words stand in it."""
    start, stop = _with_whole_quotations(reading, start, stop)
    start, stop = reading.trimmed(start, stop)
    if len(reading.text[start:stop].split()) < SHORTEST:
        return
    quotations = [q for q in reading.around(start, stop) if is_own_words(reading, q)]
    kind = "mixed" if quotations else "indirect"
    if len(quotations) == 1:
        only = quotations[0]
        outside = reading.text[start : only.opened] + reading.text[only.closed : stop]
        if not re.search(r"\w", outside):
            start, stop = reading.trimmed(only.start, only.end)
    cue = (verb.idx, verb.idx + len(verb.text)) if verb is not None else None
    yield Found(start, stop, kind, speaker, cue, f"reported.{rule}")


def _with_whole_quotations(reading: Reading, start: int, stop: int) -> tuple[int, int]:
    """A clause that cuts through a quotation takes the whole of it."""
    for q in reading.near(start):
        if q.depth == 0 and q.opened < stop < q.closed and not (q.start <= start and stop <= q.end):
            stop = q.closed
        if q.depth == 0 and q.opened < start < q.closed < stop:
            start = q.opened
    return start, stop


def is_own_words(reading: Reading, quotation: Quotation) -> bool:
    """The speaker's words rather than a name, a title or a scare quote: "called it “a fence”" against «Газпром»."""
    content = reading.text[quotation.start : quotation.end]
    words = re.findall(r"\w+", content)
    lead = reading.text[max(0, quotation.opened - 30) : quotation.opened].split()
    named = bool(lead) and plain(lead[-1].strip(",.")) in cues.words(reading.lang)["pronouns"]["so_called"]
    if named or " ".join(lead[-2:]).lower().startswith(("so called", "так называем")):
        return False
    if reading.lang == "ru":
        return not (
            content[:1].isupper() and len(words) <= 4 and bool(lead) and not lead[-1].endswith((":", ","))
        )
    return not (len(words) > 1 and all(w[:1].isupper() or len(w) < 4 for w in words))


def _host(reading: Reading, verb: "Token") -> tuple[int, int] | None:
    """The parenthesis a verb of speech makes with its subject, as tokens: "..., | she recalled |, ..."."""
    sentence = verb.sent
    preposed = next(
        (
            c
            for c in verb.children
            if c.dep_ in ("ccomp", "parataxis") and c.i < verb.i and c.right_edge.i < verb.i
        ),
        None,
    )
    as_clause = _is_as_clause(reading, verb)
    set_off = _set_off(reading, verb)
    if verb.dep_ != "parataxis" and preposed is None and not as_clause and set_off is None:
        return None
    if set_off is not None and not as_clause:
        return set_off
    own = cues.subject(verb)
    core = [verb.i, *([own.i] if own is not None and abs(own.i - verb.i) < 12 else [])]
    first, last = min(core), max(core) + 1
    mention = reading.people.at(own.i) if own is not None else None
    if mention is not None and mention.left <= verb.sent.end:
        first, last = (
            min(first, mention.left)
            if mention.left > sentence.start and mention.left > first - 14
            else first,
            max(last, mention.right),
        )
    while first > sentence.start and not _is_boundary(reading, first - 1):
        first -= 1
    while last < sentence.end and not _is_boundary(reading, last):
        last += 1
    if as_clause:
        first = min(first, next(c.i for c in verb.children if c.lower_ in ("as", "как") and c.i < verb.i))
    if first == sentence.start and not as_clause and preposed is None:
        return None
    return first, last


def _set_off(reading: Reading, verb: "Token") -> tuple[int, int] | None:
    """A verb of speech with its subject between two commas, whatever the tree says: «Денег, | признаёт министр Орлов, |
    не хватит», "The bank, | complained minister Ana Ruiz, | “sold us a lake”"."""
    doc, sentence = reading.doc, verb.sent
    first, last = verb.i, verb.i + 1
    while first > sentence.start and not _is_boundary(reading, first - 1):
        first -= 1
    while last < sentence.end and not _is_boundary(reading, last):
        last += 1
    if (
        verb.dep_ in ("acl", "acl:relcl", "amod")
        or first - 1 < sentence.start + 1
        or last + 1 >= sentence.end
        or doc[first - 1].text != ","
        or doc[last].text not in (",", "—", "–")
    ):
        return None
    if reading.quoted(doc[first - 1].idx) != reading.quoted(doc[last].idx) or _opens_clause(reading, first):
        return None
    inside = [m for m in reading.people.inside(first, last) if m.last <= verb.i or verb.i < m.first]
    own = cues.subject(verb)
    pronoun = (
        own is not None
        and first <= own.i < last
        and own.pos_ == "PRON"
        and own.lower_ not in ("who", "which", "that", "который", "которая")
    )
    office = own is not None and first <= own.i < last and reading.people.resolve(own) is not None
    beside = bool(inside) and (own is None or first <= own.i < last)
    return (first, last) if pronoun or office or beside else None


def _opens_clause(reading: Reading, first: int) -> bool:
    """A conjunction or relative pronoun opens the stretch: it is a clause, not a parenthesis."""
    token = reading.doc[first]
    return token.pos_ in ("SCONJ", "CCONJ") or token.lower_ in (
        "who",
        "which",
        "whose",
        "that",
        "as",
        "when",
        "where",
        "if",
        "who",
        "который",
        "которая",
        "которые",
        "как",
        "что",
        "чтобы",
        "когда",
        "и",
        "а",
        "но",
    )


def _is_as_clause(reading: Reading, verb: "Token") -> bool:
    """ "As Orlov put it, ...", «как заметил Орлов, ...»."""
    if plain(verb.lemma_) not in cues.words(reading.lang)["prepositions"]["put"] and not cues.classes(
        verb, reading.lang
    ) & {"neutral"}:
        return False
    return any(c.lower_ in ("as", "как") and c.i < verb.i for c in verb.children)


def _is_boundary(reading: Reading, i: int) -> bool:
    token = reading.doc[i]
    return (
        token.text in (",", ";", ":", "—", "–", "(", ")", ".", "!", "?", "…", "«", "»", "“", "”", '"')
        or token.pos_ == "SPACE"
    )


def _around(
    reading: Reading, verb: "Token", host: tuple[int, int], favoured: Person | None
) -> Iterator[Found]:
    """The clause around a parenthesis; its words before and behind are stretches where both can stand alone."""
    speaker = cues.speaker_of(verb, reading.people, favoured, within=host)
    if speaker is None:
        return
    doc, sentence = reading.doc, verb.sent
    around = reading.quotation(verb.idx)
    left, right = (
        max(sentence.start, reading.tokens(0, around.start)[1] if around else 0),
        _last_token(reading, verb),
    )
    for i in range(left, host[0] - 1):
        if doc[i].text == ";" or (doc[i].text in (":",) and not reading.quoted(doc[i].idx)):
            left = i + 1
    for i in range(host[1] + 1, right):
        if doc[i].text == ";" and not reading.quoted(doc[i].idx):
            right = i
            break
    stretches = [(left, host[0]), (host[1], right)]
    spoken = [s for s in stretches if _is_stretch(reading, *s)]
    if not spoken:
        spoken = [max(stretches, key=lambda s: s[1] - s[0])]
    for first, last in spoken:
        if last > first:
            stop = doc[last - 1].idx + len(doc[last - 1].text)
            for found in _content(reading, doc[first].idx, stop, verb, speaker, "parenthesis"):
                if not any(
                    q.start <= found.start and found.end <= q.end
                    for q in reading.near(found.start)
                    if q.depth == 0 and not reading.quoted(verb.idx)
                ):
                    yield found._replace(group=verb.idx) if len(spoken) > 1 else found


def _is_stretch(reading: Reading, first: int, last: int) -> bool:
    words = [t for t in reading.doc[first:last] if not t.is_punct and t.pos_ != "SPACE"]
    if words and words[0].lower_ in ("as", "как") and last - first < STRETCH + 4:
        return False  # «Как, пожав плечами, заметил Орлов, ...»
    has_verb = any(t.pos_ in ("VERB", "AUX") and t.dep_ not in ("amod", "acl") for t in words)
    return len(words) >= 3 and (has_verb or len(words) >= STRETCH + 2)


def _after_colon(reading: Reading, verb: "Token") -> tuple[int, int] | None:
    """«Он объяснил: дорогу закрыли»: a clause without marks behind a colon."""
    doc, last = reading.doc, _last_token(reading, verb)
    for i in range(verb.i + 1, min(verb.i + 10, last - 2)):
        if doc[i].text == ":" and not reading.quoted(doc[i].idx):
            following = doc[i + 1]
            if following.text in ("“", "«", '"', "„", "‘") or following.pos_ == "SPACE":
                return None
            return i + 1, next((j for j in range(i + 1, last) if doc[j].text == ";"), last)
        if doc[i].pos_ == "VERB":
            return None
    return None


def _span(
    reading: Reading, verb: "Token", span: tuple[int, int], favoured: Person | None, rule: str
) -> Iterator[Found]:
    speaker = cues.speaker_of(verb, reading.people, favoured)
    if speaker is None:
        return
    last = reading.doc[span[1] - 1]
    yield from _content(reading, reading.doc[span[0]].idx, last.idx + len(last.text), verb, speaker, rule)


def _own_words(
    reading: Reading, verb: "Token", direct: list[Found], favoured: Person | None
) -> Iterator[Found]:
    """The quotation a verb of naming or saying has in its clause: "called the treaty “a handrail, not a fence”"."""
    kinds = cues.classes(verb, reading.lang)
    if _clause(verb, kinds, reading.lang) is not None and not kinds & {"naming"}:
        return
    limit = _next_finite(reading, verb)
    for quotation in reading.near(verb.idx):
        if not (verb.idx < quotation.opened < limit) or reading.paragraph(
            quotation.opened
        ) != reading.paragraph(verb.idx):
            continue
        words = reading.text[quotation.start : quotation.end].split()
        spoken = any(f.start < quotation.closed and quotation.opened < f.end for f in direct)
        if (
            spoken
            or len(words)
            < (
                FEWEST_NAMING
                if plain(verb.lemma_) in cues.words(reading.lang)["pronouns"]["mentioning"]
                else SHORTEST
            )
            or not is_own_words(reading, quotation)
            or (reading.quoted(verb.idx) and quotation.depth == 0)
        ):
            continue
        speaker = cues.speaker_of(verb, reading.people, favoured)
        if speaker is not None:
            yield Found(
                *reading.trimmed(quotation.start, quotation.end),
                "mixed",
                speaker,
                (verb.idx, verb.idx + len(verb.text)),
                "reported.words",
            )
        return


def _next_finite(reading: Reading, verb: "Token") -> int:
    """Where the next clause begins, after which a quotation belongs to another verb."""
    doc = reading.doc
    for i in range(verb.i + 1, verb.sent.end):
        token = doc[i]
        if (
            token.pos_ == "VERB"
            and "VerbForm=Fin" in str(token.morph)
            and not reading.quoted(token.idx)
            and token.dep_ not in ("acl:relcl",)
        ):
            return token.idx
    last = doc[verb.sent.end - 1]
    return last.idx + len(last.text)


def _is_carrier(reading: Reading, token: "Token") -> bool:
    """ "express", «выразить» and, with "of the opinion", "be"."""
    if token.pos_ == "AUX":
        return any(t.lower_ == "of" for t in reading.doc[token.i + 1 : token.i + 3])
    return token.pos_ == "VERB" and plain(token.lemma_) in cues.words(reading.lang)["nouns"]["carriers"]


def _carries(reading: Reading, verb: "Token") -> bool:
    """A noun of opinion follows at once: «делает вывод: ...», «дала понять: ...»."""
    carried = cues.words(reading.lang)["nouns"]["carried"]
    return any(plain(t.lemma_) in carried for t in reading.doc[verb.i + 1 : min(verb.i + 4, verb.sent.end)])


def _is_speech_noun(reading: Reading, token: "Token") -> bool:
    words = cues.words(reading.lang)
    return token.pos_ == "NOUN" and (
        plain(token.lemma_) in words["nouns"]["speech"]
        or plain(token.lemma_) in words["nouns"]["carried"]
        or plain(token.lemma_) in words["prepositions"]["words"]
    )


def _owned_speech(reading: Reading, noun: "Token", favoured: Person | None) -> Speaker | None:
    """The owner of an opinion that is told: "Orlov's view", «позиция министра Орлова»."""
    if not _is_speech_noun(reading, noun) or any(c.dep_ == "case" for c in noun.children):
        return None
    for owner in noun.children:
        if owner.dep_ not in ("nmod:poss", "nmod", "poss", "compound"):
            continue
        person = reading.people.resolve(owner, favoured)
        if person is not None:
            mention = reading.people.at(owner.i)
            named = mention is not None and mention.person is person
            return (
                Speaker(mention.first, mention.last, person)
                if named and mention
                else Speaker(owner.i, owner.i + 1, person)
            )
    return None


def _nominal(reading: Reading, noun: "Token", speaker: Speaker) -> Iterator[Found]:
    """ "Orlov's view is that | prices fall", «позиция Орлова такова: | цены упадут»."""
    doc, end = reading.doc, noun.sent.end
    start = max(noun.i, speaker.last - 1) + 1
    while start < end and doc[start].text in ("’s", "'s", "ʼs"):
        start += 1
    words = cues.words(reading.lang)["pronouns"]
    for i in range(start, min(start + NEAR_QUESTION, end - 2)):
        token = doc[i]
        if (
            token.text == ":"
            and doc[i + 1].text not in ("“", "«", '"', "„", "‘")
            and doc[i + 1].pos_ != "SPACE"
        ) or (token.lower_ in words["complementizers"] and doc[i - 1].text in (",", "—", *_BE)):
            begin = i + 1
        elif token.pos_ == "VERB" or token.text in (";", ".", "“", "«", '"'):
            return
        else:
            continue
        last = doc[next((j for j in range(begin, end) if doc[j].text == ";"), end) - 1]
        for found in _content(reading, doc[begin].idx, last.idx + len(last.text), None, speaker, "noun"):
            yield found._replace(cue=(noun.idx, noun.idx + len(noun.text)))
        return


_BE = frozenset(("is", "was", "remains", "remained", "has", "been", "be"))


def _carried_clause(reading: Reading, verb: "Token") -> int | None:
    """ "expressed confidence that | prices fall", «выразил надежду, что | цены упадут»: the clause hangs on the noun."""
    carried = cues.words(reading.lang)["nouns"]["carried"]
    for noun in reading.doc[verb.i + 1 : min(verb.i + 5, verb.sent.end)]:
        if plain(noun.lemma_) in carried:
            return _conjunction(noun, reading.lang)
    return None


def _by_adverbial(reading: Reading, token: "Token", favoured: Person | None) -> Iterator[Found]:
    """ "According to Orlov, ...", «по словам Орлова, ...»: what the rest of the sentence says."""
    if not cues.opens_source(token, reading.lang):
        return
    sentence = token.sent
    found = according_to(reading, token.i, min(token.i + 12, sentence.end), favoured)
    if found is None or found[0] != token.i or found[2].person is None or reading.quoted(token.idx):
        return
    first, last, speaker = found
    while last < sentence.end and not _is_boundary(reading, last):
        last += 1
    if (
        token.i > sentence.start
        and reading.doc[token.i - 1].pos_ == "NOUN"
        and (last >= sentence.end or reading.doc[last].text != ",")
    ):
        return  # «прения по заявлению министра»: the noun before it has this complement
    doc = reading.doc
    left = max((i + 1 for i in range(sentence.start, first) if doc[i].text == ";"), default=sentence.start)
    for begin, stop in ((last, sentence.end), (left, first)):
        words = [t for t in doc[begin:stop] if t.is_alpha]
        if len(words) < 3:
            continue
        end = doc[stop - 1].idx + len(doc[stop - 1].text)
        for content in _content(reading, doc[begin].idx, end, None, speaker, "according"):
            cue = (
                doc[first].idx,
                doc[min(last, speaker.first) - 1].idx + len(doc[min(last, speaker.first) - 1].text),
            )
            if not any(q.start == content.start for q in reading.near(content.start)):
                yield content._replace(cue=cue)
            return
