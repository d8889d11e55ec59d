"""Which dates date a happening: not the date line, the years of a statistic, a citation, a plan or a holiday."""

import re
from typing import TYPE_CHECKING

from pipeline import languages
from pipeline.dates import DateMention
from pipeline.document import Date
from pipeline.events.triggers import Trigger
from pipeline.events.types import Types, lemma
from pipeline.quantities import changes
from pipeline.quantities.sentence import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Date", "candidates", "happens", "tells"]

NEVER = frozenset({"decade", "century", "dateline"})
VALUE_NEAR = 28
"""Characters between a value and the year it was measured in."""
SURE = frozenset({"absolute", "season", "half", "quarter", "months", "feast"})
"""Kinds of dates that say their year and more."""


def tells(sentence: Sentence) -> bool:
    """The sentence has dates and is none of a title, heading, list of references or keywords."""
    version = sentence.reading.version
    paragraphs = version.paragraphs or ()
    if not sentence.dates or sentence.paragraph >= len(paragraphs):
        return bool(sentence.dates)
    role = paragraphs[sentence.paragraph].role
    if _credits(sentence):
        return False
    titled = sentence.paragraph == 0 and len(paragraphs) > 1 and sentence.text[sentence.end - 1] not in ".!?…"
    return role not in ("title", "heading", "reference", "keywords") and not titled


def _credits(sentence: Sentence) -> bool:
    """ "The interview was conducted by Anna Kruis, 12 May": who made the text and when."""
    credits = languages.load(sentence.lang, "speech")["interview"]["credits"]
    return sentence.text[sentence.start : sentence.end].lower().startswith(tuple(credits))


def candidates(sentence: Sentence) -> tuple[DateMention, ...]:
    """The dates of a sentence that may date a happening."""
    line = sentence.reading.dateline
    measured = _measured(sentence)
    return tuple(
        d
        for d in sentence.dates
        if d.kind not in NEVER
        and (line is None or d.start != line[0].start)
        and d not in measured
        and not _cited(sentence, d)
    )


def _measured(sentence: Sentence) -> tuple[DateMention, ...]:
    """The dates of the values of a change, and years that follow a value at once."""
    found: list[DateMention] = []
    pairs = changes.changes(sentence) if len(sentence.numerals) > 1 else ()
    values = [(n, True) for change in pairs for n in (change.first, change.last)]
    values += [(n, False) for n in sentence.numerals if n.unit is not None or n.kind == "fraction"]
    for numeral, of_change in values:
        date = sentence.date_after(numeral.end, numeral.end + VALUE_NEAR)
        if date is None or any(numeral.end <= n.start < date.start for n in sentence.numerals):
            continue
        gap = sentence.text[numeral.end : date.start]
        if re.search("[;:)]", gap):
            continue
        if of_change or (date.date.precision in ("year", "range") and len(gap.split()) <= 3):
            found.append(date)
    if pairs:
        found += [d for d in sentence.dates if d.kind == "year" or d.date.precision == "range"]
    return tuple(found)


def _cited(sentence: Sentence, date: DateMention) -> bool:
    """The year of a citation: "[World Bank, 2017]", "(Nowak 2011, p. 4)"."""
    before = sentence.text[sentence.start : date.start]
    opened = max(before.rfind("["), before.rfind("("))
    if opened < 0 or max(before.rfind("]"), before.rfind(")")) > opened:
        return False
    if before[opened] == "[":
        return True
    return date.date.precision == "year" and re.search(r"[^\W\d_]{2,}", before[opened:]) is not None


def leans(date: DateMention) -> bool:
    """The date needs another one or the text's own, and yields to dates that say their year."""
    return date.kind not in SURE and date.kind != "year"


def happens(sentence: Sentence, date: DateMention, trigger: Trigger, types: Types) -> bool:
    """The trigger tells something that happened then."""
    token = trigger.token
    predicate = token.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "ADJ") or any(
        c.dep_ == "cop" for c in token.children
    )
    announced = date.kind == "absolute" and len(date.date.start) > 4
    if not predicate or (_ahead(sentence, date) and not announced):
        return False
    if (
        (_future(token, types) and not announced)
        or _every(sentence, date, types)
        or _born(token, types)
        or _reports(token, trigger, types)
        or _labels(token, trigger)
    ):
        return False
    if date.kind in ("absolute", "feast") and len(date.date.start) > 4:
        return True
    if date.kind in ("season", "half", "quarter", "months"):
        return trigger.known or _dynamic(token, types)
    if date.kind == "year" or (date.kind == "absolute" and len(date.date.start) == 4):
        return _year(sentence, date, trigger, types)
    return _relative(sentence, date, trigger, types)


def _ahead(sentence: Sentence, date: DateMention) -> bool:
    """Later than the day the text is dated."""
    line = sentence.reading.dateline
    return line is not None and date.date.start > line[1].isoformat()


def _year(sentence: Sentence, date: DateMention, trigger: Trigger, types: Types) -> bool:
    """A bare year dates a happening where the text says that it happened in it: "in 1993", «в 1993 г.», "(2016)"."""
    lead = _lead(sentence, date, types)
    if _belongs_to_a_noun(sentence, date, trigger):
        return False
    if (
        lead in types.not_leads
        and not _opens_a_clause(sentence, date, types)
        and not (date.date.precision == "range" and lead in types.range_leads)
    ):
        return False
    lasted = lemma(trigger.token) in types.durative
    if date.date.precision == "range" and not (trigger.known or lasted):
        return False
    opened = sentence.text[date.start - 1 : date.start] == "("
    if opened:
        return trigger.known and trigger.token.idx < date.start
    return trigger.known or lasted or _dynamic(trigger.token, types)


def _lead(sentence: Sentence, date: DateMention, types: Types) -> str:
    """The word before the date, or its own first word; "by the end of 2017" is led by "by"."""
    first = sentence.text[date.start : date.end].split()[0].lower()
    before = [t for t in sentence.before(date.start)[-5:] if t.lower_ not in types.part_of_year]
    return first if first in types.range_leads else before[-1].lower_ if before else ""


def _relative(sentence: Sentence, date: DateMention, trigger: Trigger, types: Types) -> bool:
    """A date without its year, or counted from another: to the day with any happening, else with a known one."""
    if date.kind == "deictic":
        return trigger.known and date.date.precision == "month"
    if (
        date.kind == "same"
        and date.date.precision == "year"
        and _lead(sentence, date, types) in types.not_leads
    ):
        return False
    if date.kind == "weekday" and "Pres" in trigger.token.morph.get("Tense", []):
        return False  # "the minister leaves on Monday" will be
    if date.kind == "partial" and _names_a_day(sentence, date, types):
        return False
    if date.kind == "complement" and trigger.token.pos_ == "PROPN":
        return True  # "three days after Bloody Sunday"
    if date.kind == "offset" and _spelled_out(sentence, date):
        return False
    if date.kind == "offset" and date.date.precision != "day":
        return trigger.known or (_dynamic(trigger.token, types) and not _attributive(trigger.token))
    exact = date.date.precision == "day" or date.kind in ("same", "partial_month", "following")
    if date.kind == "partial_month" and _attributive(trigger.token):
        return False
    return trigger.known or (exact and _dynamic(trigger.token, types))


def _spelled_out(sentence: Sentence, date: DateMention) -> bool:
    """ "Twenty-five years later the shield had an edge: under a treaty of 2 February 1848": the offset leads to the date."""
    return any(
        d.kind == "absolute" and d.start > date.end and d.date.start.startswith(date.date.start)
        for d in sentence.dates
    )


def _attributive(token: "Token") -> bool:
    """A participle that describes a noun tells no happening of the text's own: «кубометр, сработанный в январе»."""
    return token.dep_ in ("acl", "amod") and "Part" in token.morph.get("VerbForm", [])


def _names_a_day(sentence: Sentence, date: DateMention, types: Types) -> bool:
    """The day is spoken of, nothing happened on it: "17 September became the holiday", «объявил 31 августа днём памяти»."""
    inside = [t for t in sentence.tokens if date.start <= t.idx < date.end]
    outer = next((t for t in inside if t.head not in inside), None)
    beside = sentence.between(date.end, date.end + 15)[:1]
    if outer is not None:
        if outer.dep_ in ("nsubj", "nsubj:pass", "obj", "iobj", "root"):
            return True
        beside.append(outer.head)
    return any(lemma(t) in types.calendar for t in beside)


def _dynamic(token: "Token", types: Types) -> bool:
    """A verb in the past that tells an action, not a state."""
    if token.pos_ != "VERB" or lemma(token) in types.stative:
        return False
    tense = token.morph.get("Tense", [])
    participle = "Part" in token.morph.get("VerbForm", [])
    return "Past" in tense or participle


def _future(token: "Token", types: Types) -> bool:
    """ "will open on 5 May", "planned to take effect in 2019", «откроют в пятницу»."""
    if "Fut" in token.morph.get("Tense", []):
        return True
    if any(
        t.dep_ in ("aux", "aux:pass", "cop")
        and ({lemma(t), t.lower_} & types.future or "Fut" in t.morph.get("Tense", []))
        for t in token.children
    ):
        return True
    if any(_may_be(t, types) for t in (token, token.head)):
        return True
    return (
        token.dep_ in ("xcomp", "ccomp", "acl") and lemma(token.head) in types.planned and token.head != token
    )


def _may_be(verb: "Token", types: Types) -> bool:
    """ "may close in June", "may have to close in June"; "may have closed in June" is over, if it was."""
    marks = [t for t in verb.children if t.dep_ == "aux"]
    return any(lemma(t) in types.possible for t in marks) and not any(lemma(t) == "have" for t in marks)


def _every(sentence: Sentence, date: DateMention, types: Types) -> bool:
    """ "every January", «каждый год»."""
    before = sentence.before(date.start)[-2:]
    return any(lemma(t) in types.every for t in before)


def _born(token: "Token", types: Types) -> bool:
    """The birth of a person is biography; that of a state is an event: «родилось свободное государство»."""
    if token.lower_ not in types.born and lemma(token) not in types.born - {"bear"}:
        return False
    who = [c for c in token.children if c.dep_.startswith("nsubj")]
    return not any(c.pos_ == "NOUN" and "Anim" not in c.morph.get("Animacy", ["Anim"]) for c in who)


def _reports(token: "Token", trigger: Trigger, types: Types) -> bool:
    """ "the union reported on Sunday": the date of a statement, which has a layer of its own; "the OSCE admitted it",
    «признали независимость» is none."""
    if (
        trigger.known
        or lemma(token) not in types.reporting
        or any(c.dep_ == "compound:prt" for c in token.children)  # "wrote off its claim"
        or (lemma(token) == "date" and _dates_its_noun(token))
    ):
        return False
    taken = any(c.dep_ in ("obj", "nsubj:pass") for c in token.children)
    return lemma(token) not in types.reporting_alone or not taken


def _labels(token: "Token", trigger: Trigger) -> bool:
    """ "Date: 3 March", «Дата: 3 марта»: the word before a colon only says what the date is."""
    following = token.doc[token.i + 1 : token.i + 2]
    return token.pos_ == "NOUN" and not trigger.known and following.text == ":"


def _belongs_to_a_noun(sentence: Sentence, date: DateMention, trigger: Trigger) -> bool:
    """ "his remarks on the assembly of 1918", «высказываний о скупщине 1918 г.»: the year tells which assembly is meant,
    not when he remarked."""
    inside = [t for t in sentence.tokens if date.start <= t.idx < date.end]
    outer = next((t for t in inside if t.head not in inside), None)
    if outer is None or outer.dep_ != "nmod" or outer.head.pos_ != "NOUN" or outer.head == trigger.token:
        return False
    if outer.head.dep_.startswith("nsubj"):
        return False  # "the flood of 1931 drowned the town"
    marks = [c.lower_ for c in outer.children if c.dep_ == "case"]
    described = marks == ["of"] if sentence.lang == "en" else not marks
    return described and trigger.token.pos_ == "VERB" and len(sentence.dates) > 1


def _opens_a_clause(sentence: Sentence, date: DateMention, types: Types) -> bool:
    """ "From 1913, when a ferry linked them, the rails ran on": the clause says what happened then."""
    after = [t for t in sentence.between(date.end, date.end + 12) if not t.is_punct][:1]
    return bool(after) and after[0].lower_ in types.temporal


def _dates_its_noun(token: "Token") -> bool:
    """ "its successor, dated 6 August 1874", "the accord dates from 30 October 2000"."""
    return token.dep_ == "acl" or any(c.dep_ == "nsubj" for c in token.children)
