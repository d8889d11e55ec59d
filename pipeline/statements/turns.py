"""Interview transcripts: whose turn each paragraph is.

A turn begins with a label ("Q:", "O. Seyidbeyli:", «Ответ:») or, in Russian dialogue, with a dash; paragraphs without
a label continue the turn. Every paragraph of an answer is a direct statement of the one who answers.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.document import Version
from pipeline.statements.cues import words
from pipeline.statements.people import People
from pipeline.statements.person import Person

LABEL = re.compile(
    r"\s*(?:\*\*|__)?(?P<name>[«“\"]?[^\W\d_][^:\n«»“”\"!?]{0,58}?[»”\"]?)(?P<aside>\s*[(\[][^()\n]{1,60}[)\]])?(?:\*\*|__)?\s*:(?:\*\*|__)?\s+(?=\S)"
)
DASH = re.compile(r"\s*[—–-]\s+(?=\S)")
Paragraphs = list[tuple[int, int, int]]
"""Index, start and end of each paragraph of the text."""
FEWEST_TURNS = 3
"""A transcript has at least this many labelled paragraphs; fewer are lists or headlines with a colon."""


class Turn(NamedTuple):
    """A paragraph of an answer: the span without its label, and who answers (`label` is the label's span)."""

    start: int
    end: int
    label: tuple[int, int]
    person: Person
    paragraph: int


def turns(version: Version, people: People) -> tuple[Turn, ...]:
    """The paragraphs in which somebody answers; empty for what is no transcript."""
    paragraphs = [
        (i, p.start, p.end)
        for i, p in enumerate(version.paragraphs or ())
        if p.role in ("body", "abstract", "footnote")
    ]
    labels = {
        i: m
        for i, start, end in paragraphs
        if (m := LABEL.match(version.text, start, end))
        and _is_label(m["name"])
        and not is_credit(version.text[start:end], version.lang)
    }
    speakers = {i: _speaker(m["name"], version, people) for i, m in labels.items()}
    known = {i for i, who in speakers.items() if who is not None}
    names = [labels[i]["name"].strip().lower() for i in sorted(known)]
    if len(known) >= FEWEST_TURNS and len(set(names)) < len(names):
        return tuple(
            _labelled(
                version, paragraphs, {i: labels[i] for i in known}, {i: speakers[i] for i in known}, people
            )
        )
    return tuple(_dashed(version, paragraphs, people))


def _is_label(name: str) -> bool:
    return len(name.split()) <= 6 and name.lstrip('«“"')[:1].isupper()


def _speaker(label: str, version: Version, people: People) -> "Person | str | None":
    """Whom a label means: a person, "question", "answer", or nobody."""
    interview = words(version.lang)["interview"]
    bare = label.strip().rstrip(".").lower()
    if bare in interview["questions"] or label[:1] in '«“"' or label.startswith(("The ", "A ")):
        return "question"  # a newspaper asks: «Харбор ревю»: ...
    if bare in interview["answers"]:
        return "answer"
    person = people.by_name(label)
    if person is not None:
        return person
    looks_like_name = re.fullmatch(r"(?:[A-ZА-ЯЁ][\w’'.-]*\s*){1,4}", label.strip())
    return Person(" ".join(label.split())) if looks_like_name else None


def _labelled(
    version: Version,
    paragraphs: Paragraphs,
    labels: dict[int, re.Match[str]],
    speakers: dict[int, "Person | str | None"],
    people: People,
) -> Iterator[Turn]:
    asking = _askers(version, paragraphs, labels, speakers)
    interviewee = _interviewee(people)
    current: Person | None = None
    label = (0, 0)
    created: dict[str, Person] = {}
    for i, start, end in paragraphs:
        if i in labels:
            who = speakers[i]
            match = labels[i]
            if isinstance(who, Person):
                who = created.setdefault(who.name, who)
            current = (
                interviewee
                if who == "answer"
                else who
                if isinstance(who, Person) and match["name"].strip() not in asking
                else None
            )
            label = match.span("name")
            start = match.end()
        elif is_credit(version.text[start:end], version.lang) or (
            i > max(labels) and not _speaks_of_itself(version.text[start:end], version.lang)
        ):
            current = None
        if current is not None:
            yield Turn(start, end, label, current, i)


def _speaks_of_itself(text: str, lang: str) -> bool:
    """Behind the last label an answer goes on in the first person; else the report has taken the word again."""
    own = words(lang)["pronouns"]["first_person"]
    return any(word in own for word in re.findall(r"[^\W\d_]+", text.lower()))


def _askers(
    version: Version,
    paragraphs: Paragraphs,
    labels: dict[int, re.Match[str]],
    speakers: dict[int, "Person | str | None"],
) -> set[str]:
    """The labels of interviewers: most of their turns end in a question while somebody else's do not."""
    ends = {i: version.text[start:end].rstrip(' ”»"').endswith("?") for i, start, end in paragraphs}
    turns: dict[str, list[bool]] = {}
    for i, match in labels.items():
        if isinstance(speakers[i], Person):
            turns.setdefault(match["name"].strip(), []).append(ends[i])
    asking = {name for name, asked in turns.items() if sum(asked) * 2 > len(asked)}
    return asking if any(name not in asking for name in turns) else set()


def _interviewee(people: People) -> Person | None:
    """The one who answers when labels do not say: the first person introduced with an office, else the first."""
    with_office = [p for p in people.persons if p.offices]
    return next(iter(with_office or people.persons), None)


def _dashed(version: Version, paragraphs: Paragraphs, people: People) -> Iterator[Turn]:
    """Dialogue in dashes: a paragraph that asks, then one that answers."""
    dashed = [
        (i, start, end, m) for i, start, end in paragraphs if (m := DASH.match(version.text, start, end))
    ]
    asks = [version.text[start:end].rstrip(' ”»"').endswith("?") for _, start, end, _ in dashed]
    interviewee = _interviewee(people)
    if interviewee is None or len(dashed) < 4 or sum(asks) < 2 or len(dashed) * 2 < len(paragraphs) - 2:
        return
    previous_asked = False
    for (i, _, end, match), asked in zip(dashed, asks, strict=True):
        if previous_asked or (not asked and i and dashed[0][0] != i):
            yield Turn(match.end(), end, (match.start(), match.start()), interviewee, i)
            previous_asked = False
        else:
            previous_asked = asked


def is_credit(text: str, lang: str) -> bool:
    """The closing note of an interview: "Recorded by ...", «Беседовала ...»."""
    start = text.lstrip("(*_[— ").lower()
    return any(start.startswith(word) for word in words(lang)["interview"]["credits"])
