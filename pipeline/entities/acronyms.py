"""Acronyms that a document explains: "the Real Estate Council (REC)", «Канадская служба крови (КСК)», also turned round.

Wherever the acronym stands later it is the same organisation under the same name.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.entities.choice import Candidate
from pipeline.entities.words import Words

ACRONYM = re.compile(r"[A-ZА-ЯЁ][A-ZА-ЯЁa-zа-яё&.-]*[A-ZА-ЯЁ]\.?")
INITIAL = re.compile(r"[^\W\d_]+")


def explained(words: Words, candidates: Sequence[Candidate]) -> dict[str, Candidate]:
    """Each acronym with the longest candidate that spells it out."""
    found: dict[str, Candidate] = {}
    for name in candidates:
        for i in _beside(words.text, name):
            acronym = words.text[i]
            if ACRONYM.fullmatch(acronym) and abbreviates(acronym, words.span(name.start, name.end)):
                known = found.get(acronym)
                if known is None or name.end - name.start > known.end - known.start:
                    found[acronym] = name
    return found


def _beside(text: Sequence[str], name: Candidate) -> Iterator[int]:
    """The token in brackets behind the name, or the one in front of a name in brackets."""
    end = name.end + 1 if name.end < len(text) and text[name.end] in ("»", "”", '"') else name.end
    if end + 2 < len(text) and text[end] == "(" and text[end + 2] in (")", ",", ";"):
        yield end + 1
    if name.start >= 2 and text[name.start - 1] == "(" and name.end < len(text) and text[name.end] == ")":
        yield name.start - 2


def abbreviates(acronym: str, name: str) -> bool:
    """The capitals of the acronym begin words of the name, in order, the first word among them; a third of them may
    come from inside a word.

    >>> abbreviates("OSCE", "Organization for Security and Co-operation in Europe"), abbreviates("ЕАБР", "Евразийский банк развития")
    (True, True)
    >>> abbreviates("GDP", "Georgian Dream")
    False
    """
    capitals = [c.lower() for c in acronym if c.isupper()]
    words = [w.lower() for w in INITIAL.findall(name)]
    if len(words) < 2 or not capitals or words[0][0] != capitals[0]:
        return False
    missed, at = 0, 0
    for capital in capitals:
        ahead = next((i for i in range(at, len(words)) if words[i][0] == capital), None)
        if ahead is None:
            if capital not in words[at - 1][1:]:
                return False
            missed += 1  # ПРООН, UNESCO
        else:
            at = ahead + 1
    return missed <= len(capitals) // 3
