"""The speaker inside the marks, as Russian has it: «Дорога есть, — сказал министр. — Нет машин»."""

import re

from pipeline.statements import cues
from pipeline.statements.after import LONGEST_FRAME
from pipeline.statements.attribution import Attribution
from pipeline.statements.person import Person
from pipeline.statements.quotation import Quotation
from pipeline.statements.reading import Reading

INSERTION = re.compile(r"(?<=[,.!?…:;»“”])\s*[—–-]\s+(?=[^\W\d_])")
RESUMES = re.compile(r"[,.:;!?…]\s*[—–-]\s+")


def insertion(
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
