"""Direct speech: quotations whose speaker stands before, between or after them.

«...», — сказал X. / "...," said X, "..." / X said: "..." / «..., — сказал X. — ...». What stands between the marks is
linked to its speaker by geometry first (colon, comma, dash), then by the verb in the words outside.
"""

import re
from collections.abc import Iterator

from pipeline.statements.after import after
from pipeline.statements.attribution import Attribution
from pipeline.statements.before import before, is_title
from pipeline.statements.inserted import insertion
from pipeline.statements.person import Person
from pipeline.statements.quotation import Quotation
from pipeline.statements.reading import Found, Reading


def direct(reading: Reading) -> Iterator[Found]:
    """The quotations that somebody speaks, as stretches of direct speech."""
    spoken: dict[int, Attribution] = {}
    groups: dict[int, int] = {}
    for index, quotation in enumerate(reading.quotations):
        if not reading.spoken(quotation.opened):
            continue
        favoured = _last_speaker(reading, spoken, index)
        inserted = insertion(reading, quotation, favoured)
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
        if insertion(reading, quotation, None) is None:
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


def dashed(reading: Reading) -> Iterator[Found]:
    """Speech without marks: a paragraph that begins with a dash, «— Дорога есть, — сказал министр Орлов. — Нет машин»."""
    for index, (start, end) in enumerate(reading.paragraphs):
        opened = re.match(r"[—–-]\s+", reading.text[start : start + 4])
        if opened is None or reading.roles[index] not in ("body",):
            continue
        whole = Quotation(start, start + opened.end(), end, end, -1, None)
        found = insertion(reading, whole, None)
        if found:
            attribution, stretches = found
            for first, last in stretches:
                yield _found(reading, first, last, attribution, "dash", start if len(stretches) > 1 else None)
