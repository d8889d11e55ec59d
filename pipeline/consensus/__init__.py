"""Bilingual consensus: in a work with two versions each side corrects the other's entities.

A name stands in both versions, once transliterated and inflected, so two models have read it: what one took for an
organisation the other may have seen as a person ("Saakashvili", «Саакашвили»). Words that sound alike are linked across
aligned sentences; two mentions that share them pool what they say of the type, over the whole document; the longer
boundary wins; a name that only one side found is looked for on the other, and a doubtful one that the other side does
not write is dropped.
"""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from pipeline.consensus.words import Links, Word, capitalised, is_adjective, linked, similarity
from pipeline.document import Entity, Lang, Version, Work, numbered
from pipeline.entities import NAMES
from pipeline.entities.choice import TYPES
from pipeline.entities.features import name_key

__all__ = ["Mention", "agreed", "consensus", "similarity"]

SAYS = {"en": 1.0, "ru": 0.55}
"""The weight of each side's opinion: the English model knows the types of more sets of gold. Chosen with `ALONE` and
`LONE_WORD` on UNER PUD by halves, where each half alone chooses the same; the gold works left out gain too."""
ALONE = 1.2
"""What a name loses in odds (nats) when the other version of its sentence holds no word that sounds like it."""
LEFT_OVER = 0.55
"""The similarity that is enough for two names of one word that nothing else stands for."""
LONE_WORD = 1.8
"""The same for a single word: names of one word are hardly ever translated."""
SURE = 0.6
"""The confidence from which a name is looked for in the other version."""
UNKNOWN_TYPE = 0.9
"""How much a mention without probabilities is taken to believe in its type."""


@dataclass(eq=False)
class Mention:
    """An entity that may still change, with the mentions of the other version that stand for the same thing."""

    lang: Lang
    entity: Entity
    partners: list["Mention"] = field(default_factory=list)
    dropped: bool = False
    type: str = ""
    sure: float = 1.0

    @property
    def said(self) -> np.ndarray:
        """What its own model said of the types, as logarithms."""
        if self.entity.types:
            return np.log(np.clip(self.entity.types, 1e-4, 1.0))
        believes = np.full(3, (1 - UNKNOWN_TYPE) / 2)
        believes[TYPES.index(self.entity.type)] = UNKNOWN_TYPE
        return np.log(believes)

    def change(self, **fields: object) -> None:
        if any(getattr(self.entity, name) != value for name, value in fields.items()):
            self.entity = msgspec.structs.replace(self.entity, by="consensus", **fields)


def consensus(work: Work) -> dict[Lang, Version]:
    """The versions with their entities after each has corrected the other."""
    sides = agreed(work)
    return {lang: _attached(version, sides[lang]) for lang, version in work.versions.items()}


def agreed(work: Work) -> dict[Lang, list[Mention]]:
    """The names of each version after each has corrected the other, with their partners."""
    sides: dict[Lang, list[Mention]] = {
        lang: [Mention(version.lang, e) for e in version.entities or () if e.type in NAMES]
        for lang, version in work.versions.items()
    }
    if len(sides) == 2:
        for bead in work.alignment:
            if bead.level == "sentence" and bead.en and bead.ru:
                _Sentences(work, {"en": bead.en, "ru": bead.ru}, sides).agree()
    _one_type_a_name(sides)
    return sides


def _attached(version: Version, mentions: Sequence[Mention]) -> Version:
    others = [e for e in version.entities or () if e.type not in NAMES]
    kept = [m.entity for m in mentions if not m.dropped]
    return msgspec.structs.replace(version, entities=numbered(f"{version.side}.entity", [*others, *kept]))


class _Sentences:
    """Two aligned groups of sentences: their capitalised words, linked, and the mentions these lie in."""

    def __init__(
        self, work: Work, beads: dict[Lang, tuple[int, ...]], sides: dict[Lang, list[Mention]]
    ) -> None:
        self.texts: dict[Lang, str] = {lang: v.text for lang, v in work.versions.items()}
        self.tongues: dict[Lang, Lang] = {lang: v.lang for lang, v in work.versions.items()}
        self.sides = sides
        self.inside: dict[Lang, list[Mention]] = {}
        self.words: dict[Lang, list[Word]] = {}
        self.peoples: dict[Lang, list[Entity]] = {}
        for lang, version in work.versions.items():
            sentences = version.sentences or ()
            start, end = sentences[beads[lang][0]].start, sentences[beads[lang][-1]].end
            self.inside[lang] = [m for m in sides[lang] if start <= m.entity.start and m.entity.end <= end]
            self.words[lang] = list(capitalised(version.text, start, end))
            self.peoples[lang] = [
                e for e in version.entities or () if e.type == "NORP" and start <= e.start and e.end <= end
            ]
        to_ru, to_en = linked(self.words["en"], self.words["ru"])
        self.links: dict[Lang, Links] = {"en": to_ru, "ru": to_en}

    def agree(self) -> None:
        self._pair_links()
        for lang in ("en", "ru"):
            self._split(lang)  # type: ignore[arg-type]
        self._pair_words()
        for lang in ("en", "ru"):
            self._extend(lang)  # type: ignore[arg-type]
            self._carry_over(lang)  # type: ignore[arg-type]
        for lang in ("en", "ru"):
            self._doubt(lang)  # type: ignore[arg-type]

    def _within(self, lang: Lang, mention: Mention) -> list[int]:
        """The mention's words, by index."""
        start, end = mention.entity.start, mention.entity.end
        return [i for i, w in enumerate(self.words[lang]) if start <= w.start and w.end <= end]

    def _holding(self, lang: Lang, word: int) -> Mention | None:
        at = self.words[lang][word]
        return next(
            (
                m
                for m in self.inside[lang]
                if not m.dropped and m.entity.start <= at.start and at.end <= m.entity.end
            ),
            None,
        )

    def _others(self, lang: Lang, mention: Mention) -> Counter[int]:
        """How many words the mention shares with each mention of the other side, by its index there."""
        other = _other(lang)
        shared: Counter[int] = Counter()
        for i in self._within(lang, mention):
            if i in self.links[lang]:
                held = self._holding(other, self.links[lang][i][0])
                if held is not None:
                    shared[self.inside[other].index(held)] += 1
        return shared

    def _pair_links(self) -> None:
        """Equal links are one thing, in the order of the text: "Russia" and «Россией», "EAEU" and «ЕАЭС»."""
        for left in self.inside["en"]:
            for right in self.inside["ru"]:
                if (
                    left.entity.link
                    and left.entity.link == right.entity.link
                    and not left.partners
                    and not right.partners
                ):
                    _pair(left, right)

    def _pair_words(self) -> None:
        """Mentions that share words, those with most first."""
        shared = sorted(
            (
                (-count, i, j)
                for i, left in enumerate(self.inside["en"])
                for j, count in self._others("en", left).items()
            )
        )
        for _, i, j in shared:
            left, right = self.inside["en"][i], self.inside["ru"][j]
            if left.partners or right.partners or left.dropped or right.dropped:
                continue
            if not _is_part(left, right):
                _pair(left, right)
        self._pair_alike()

    def _pair_alike(self) -> None:
        """What is left over on both sides may be one name though it hardly sounds so: "Djerba", «Джерба»."""
        rest = {
            lang: [m for m in self.inside[lang] if not (m.partners or m.dropped or " " in m.entity.text)]
            for lang in self.inside
        }
        scored = sorted(
            (
                (-similarity(left.entity.text, right.entity.text), i, j)
                for i, left in enumerate(rest["en"])
                for j, right in enumerate(rest["ru"])
            ),
        )
        for score, i, j in scored:
            left, right = rest["en"][i], rest["ru"][j]
            if -score >= LEFT_OVER and not left.partners and not right.partners:
                _pair(left, right)

    def _split(self, lang: Lang) -> None:
        """A person or place here that stands for two names there was two names: "Tashkent Mirzo Kodirshoev"."""
        other = _other(lang)
        for mention in list(self.inside[lang]):
            partners = self._others(lang, mention)
            if mention.entity.link or len(partners) < 2 or mention.entity.type == "ORG":
                continue
            pieces: dict[int, list[Word]] = defaultdict(list)
            for i in self._within(lang, mention):
                held = self._holding(other, self.links[lang][i][0]) if i in self.links[lang] else None
                if held is None:
                    break
                pieces[self.inside[other].index(held)].append(self.words[lang][i])
            else:
                spans = sorted((ws[0].start, ws[-1].end, j) for j, ws in pieces.items())
                if all(a[1] <= b[0] for a, b in itertools.pairwise(spans)):
                    mention.dropped = True
                    for start, end, j in spans:
                        self._add(lang, start, end, self.inside[other][j])

    def _extend(self, lang: Lang) -> None:
        """Words beside a mention that its partner holds belong to it: "Quintanilla Rey", «Иларио Кинтанилья Рей»."""
        for mention in self.inside[lang]:
            if (
                mention.dropped
                or mention.entity.link
                or len(mention.partners) != 1
                or mention.entity.type == "LOC"
            ):
                continue
            own = self._within(lang, mention)
            if not own:
                continue
            partner = mention.partners[0]
            start, end = mention.entity.start, mention.entity.end
            text = self.texts[lang]
            for i in reversed(range(own[0])):
                word = self.words[lang][i]
                if not self._shared_with(lang, i, partner) or text[word.end : start].strip(" -\u00a0"):
                    break
                start = word.start
            for i in range(own[-1] + 1, len(self.words[lang])):
                word = self.words[lang][i]
                if not self._shared_with(lang, i, partner) or text[end : word.start].strip(" -\u00a0"):
                    break
                end = word.end
            if (start, end) != (mention.entity.start, mention.entity.end):
                mention.change(start=start, end=end, text=text[start:end], name=text[start:end])

    def _shared_with(self, lang: Lang, word: int, partner: Mention) -> bool:
        other = _other(lang)
        return (
            self._holding(lang, word) is None
            and word in self.links[lang]
            and self._holding(other, self.links[lang][word][0]) is partner
        )

    def _carry_over(self, lang: Lang) -> None:
        """A sure name of this side whose words all stand, unclaimed, in the other version is a name there too."""
        other = _other(lang)
        for mention in list(self.inside[lang]):
            entity = mention.entity
            if (
                mention.dropped
                or mention.partners
                or entity.confidence < SURE
                or (entity.link and entity.link.scheme == "iso3166")
            ):
                continue
            own = self._within(lang, mention)
            if not own or any(i not in self.links[lang] for i in own):
                continue
            found = sorted({self.words[other][j] for i in own for j in self.links[lang][i]})
            start, end = found[0].start, found[-1].end
            between = self.texts[other][start:end]
            if entity.type != "PER" and len(found) == 1 and is_adjective(between, self.tongues[other]):
                continue
            if len(between.replace("-", " ").split()) > len(found) or any(
                mark in between for mark in ",;:()\n"
            ):
                continue
            if any(e.start < end and start < e.end for e in self.peoples[other]):
                continue
            clash = [
                m
                for m in self.inside[other]
                if not m.dropped and m.entity.start < end and start < m.entity.end
            ]
            if any(
                m.entity.link or m.partners or (m.entity.start <= start and end <= m.entity.end)
                for m in clash
            ):
                continue
            for m in clash:
                m.dropped = True
            self._add(other, start, end, mention)

    def _add(self, lang: Lang, start: int, end: int, like: Mention) -> None:
        text = self.texts[lang][start:end]
        entity = Entity(
            start=start, end=end, text=text, type=like.entity.type, name=text, link=like.entity.link,
            confidence=round(like.entity.confidence * 0.8, 4), types=like.entity.types, by="consensus",
        )  # fmt: skip
        mention = Mention(self.tongues[lang], entity)
        self.sides[lang].append(mention)
        self.inside[lang].append(mention)
        if not like.partners:
            _pair(*((mention, like) if lang == "en" else (like, mention)))

    def _doubt(self, lang: Lang) -> None:
        for mention in self.inside[lang]:
            entity = mention.entity
            if mention.partners or entity.link or entity.by != "entities.model":
                continue
            if any(i in self.links[lang] for i in self._within(lang, mention)):
                continue
            if self._translated(lang, mention):
                continue
            odds = math.log(entity.confidence / max(1e-4, 1 - entity.confidence))
            odds -= ALONE if " " in entity.text or entity.text.isupper() else LONE_WORD
            if odds < 0:
                mention.dropped = True

    def _translated(self, lang: Lang, mention: Mention) -> bool:
        """Whether an institution may stand on the other side by a name that does not sound like it: "UN Environment",
        «ЮНЕП»."""
        return mention.entity.type == "ORG" and any(
            m.entity.type == "ORG" and not (m.partners or m.dropped) for m in self.inside[_other(lang)]
        )


def _other(lang: Lang) -> Lang:
    return "ru" if lang == "en" else "en"


def _is_part(left: Mention, right: Mention) -> bool:
    """Whether one is the place that the other, an institution, is called after: "Glasgow School of Art", «Глазго»."""
    short, long = sorted((left, right), key=lambda m: len(m.entity.text.split()))
    same = len(short.entity.text.split()) == len(long.entity.text.split())
    return not same and short.entity.type == "LOC" and long.entity.type == "ORG"


def _pair(left: Mention, right: Mention) -> None:
    left.partners.append(right)
    right.partners.append(left)


def _one_type_a_name(sides: dict[Lang, list[Mention]]) -> None:
    """Each name with the type that all its mentions and their partners say together; a link decides."""
    for mentions in sides.values():
        groups: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if not mention.dropped:
                groups[name_key(mention.entity.text, mention.lang)].append(mention)
        for mention, type, sure in _decided(groups):
            mention.type, mention.sure = type, sure
    for mentions in sides.values():
        for mention in mentions:
            if not mention.dropped:
                mention.change(type=mention.type)


def _decided(groups: dict[str, list[Mention]]) -> Iterator[tuple[Mention, str, float]]:
    for group in groups.values():
        heard = [*group, *(p for m in group for p in m.partners)]
        fixed = Counter(m.entity.type for m in heard if m.entity.link)
        if fixed:
            best, sure = max(sorted(fixed), key=fixed.__getitem__), 1.0
        else:
            total = sum((SAYS[m.lang] * m.said for m in heard), np.zeros(3))
            best = TYPES[int(np.argmax(total))]
            sure = float(1 / np.exp(total - total.max()).sum())
        for mention in group:
            yield mention, mention.entity.type if mention.entity.link else best, sure
