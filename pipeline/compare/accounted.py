"""Whether the other side has a name, in whatever form: the same country or body, another name of its bearer, a word that sounds like
it or translates it."""

from pipeline.compare import sound
from pipeline.compare.names import Name, countries_in, country_of, key, kinds_of_names, letters, text
from pipeline.compare.pairs import Side
from pipeline.compare.spelling import SPELLING, partner


def explained(side: Side, name: Name, other: Side) -> bool:
    """Some name or word of the other side stands for this one."""
    if (name.link and any(link == name.link for link in _links(other))) or _by_another_name(
        side, name, other
    ):
        return True
    rivals = _elsewhere(other, name) if name.link else set()
    return _joined(side, name, other) or _rendered(side, name, other, rivals)


def _rendered(side: Side, name: Name, other: Side, rivals: set[int]) -> bool:
    """A part of the name is rendered by a name, or more than half of them by any word: the "State" of "Kachin State" tells nothing."""
    parts, kinds = parts_of(side, name), kinds_of_names(side.lang)
    words = [w for n, w in enumerate(other.words) if n not in rivals and (w.content or w.name)]
    found = [
        [
            w
            for w in words
            if partner(part, w, side.lang, other.lang)
            and (name.link or not country_of(w.token.text, other.lang) or country_of(part.title(), side.lang))
        ]
        for part in parts
    ]
    lone = len(parts) == 1 or side.words[name.first].token.text[:1].islower()
    named = any(
        w.name or lone for part, row in zip(parts, found, strict=True) if part not in kinds for w in row
    )
    return named or sum(map(bool, found)) > len(parts) / 2


def _by_another_name(side: Side, name: Name, other: Side) -> bool:
    """The other side has a name of the same bearer: "Urga", «Улан-Батор»; "the Iron Chancellor", «Бисмарк»."""
    there = {m.row for m in other.bearers}
    return any(m.first <= name.last <= m.last and m.row in there for m in side.bearers)


def _joined(side: Side, name: Name, other: Side) -> bool:
    """The other side has the name in one word: "Baton Rouge", «Батон-Руж»."""
    if side.lang == other.lang or name.last == name.first:
        return False
    whole = letters(text(side, name))
    there = [letters(w.token.text) for w in other.words if w.name]
    if name.type != "PER":  # people may be called by their first name alone
        there = [word for word in there if len(word) >= SHARE * len(whole)]
    ways = ((whole, word) if side.lang == "en" else (word, whole) for word in there)
    return any(min(map(len, way)) > 3 and sound.strangeness(*way) <= SPELLING for way in ways)


def _elsewhere(other: Side, name: Name) -> set[int]:
    """The words of names that are known to stand for something else."""
    return {
        n
        for e in other.within(other.version.entities or ())
        if (link := key(e.link))
        and link != name.link
        and link.partition(":")[0] == (name.link or "").partition(":")[0]
        for n, w in enumerate(other.words)
        if e.start <= w.start < e.end
    }


def _links(side: Side) -> set[str]:
    found = {k for e in side.within(side.version.entities or ()) if (k := key(e.link))}
    for word in side.words:
        if len(word.token.text) >= 4:
            found |= {f"iso3166:{code}" for code in countries_in(word.token.text, side.lang)}
    return found


def parts_of(side: Side, name: Name) -> list[str]:
    """The words of a name that stand for it: of a person's the last one."""
    words = [w.token.text for w in side.words[name.first : name.last + 1]]
    if name.type == "PER" and len(words) > 1:
        words = words[-1:]
    parts = [
        part.lower() for w in words if w[:1].isupper() or len(words) == 1 for part in w.split("-") if part
    ]
    return [part for part in parts if len(part) >= TELLING] or parts


SHARE = 0.6
"""How long, beside a name of several words, the one word must be that has it whole."""
TELLING = 4
"""Letters from which a part of a name tells it: the «Сук» of «Сук-Ахрас» sounds like many a word."""
