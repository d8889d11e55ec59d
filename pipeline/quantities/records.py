"""From what a sentence says to `Quantity` records: span, indicator, countries, unit, period, check."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from pipeline import languages
from pipeline.dates import DateMention
from pipeline.document import Quantity
from pipeline.numerals import Numeral
from pipeline.quantities import changes, subjects
from pipeline.quantities.arithmetic import recheck
from pipeline.quantities.changes import Change
from pipeline.quantities.sentence import Reading, Sentence
from pipeline.quantities.subjects import Countries, Phrase, Topic
from pipeline.setting import STATED

BY = "quantities"
DATE_NEAR = 28
"""Characters after a value within which its date stands ("31 million liters in 2022")."""
NOT_A_LEVEL = frozenset({"days", "weeks", "months", "years", "hours", "minutes", "pp", "points"})
"""Units whose bare values are durations or differences, not levels of an indicator."""


class Inherited(NamedTuple):
    """What an elliptical clause takes from the one before it: "by 37% with Kazakhstan (from ... to ...)"."""

    indicator: str | None = None
    subject: str | None = None
    sure: float | None = None
    period: str | None = None
    sentence: int = -1


def records(reading: Reading) -> Iterator[Quantity]:
    topic = Topic(reading)
    for sentence in reading.sentences():
        if not sentence.numerals:
            continue
        before = Inherited()
        found = changes.changes(sentence)
        taken = {n for change in found for n in (change.first, change.last, change.stated)}
        items: list[tuple[int, Change | Numeral]] = [(_earliest(change), change) for change in found]
        items += [(n.start, n) for n in sentence.numerals if n not in taken and _worth(sentence, n)]
        floor = sentence.start
        for _, item in sorted(items, key=lambda each: each[0]):
            if isinstance(item, Change):
                quantity = _change(sentence, item, topic, before, floor)
            else:
                quantity = _level(sentence, item, topic, before, floor)
            floor = max(floor, quantity.end)
            before = Inherited(
                quantity.indicator,
                quantity.subject,
                quantity.subject_confidence,
                quantity.period,
                sentence.start,
            )
            yield quantity


def _earliest(change: Change) -> int:
    return min(change.start, change.stated.start) if change.stated else change.start


def _worth(sentence: Sentence, numeral: Numeral) -> bool:
    """A value with a unit, or a change stated without its values."""
    if numeral.kind == "cardinal" and numeral.unit is not None:
        return numeral.unit not in NOT_A_LEVEL or changes.states_change(sentence, numeral)
    return numeral.kind in ("multiple", "fraction") and _moves(sentence, numeral)


def _moves(sentence: Sentence, numeral: Numeral) -> bool:
    near = sentence.between(numeral.start - 40, numeral.end + 25)
    return any(changes.direction(t, sentence.lang) for t in near)


def _change(sentence: Sentence, change: Change, topic: Topic, before: Inherited, floor: int) -> Quantity:
    way = changes.sign(sentence, change)
    phrase, indicator = _indicator(sentence, change, floor)
    first = _earliest(change)
    inherits = phrase is None
    start = _span_start(sentence, change, phrase, floor)
    end = _span_end(sentence, change)
    if inherits:
        indicator = before.indicator or indicator
    named = Phrase(start if phrase is None else min(start, phrase.start), end)
    who, sure = _whose(sentence, named, indicator or "", topic, before if inherits else None)
    if who.subject is None and before.subject not in (None, who.counterpart):
        who, sure = who._replace(subject=before.subject), before.sure
    elif who.subject is None and (about := topic.country(sentence, first, indicator or "", who.counterpart)):
        who, sure = who._replace(subject=about.country), about.confidence
    pct = pp = None
    if change.stated is not None:
        pct, pp = changes.stated_change(sentence, change.stated, way)
    quantity = Quantity(
        start=start,
        end=end,
        text=sentence.text[start:end],
        by=BY,
        indicator=indicator,
        subject=who.subject,
        subject_confidence=sure if who.subject else None,
        counterpart=who.counterpart,
        from_=str(change.first.value),
        to=str(change.last.value),
        unit=change.first.unit or change.last.unit or _counted(indicator, sentence.lang),
        change_pct=pct,
        change_pp=pp,
        period=_period(sentence, change) or before.period,
    )
    return msgspec.structs.replace(quantity, check=recheck(quantity))


def _whose(
    sentence: Sentence, phrase: Phrase, indicator: str, topic: Topic, before: Inherited | None
) -> tuple[Countries, float | None]:
    """What the words say of whose a change is, and how sure that is; an elliptical clause goes on about the one before."""
    named = subjects.countries(sentence, phrase.start, phrase.end)
    if before and before.subject and named.subject in (None, before.subject):
        return named._replace(subject=before.subject), before.sure
    who = topic.sides(sentence, phrase, indicator, named)
    said = who.subject in named or topic.is_ours(sentence, phrase)
    return who, STATED if said else topic.confidence(who.subject)


def _indicator(sentence: Sentence, change: Change, floor: int) -> tuple[Phrase | None, str | None]:
    """The phrase that the clause opens with, and the name of what changed; no phrase where the clause is elliptical."""
    verb = change.verb
    if verb is not None and verb.idx >= floor:
        phrase = subjects.subject_phrase(sentence, verb, max(change.start, verb.idx + 1), floor)
        thing = subjects.object_phrase(sentence, verb, change.start)
        if phrase is not None:
            return phrase, _named(sentence, thing or phrase)
    clause = subjects.clause(sentence, change.start, floor)
    words = [t for t in sentence.between(clause.start, clause.end) if t.pos_ in ("NOUN", "PROPN")]
    outside = [t for t in words if not changes.direction(t, sentence.lang)]
    elliptical = verb is None or verb.idx < floor
    if not outside or (elliptical and _opens_with_preposition(sentence, clause, change)):
        return None, None
    return clause, _named(sentence, Phrase(clause.start, outside[-1].idx + len(outside[-1].text)))


def _opens_with_preposition(sentence: Sentence, clause: Phrase, change: Change) -> bool:
    """ "by 37% with Kazakhstan (from": nothing there can be the name of what changed."""
    first = next(
        (t for t in sentence.between(clause.start, clause.end) if not t.is_punct and t.pos_ != "CCONJ"), None
    )
    return (
        first is None
        or first.pos_ in ("ADP", "NUM")
        or (change.stated is not None and first.idx >= change.stated.start)
    )


def _named(sentence: Sentence, phrase: Phrase) -> str:
    name = sentence.text[phrase.start : phrase.end].strip(" ,;:—–\n")
    name = re.sub(r"\s+", " ", name)
    return re.sub(r"^(?:The|the|A|a|An|an) ", "", name)


def _span_start(sentence: Sentence, change: Change, phrase: Phrase | None, floor: int) -> int:
    """From the phrase that rose or fell, else from the stated change or the value that comes first."""
    if phrase is None:
        return _earliest(change)
    start = min(phrase.start, _earliest(change))
    return max(start, floor)


def _span_end(sentence: Sentence, change: Change) -> int:
    """To the end of the last value, its date, or the stated change; with the bracket that the values stand in."""
    end = max(change.end, change.stated.end if change.stated else 0)
    end = max(
        end, *(d.end for d in (_dated(sentence, change.last), _dated(sentence, change.first)) if d), end
    )
    opened = sentence.text.count("(", change.start - 25, end)
    if sentence.text[end : end + 1] == ")" and opened:
        end += 1
    return end


def _dated(sentence: Sentence, numeral: Numeral) -> DateMention | None:
    """The date that follows a value at once: "31 million liters in 2022"."""
    date = sentence.date_after(numeral.end, numeral.end + DATE_NEAR)
    if date is None or any(numeral.end <= n.start < date.start for n in sentence.numerals):
        return None
    return None if re.search("[;)]", sentence.text[numeral.end : date.start]) else date


def _period(sentence: Sentence, change: Change) -> str | None:
    """The years of the two values, or the range that the sentence gives: "2014-2016"."""
    first, last = _dated(sentence, change.first), _dated(sentence, change.last)
    if first is not None and first is not last and last is not None:
        return _between(first.date.start, last.date.end)
    span = _nearest_range(sentence, change)
    if span is not None:
        return _between(span.date.start, span.date.end)
    one = first or last or _opening(sentence, change)
    if (
        first is None
        and last is not None
        and (opening := _opening(sentence, change))
        and opening.date.start < last.date.start
    ):
        return _between(opening.date.start, last.date.end)
    return None if one is None else _between(one.date.start, one.date.end)


def _between(start: str, end: str) -> str:
    """ "2014-2016"; months and days of one year as an ISO interval "2023-01/2023-06"."""
    if start == end:
        return start
    return f"{start[:4]}-{end[:4]}" if start[:4] != end[:4] else f"{start}/{end}"


def _nearest_range(sentence: Sentence, change: Change) -> DateMention | None:
    ranges = [d for d in sentence.dates if d.date.precision == "range"]
    return min(ranges, key=lambda d: abs(d.start - change.start), default=None)


def _opening(sentence: Sentence, change: Change) -> DateMention | None:
    """The last date before the values: "In 2020 sales fell to ..."."""
    return next((d for d in reversed(sentence.dates) if d.end <= change.start), None)


def _counted(indicator: str | None, lang: str) -> str | None:
    """What a bare number counts: "number of visits" visits, "Applications for degrees" applications."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", (indicator or "").lower())
    counting = languages.load(lang, "change")["indicator"]["counting"].split()
    named = [word for word in words if word not in counting and word not in ("of", "the")]
    return named[0] if named else None


def _level(sentence: Sentence, numeral: Numeral, topic: Topic, before: Inherited, floor: int) -> Quantity:
    """A value with its unit, or a change stated without values: "3.9% of the global value", "rose by a fifth"."""
    ceiling = min((n.start for n in sentence.numerals if n.start >= numeral.end), default=sentence.end)
    beside = subjects.countries(sentence, numeral.end, min(ceiling, numeral.end + 25))
    clause = subjects.clause(sentence, numeral.start, floor)
    within = subjects.countries(sentence, clause.start, numeral.start)
    indicator = _leading(sentence, numeral, clause) or before.indicator
    subject: str | None = beside.subject or beside.counterpart or within.subject
    sure: float | None = STATED
    if subject is None and before.subject:
        subject, sure = before.subject, before.sure
    elif subject is None and (
        about := topic.country(sentence, numeral.start, indicator or "", within.counterpart)
    ):
        subject, sure = about
    pct = pp = value = None
    word = changes.direction_word(sentence, numeral.start, clause.start)
    if (
        changes.states_change(sentence, numeral)
        and (word is not None or _moves(sentence, numeral))
        and not _reached(sentence, numeral)
    ):
        way = changes.sign(sentence, Change(numeral, numeral, numeral, word))
        way = way or (changes.direction(word, sentence.lang) if word is not None else 1)
        pct, pp = changes.stated_change(sentence, numeral, way)
    else:
        value = str(numeral.value * 100 if numeral.kind == "fraction" else numeral.value)
    date = _dated(sentence, numeral) or next(
        (d for d in reversed(sentence.dates) if d.end <= numeral.start), None
    )
    return Quantity(
        start=numeral.start,
        end=numeral.end,
        text=sentence.text[numeral.start : numeral.end],
        by=BY,
        indicator=indicator,
        subject=subject,
        subject_confidence=sure if subject else None,
        counterpart=within.counterpart,
        value=value,
        unit=numeral.unit if value is not None else None,
        change_pct=pct,
        change_pp=pp,
        period=_between(date.date.start, date.date.end) if date else before.period,
    )


def _reached(sentence: Sentence, numeral: Numeral) -> bool:
    """ "dropped to 3.4%": a level, not a change."""
    before = sentence.text[max(sentence.start, numeral.start - 20) : numeral.start]
    return changes.words(sentence.lang).to.search(before) is not None


def _leading(sentence: Sentence, numeral: Numeral, clause: Phrase) -> str | None:
    """The noun phrase before the verb of the clause in which the value stands."""
    for token in reversed(sentence.between(clause.start, numeral.start)):
        if token.pos_ in ("VERB", "AUX"):
            phrase = subjects.subject_phrase(sentence, token, numeral.start, sentence.start)
            if phrase is not None and sentence.between(phrase.start, phrase.end)[0].pos_ != "PRON":
                return _named(sentence, phrase)
    return None
