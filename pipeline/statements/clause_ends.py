"""Where a reported clause ends: with its sentence, or before what the writer says again."""

from typing import TYPE_CHECKING

from pipeline.statements import cues
from pipeline.statements.clauses import REACH, clause_start
from pipeline.statements.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token


def clause_end(reading: Reading, verb: "Token", first: int) -> int:
    """Where the reported clause ends: with the sentence, but before a semicolon, before what the same speaker says
    next, and before what goes on with the main verb."""
    doc, limit = reading.doc, last_token(reading, verb)
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


def last_token(reading: Reading, verb: "Token") -> int:
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
    if clause_start(verb, cues.classes(verb, reading.lang), reading.lang) is not None:
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
