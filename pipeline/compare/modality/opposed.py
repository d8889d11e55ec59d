"""Words that exclude each other in one place: "must" against «может», "is considering" against «решила»."""

from collections.abc import Iterator, Sequence

from pipeline.compare import contrasts, negation
from pipeline.compare.contrasts import Contrast, Hit
from pipeline.compare.finding import difference
from pipeline.compare.modality import exchange, scales
from pipeline.compare.modality.scales import Mark, only, unmodal
from pipeline.compare.pairs import Pair, Side
from pipeline.document import Difference

BY = "modality"


def compare(pair: Pair, en: Sequence[Mark], ru: Sequence[Mark]) -> Iterator[Difference]:
    """The contrasts of a pair that make it more or less certain or binding; `en`, `ru`: the marks of its scales."""
    for found in contrasts.contrasts(pair, "modality"):
        a, b = _mark(pair.en, found.en, en), _mark(pair.ru, found.ru, ru)
        if _turned(pair, found, a, b) or _chance(pair, found, a, b) or _accounted(pair, a, b, en, ru):
            continue
        spans = contrasts.spans(pair, found, BY)
        yield difference(
            "modality",
            *spans,
            contrasts.confidence(found) * pair.sure,
            f"{contrasts.both(pair, spans)} are not equally certain or binding.",
            group=found.group,
        )


def _mark(side: Side, hit: Hit, marks: Sequence[Mark]) -> Mark:
    """The mark that a hit is, or is part of («может» of «может быть»)."""
    own = (m for m in marks if m.first <= hit.first and hit.last <= m.last)
    return next(own, Mark("", hit.first, hit.last, scales.anchor(side, hit.first, hit.last)))


def _turned(pair: Pair, found: Contrast, a: Mark, b: Mark) -> bool:
    """A denial turns one of the two, or makes them forbid alike: "no neighbour may hold", «ни у кого не должно быть»."""
    denied = _negated(pair.en, found.en, a), _negated(pair.ru, found.ru, b)
    return denied[0] != denied[1] or (all(denied) and found.group in DUTIES)


def _negated(side: Side, hit: Hit, mark: Mark) -> bool:
    """A denial stands at the mark, or in it: "not obliged", "would not rule out"."""
    return scales.negated(side, mark) or any(mark.first <= n < hit.first for n in negation.raw(side))


DUTIES = frozenset({"duty_option", "obliged_allowed"})


def _chance(pair: Pair, found: Contrast, a: Mark, b: Mark) -> bool:
    """The words only meet by chance, or are no marks of a scale at all."""
    return (
        contrasts.translated(pair, found)
        or unmodal(pair.en.words[found.en.first].token)
        or unmodal(pair.ru.words[found.ru.first].token)
        or only(pair.en, found.en.first)
        or only(pair.ru, found.ru.first)
        or _loose(a, found.en)
        or _loose(b, found.ru)
        or scales.elsewhere(pair, a, b)
    )


def _loose(mark: Mark, hit: Hit) -> bool:
    """The hit is part of a phrase that is neither more nor less sure: "has to do with", "is committed to"."""
    return (mark.first, mark.last) != (hit.first, hit.last) and scales.loose(mark.step)


def _accounted(pair: Pair, a: Mark, b: Mark, en: Sequence[Mark], ru: Sequence[Mark]) -> bool:
    """A mark in the same place that nothing else accounts for renders one of the two: "perhaps he should", «может быть, стоит»."""
    spare_en = [e for e in en if e != a and all(e.step != r.step for r in ru)]
    spare_ru = [r for r in ru if r != b and all(r.step != e.step for e in en)]
    return any(
        b.step and exchange.free(e.step, b.step) and b in scales.meeting(pair, "en", e, ru) for e in spare_en
    ) or any(
        a.step and exchange.free(a.step, r.step) and r in scales.meeting(pair, "en", a, ru) for r in spare_ru
    )
