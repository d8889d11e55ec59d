"""Where the clause under a verb of speech begins: «сказал, что | ...», "said | prices rose", "promised | to open"."""

from typing import TYPE_CHECKING

from pipeline.offices import plain
from pipeline.statements import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

GERUND_AFTER = ("admit", "recall", "remember", "acknowledge", "recollect", "describe")
"""Verbs whose gerund is told: "remembers being consoled"."""
REACH = 14
"""How many tokens may stand between a verb of speech and "that": "told reporters in Lima on Monday that"."""

NEAR_QUESTION = 6
"""The same for a question word, which has other uses further away."""
RELATIVE = ("где", "куда", "откуда", "когда", "кто", "чей", "чьи")
"""Question words that open a relative clause behind a noun: «советует Бухарест, где»."""


def is_mere_infinitive(verb: "Token", lang: str) -> bool:
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


def clause_start(verb: "Token", kinds: frozenset[str], lang: str) -> int | None:
    """The first token of the clause that a verb of speech governs: "said on Monday that | prices rose", «спросил, |
    когда откроют», "promised | to open". The conjunction is seen on the surface, so that a misread tree does no harm;
    English drops it, and then the tree must show a clause."""
    if not kinds - {"manner", "naming"} or _is_asked(verb, kinds, lang):
        return None
    conjunction = behind_conjunction(verb, lang)
    if conjunction is not None:
        return conjunction
    for child in verb.children:
        if child.dep_ == "ccomp" and lang == "en" and child.i > verb.i and _is_finite_clause(child):
            return _bare_clause_start(verb, child)
        if (
            child.dep_ in ("xcomp", "ccomp", "advcl")
            and _is_gerund(child)
            and kinds & {"denial"} | ({"denial"} if plain(verb.lemma_) in GERUND_AFTER else set())
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


def behind_conjunction(verb: "Token", lang: str) -> int | None:
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
    return verb.tag_ == "VBG" or any(c.dep_ in ("aux", "aux:pass") and c.tag_ == "VBG" for c in verb.children)


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
