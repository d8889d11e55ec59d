"""A quotation turned into report: "she said: “We are ready.”", «она сказала, что они готовы»."""

import re
from collections.abc import Iterator, Sequence

from pipeline.compare import sources
from pipeline.compare.attribution.rendering import OTHER_LANG
from pipeline.compare.finding import difference, evidence
from pipeline.compare.pairs import Pair, Side
from pipeline.compare.sources import Source, Sources
from pipeline.document import Difference, Lang

BY = "attribution"
REPORT = 0.8
"""Confidence of a quotation made report: planted differences and faithful passages, see tests/test_compare_injection.py."""
QUOTATION = 4
"""Fewest words of a direct quotation whose marks may not be lost; in Russian, which has no articles, one fewer."""


def compare(
    pair: Pair, near: Sequence[Pair], read: Sources, en: list[Source], ru: list[Source]
) -> Iterator[Difference]:
    """Direct speech on one side, no quotation marks around its translation on the other."""
    sides: tuple[tuple[Lang, list[Source]], ...] = (("en", en), ("ru", ru))
    for lang, ours in sides:
        other = pair.other(lang)
        if any(_quoted_there(read, p, lang, own=p is pair) for p in near):
            continue
        stretch = next(_spoken(read, pair.side(lang), ours), None)
        if stretch is None:
            continue
        start, end = stretch
        if _addressed(pair.side(lang), start, end) and _addressed(other, other.start, other.end):
            continue  # "They said, 'Don't go'", «Говорят, не ходи»: direct speech all the same
        spans = {
            lang: evidence(pair.side(lang).version, start, end, BY),
            OTHER_LANG[lang]: evidence(other.version, other.start, other.end, BY),
        }
        yield difference(
            "attribution",
            spans["en"],
            spans["ru"],
            REPORT * pair.sure,
            f"A quotation in the {pair.side(lang).called} is no quotation in the {other.which} one.",
            change="report",
        )
        return


def _addressed(side: Side, start: int, end: int) -> bool:
    """Somebody is told what to do: «не выходи», "don't go"."""
    inside = (w.token for w in side.words if start <= w.start < end and w.token.pos_ == "VERB")
    return any(
        "Mood=Imp" in str(t.morph)
        or (
            side.lang == "en" and "VerbForm=Inf" in str(t.morph) and any(c.lower_ == "do" for c in t.children)
        )
        for t in inside
    )


def _quoted_there(read: Sources, pair: Pair, lang: Lang, *, own: bool) -> bool:
    """The other side quotes: in the pair itself anything, beside it what answers to no quotation of its own pair."""
    there = pair.other(lang)
    if own and OPENED.search(there.text):
        return True  # a mark that nothing closes: "She said: 'We are ready."
    if not sources.quoted(read, there):
        return False
    return own or not sources.quoted(read, pair.side(lang))


OPENED = re.compile(r"""(?<!\w)['"‘“„«](?=\w)|\w[.!?,…]*['"’”»](?!\w)""")
"""A mark of quotation before or after a word, whether or not it is one of a pair."""


def _spoken(read: Sources, side: Side, found: list[Source]) -> Iterator[tuple[int, int]]:
    """The stretches of a side that somebody says in so many words: direct speech, and the quoted part of a report ("called
    it “a truce with a thermometer in its mouth”")."""
    for source in found:
        stretches = [(source.start, source.end)] if source.kind == "direct" and _speech(side, source) else []
        if source.kind == "mixed":
            quoted = read.readings[side.version.side].around(side.start, side.end)
            stretches = [(q.start, q.end) for q in quoted if q.start < source.end and source.start < q.end]
        for start, end in stretches:
            first, last = max(start, side.start), min(end, side.end)
            least = QUOTATION + (source.kind == "mixed") - (side.lang == "ru")
            words = [w for w in side.words if _within(w.start, (first, last), source, found)]
            if len(words) >= least and not all(w.name for w in words):
                yield first, last


def _within(at: int, stretch: tuple[int, int], source: Source, found: list[Source]) -> bool:
    """An offset lies in a stretch, or in another one that the same words bring: "“Paper,” he said, “can wait”"."""
    others = ((o.start, o.end) for o in found if o.kind == source.kind == "direct" and o.cue == source.cue)
    return any(start <= at < end for start, end in (stretch, *others))


def _speech(side: Side, source: Source) -> bool:
    """No title of what somebody wrote («написал “Зубы мертвеца”»), no item of a list, which a mere hyphen opens."""
    text = side.version.text
    if text[: source.start].rstrip()[-1:] == "-":
        return False
    written = any(side.words[n].lemma in sources.WRITES for n in source.cue)
    inside = (w for w in side.words if source.start <= w.start < source.end)
    return not written or any(w.token.pos_ in ("VERB", "AUX") for w in inside)
