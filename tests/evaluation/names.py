"""Score named entities: exact span and type, persons, places and organisations.

    python tests/evaluation/names.py [pud ewt crossner factru gold ...] [--data FOLDER] [--gold FOLDER] [--errors N]

`pud` (alone and as a bilingual work), `ewt`, `crossner` and `factru` read ../shared/data/dev where it is present;
`gold` reads bilingual works with their gold entities. CrossNER's politicians and persons count as PER, its parties and
organisations as ORG, its countries and places as LOC; factRuEval's longest objects count without the lower-case nouns
that describe them (in «мэрии Москвы» Москвы), its LocOrg as LOC, adjectives not. `overlap` counts a name found when type and any part of it agree.
"""

import argparse
import json
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline import align, config, consensus, entities, parse, segment
from pipeline.document import Entity, Lang, Source, Version, Work
from pipeline.parse.sentence import Backend, ParsedSentence

REPOSITORY = Path(__file__).resolve().parents[2]
TYPES = ("PER", "LOC", "ORG")
CROSSNER = {
    "politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG", "country": "LOC",
    "location": "LOC",
}  # fmt: skip
FACTRU = {"Person": "PER", "Org": "ORG", "Location": "LOC", "LocOrg": "LOC"}
BY_LINE = {
    "pud": "uner_pud_dev.{}.iob2",
    "ewt": "UNER_EWT.dev.iob2",
    "crossner": "CrossNER-politics.dev.conll",
}


class Name(NamedTuple):
    start: int
    end: int
    type: str


class Text(NamedTuple):
    """A text with the names that its gold holds."""

    lang: Lang
    text: str
    gold: frozenset[Name]


class Remembered:
    """A parser that keeps what it parsed in a file, for development: `--cache FILE`."""

    def __init__(
        self, lang: str, parsers: parse.Parsers, memory: dict[tuple[str, str], ParsedSentence]
    ) -> None:
        self.lang, self.parsers, self.memory = lang, parsers, memory

    def sentences(self, texts: Iterable[str]) -> Iterator[ParsedSentence]:
        wanted = list(texts)
        new = list(dict.fromkeys(t for t in wanted if (self.lang, t) not in self.memory))
        if new:
            for text, parsed in zip(new, self.parsers.backend(self.lang).sentences(new), strict=True):
                self.memory[self.lang, text] = parsed
        return iter([self.memory[self.lang, t] for t in wanted])


def joined(lang: Lang, sentences: Iterable[tuple[str, Sequence[Name]]]) -> Text:
    """Sentences as paragraphs of one text."""
    pieces, names, at = [], set(), 0
    for text, gold in sentences:
        pieces.append(text)
        names |= {Name(at + n.start, at + n.end, n.type) for n in gold if n.type in TYPES}
        at += len(text) + 2
    return Text(lang, "\n\n".join(pieces), frozenset(names))


def uner(path: Path) -> Iterator[tuple[str, list[Name]]]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.split("\n")
        text = next((line[9:] for line in lines if line.startswith("# text = ")), None)
        if text:
            rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
            yield text, tagged(text, [(row[1], row[2]) for row in rows])


def crossner(path: Path) -> Iterator[tuple[str, list[Name]]]:
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [tuple(line.split("\t")) for line in block.split("\n")]
        text = " ".join(row[0] for row in rows)
        for mark in (" ,", " .", " ;", " :", " )", " 's", " ?", " !"):
            text = text.replace(mark, mark[1:])
        text = text.replace("( ", "(")
        tags = [(row[0], row[1][:2] + CROSSNER.get(row[1][2:], "other")) for row in rows]
        yield text, tagged(text, tags)


def tagged(text: str, rows: Sequence[tuple[str, str]]) -> list[Name]:
    """The spans of IOB tags, each word found in the text after the last."""
    names: list[Name] = []
    at, inside = 0, False
    for word, tag in rows:
        start = max(text.find(word, at), at)
        at = start + len(word)
        if inside and tag.startswith("I"):
            names[-1] = names[-1]._replace(end=at)
        inside = tag[0] in "BI" and (inside or tag[0] == "B")
        if tag.startswith("B"):
            names.append(Name(start, at, tag[2:]))
    return names


def factru(path: Path) -> Iterator[Text]:
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        text = document["text"]
        objects = {
            Name(o["start"], o["end"], FACTRU[o["type"]]) for o in document["objects"] if o["type"] in FACTRU
        }
        kinds = {n[:2]: n.type for n in objects}
        names = {
            without_descriptor(text, n, kinds)
            for n in objects
            if any(c.isupper() for c in text[n.start : n.end])
        }
        longest = {
            n
            for n in names
            if not any(m.start <= n.start and n.end <= m.end and m[:2] != n[:2] for m in names)
        }
        yield Text("ru", text, frozenset(longest))


def without_descriptor(text: str, name: Name, kinds: dict[tuple[int, int], str]) -> Name:
    """The proper name in «мэрии Москвы» or «движения „Солидарность“», with the type of its own where it has one."""
    start = name.start
    while not any(c.isupper() for c in text[start : name.end].split()[0]):
        start += len(text[start : name.end].split()[0])
        start += len(text[start : name.end]) - len(text[start : name.end].lstrip())
    return Name(start, name.end, kinds.get((start, name.end), name.type))


def gold_work(path: Path) -> tuple[Text, Text]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    folder, id = path.parent, path.name.removesuffix(".gold.json")
    sides = []
    for lang in ("en", "ru"):
        text = (folder / f"{id}.{lang}.txt").read_text(encoding="utf-8").rstrip("\n")
        names = set()
        for entity in gold["entities"]:
            if entity["lang"] == lang:
                at = -1
                for _ in range(entity.get("occurrence", 0) + 1):
                    at = text.find(entity["text"], at + 1)
                names.add(Name(at, at + len(entity["text"]), entity["type"]))
        sides.append(Text(lang, text, frozenset(names)))
    return sides[0], sides[1]


def bare(text: str, name: Name) -> Name:
    """The name from its first letter or digit to its last: quotation marks and brackets at its edges do not count."""
    inside = [i for i in range(name.start, name.end) if text[i].isalnum()]
    return Name(inside[0], inside[-1] + 1, name.type) if inside else name


def structured(side: Text) -> Version:
    source = Source(path="", sha256="", encoding="utf-8", media_type="text/plain")
    version = Version(lang=side.lang, source=source, text=side.text)
    version = msgspec.structs.replace(version, paragraphs=segment.paragraphs(version))
    return msgspec.structs.replace(version, sentences=segment.sentences(version))


def alone(side: Text, parsers: parse.Parsers) -> Version:
    version = structured(side)
    return msgspec.structs.replace(version, entities=entities.extract(version, parsers.doc(version)))


def bilingual(en: Text, ru: Text, parsers: parse.Parsers, memory: dict) -> tuple[Version, Version]:
    left, right = alone(en, parsers), alone(ru, parsers)
    key = (left.text, right.text)
    if key not in memory:
        memory[key] = align.align_versions(left, right)
    work = Work(id="w", versions={"en": left, "ru": right}, alignment=memory[key])
    versions = consensus.consensus(work)
    return versions["en"], versions["ru"]


class Tally:
    """Counts over texts, by type and of spans alone; and what went wrong."""

    def __init__(self) -> None:
        self.hit: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.errors: list[str] = []

    def add(self, side: Text, found: Iterable[Entity]) -> None:
        names = {bare(side.text, Name(e.start, e.end, e.type)) for e in found if e.type in TYPES}
        side = side._replace(gold=frozenset(bare(side.text, n) for n in side.gold))
        for type in TYPES:
            self._add(type, {n for n in side.gold if n.type == type}, {n for n in names if n.type == type})
        self._add("all", side.gold, names)
        self._add("span", {n[:2] for n in side.gold}, {n[:2] for n in names})
        touched = {
            g for g in side.gold for n in names if n.type == g.type and n.start < g.end and g.start < n.end
        }
        right = {
            n for g in side.gold for n in names if n.type == g.type and n.start < g.end and g.start < n.end
        }
        self.hit["overlap"] += min(len(touched), len(right))
        self.found["overlap"] += len(names)
        self.gold["overlap"] += len(side.gold)
        self.errors += _explained(side, names)

    def _add(self, key: str, gold: Iterable, found: Iterable) -> None:
        gold, found = set(gold), set(found)
        self.hit[key] += len(gold & found)
        self.found[key] += len(found)
        self.gold[key] += len(gold)

    def __str__(self) -> str:
        return "  ".join(f"{key} {self.f1(key):.3f}" for key in ("all", *TYPES, "span", "overlap")) + (
            f"   (P {self.hit['all'] / max(1, self.found['all']):.3f} R {self.hit['all'] / max(1, self.gold['all']):.3f}, {self.gold['all']} gold)"
        )

    def f1(self, key: str) -> float:
        return 2 * self.hit[key] / max(1, self.found[key] + self.gold[key])


def _explained(side: Text, names: set[Name]) -> Iterator[str]:
    """Each error with its kind: type, boundary, missed or spurious."""
    for n in sorted(side.gold ^ names):
        others = [o for o in (names if n in side.gold else side.gold) if o.start < n.end and n.start < o.end]
        same = [o for o in others if o[:2] == n[:2]]
        kind = "type" if same else "boundary" if others else "missed" if n in side.gold else "spurious"
        if n not in side.gold and others:
            continue
        other = "".join(f" <- {o.type} {side.text[o.start : o.end]!r}" for o in same or others)
        around = side.text[max(0, n.start - 50) : n.end + 40].replace("\n", "¶")
        yield f"{kind:8} {n.type} {side.text[n.start : n.end]!r}{other}   | {around}"


def scores(
    names: Sequence[str], data: Path, gold: Path, parsers: parse.Parsers, memory: dict
) -> dict[str, Tally]:
    result: dict[str, Tally] = {}

    def tally(key: str, side: Text, version: Version) -> None:
        result.setdefault(key, Tally()).add(side, version.entities or ())

    for name in names:
        if name == "pud":
            en = joined("en", uner(data / BY_LINE["pud"].format("en")))
            ru = joined("ru", uner(data / BY_LINE["pud"].format("ru")))
            versions = bilingual(en, ru, parsers, memory)
            for side, version in zip((en, ru), versions, strict=True):
                tally(f"pud {side.lang} alone", side, alone(side, parsers))
                tally(f"pud {side.lang} bilingual", side, version)
        elif name == "ewt":
            side = joined("en", uner(data / BY_LINE["ewt"]))
            tally("ewt", side, alone(side, parsers))
        elif name == "crossner":
            side = joined("en", crossner(data / BY_LINE["crossner"]))
            tally("crossner", side, alone(side, parsers))
        elif name == "factru":
            for side in factru(data / "factRuEval2016.devset.jsonl"):
                tally("factru", side, alone(side, parsers))
        elif name == "gold":
            for path in sorted(gold.glob("*.gold.json")):
                en, ru = gold_work(path)
                if en.gold:
                    for side, version in zip((en, ru), bilingual(en, ru, parsers, memory), strict=True):
                        part = "d1-d5" if path.name[:2] in ("d1", "d2", "d3", "d4", "d5") else "newer"
                        tally(f"gold {part} {side.lang} alone", side, alone(side, parsers))
                        tally(f"gold {part} {side.lang} bilingual", side, version)
                        tally(f"{path.name[:16]} {side.lang}", side, version)
    return result


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("sets", nargs="*", default=["pud", "ewt", "crossner", "factru", "gold"])
    arguments.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared" / "data" / "dev")
    arguments.add_argument("--gold", type=Path, default=REPOSITORY / "corpora" / "gold" / "development")
    arguments.add_argument("--errors", action="store_true")
    arguments.add_argument("--cache", type=Path)
    options = arguments.parse_args()
    memory: dict = (
        pickle.loads(options.cache.read_bytes()) if options.cache and options.cache.exists() else {}
    )
    parsers = parse.load(config.load())
    if options.cache:
        backends: dict[str, Backend] = {lang: Remembered(lang, parsers, memory) for lang in ("en", "ru")}
        known = len(memory)
        parsers = parse.Parsers(config.load(), backends)
    result = scores(options.sets, options.data, options.gold, parsers, memory)
    for key, tally in sorted(result.items()):
        if options.errors:
            print(*(f"{key:18} {error}" for error in tally.errors), sep="\n")
        print(f"{key:26} {tally}")
    if options.cache and len(memory) > known:
        options.cache.write_bytes(pickle.dumps(memory))


if __name__ == "__main__":
    main()
