"""Who takes part in an event: the countries and organisations named in its clause, else in its sentence."""

from pipeline.events.triggers import Trigger
from pipeline.quantities.sentence import Reading, Sentence


def of(reading: Reading, sentence: Sentence, trigger: Trigger) -> tuple[str, ...]:
    """Codes of countries and ids of organisations, in the order of the text, each once.

    "Chile and Peru signed a treaty" has CL and PE; «Чили вышла из Андского пакта» has CL.
    """
    for start, end in (
        (trigger.start, trigger.end),
        (trigger.clause_start, trigger.clause_end),
        (sentence.start, sentence.end),
    ):
        inside = [value for at, value in reading.linked(sentence.start, sentence.end) if start <= at < end]
        if inside:
            return tuple(dict.fromkeys(inside))
    return ()
