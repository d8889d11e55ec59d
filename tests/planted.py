"""Differences planted into the faithful passages of `corpora/labelled`, by hand and automatically, and how they are scored.

Every planted difference replaces a stretch of a Russian passage. Works are made of passages with one difference each.
"""

import csv
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline import api, languages, morphology
from pipeline.compare.finding import REPORTED
from pipeline.document import Difference

ROOT = Path(__file__).resolve().parent.parent
WORK = 40
"""Passages in a work."""


class Planted(NamedTuple):
    """A difference in a passage: what the English version says, and which Russian words became which."""

    passage: str
    kind: str
    en: str
    ru: str
    planted: str


def passages() -> dict[str, dict[str, str]]:
    files = sorted((ROOT / "corpora" / "labelled").glob("*.jsonl"))
    rows = [json.loads(line) for f in files for line in f.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row for row in rows}


def by_hand() -> list[Planted]:
    with (ROOT / "tests" / "cases" / "compare" / "planted.tsv").open(encoding="utf-8", newline="") as table:
        rows = csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Planted(*row) for row in list(rows)[1:]]


def works(planted: list[Planted]) -> Iterator[list[Planted]]:
    """The differences in works, no passage twice in one."""
    rounds: dict[int, list[Planted]] = defaultdict(list)
    seen: Counter[str] = Counter()
    for one in planted:
        rounds[seen[one.passage]].append(one)
        seen[one.passage] += 1
    for there in rounds.values():
        yield from (there[i : i + WORK] for i in range(0, len(there), WORK))


class Outcome(NamedTuple):
    """A finding with the kind of what was planted there (None: nothing), or a planted difference that was not found."""

    kind: str
    confidence: float
    planted: str | None


def outcomes(planted: list[Planted]) -> list[Outcome]:
    texts = passages()
    return [o for work in works(planted) for o in _outcomes(work, texts)]


def _outcomes(planted: list[Planted], texts: dict[str, dict[str, str]]) -> Iterator[Outcome]:
    en, ru, at = "", "", []
    for one in planted:
        row = texts[one.passage]
        start, found = row["ru"].index(one.ru), row["en"].lower().find(one.en.lower()) if one.en else -1
        at.append(
            (
                (len(en) + found, len(en) + found + len(one.en)) if found >= 0 else None,
                (len(ru) + start, len(ru) + start + len(one.planted)) if one.planted.strip() else None,
            )
        )
        en += row["en"] + "\n\n"
        ru += row["ru"][:start] + one.planted + row["ru"][start + len(one.ru) :] + "\n\n"
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"work.{lang}.txt" for lang in ("en", "ru")]
        for path, text in zip(paths, (en, ru), strict=True):
            path.write_text(text.strip(), encoding="utf-8")
        differences = list(api.compare(*paths).differences or ())
    taken: set[int] = set()
    for one, places in zip(planted, at, strict=True):
        here = [
            (d.kind == one.kind, d.confidence, n)
            for n, d in enumerate(differences)
            if n not in taken and _meets(d, places)
        ]
        if here:
            _, confidence, n = max(here)
            taken.add(n)
            yield Outcome(differences[n].kind, confidence, one.kind)
        else:
            yield Outcome(one.kind, 0.0, one.kind)
    yield from (Outcome(d.kind, d.confidence, None) for n, d in enumerate(differences) if n not in taken)


def _meets(found: Difference, places: tuple[tuple[int, int] | None, tuple[int, int] | None]) -> bool:
    for span, place in zip((found.en, found.ru), places, strict=True):
        if span is not None and place is not None:
            shared = min(span.end, place[1]) - max(span.start, place[0])
            if shared > 0.5 * min(span.end - span.start, place[1] - place[0]):
                return True
    return False


def recall(found: list[Outcome]) -> dict[str, tuple[int, int]]:
    """Of each planted kind how many were reported, and of how many."""
    kinds = sorted({o.planted for o in found if o.planted})
    return {
        k: (
            sum(o.planted == k and o.confidence >= REPORTED for o in found),
            sum(o.planted == k for o in found),
        )
        for k in kinds
    }


def precision(found: list[Outcome]) -> float:
    reported = [o for o in found if o.confidence >= REPORTED]
    return sum(o.planted is not None for o in reported) / max(1, len(reported))


def reliability(found: list[Outcome]) -> dict[str, list[tuple[float, float, int]]]:
    """For each kind, in three bands of confidence: the mean confidence, the share of real ones, how many."""
    out: dict[str, list[tuple[float, float, int]]] = {}
    for kind in sorted({o.kind for o in found}):
        for low, high in ((0.2, 0.5), (0.5, 0.7), (0.7, 1.01)):
            band = [o for o in found if o.kind == kind and low <= o.confidence < high]
            if band:
                real = sum(o.planted is not None for o in band)
                mean = sum(o.confidence for o in band) / len(band)
                out.setdefault(kind, []).append((round(mean, 2), round(real / len(band), 2), len(band)))
    return out


# What follows plants differences automatically: each function gives (English words, Russian words, what they become).

Change = tuple[str, str, str]
MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]  # fmt: skip


def another_number(en: str, ru: str) -> Change | None:
    """A figure that both versions write in digits grows by a digit."""
    for match in re.finditer(r"(?<![\d.,–-])(\d{2,3})(?![\d.,–-])(?!\s*(?:г\.|год|%?–))", ru):
        if re.search(rf"(?<![\d.,–-]){match[1]}(?![\d.,–-])", en):
            changed = str((int(match[1][0]) % 9) + 1) + match[1][1:]
            return match[1], match[1], changed
    return None


def another_date(en: str, ru: str) -> Change | None:
    """A day of another month."""
    for match in re.finditer(rf"(?<!\d)(\d{{1,2}}) ({'|'.join(MONTHS)})", ru):
        month = MONTHS[(MONTHS.index(match[2]) + 5) % 12]
        day = re.search(rf"\b{match[1]} [A-Z][a-z]+|[A-Z][a-z]+ {match[1]}\b", en)
        if day:
            return day[0], match[0], f"{match[1]} {month}"
    return None


def dropped_sentence(en: str, ru: str) -> Change | None:
    """The last but one of as many sentences as the English version has."""
    ours, theirs = (re.findall(r"[^.!?…]{25,}[.!?…]+[»”]?\s*", text) for text in (en, ru))
    if len(ours) == len(theirs) >= 4 and "".join(ours) == en and "".join(theirs) == ru:
        return ours[-2].strip(), theirs[-2], ""
    return None


def lost_negation(en: str, ru: str) -> Change | None:
    """ "did not", «не» before a verb is dropped."""
    if len(re.findall(r"\bnot\b|n’t\b", en)) != 1 or len(re.findall(r"\b(?:не|ни|нет|без)\b", ru, re.I)) != 1:
        return None
    denied = re.search(r"\b(?:not|\w+n’t) \w+", en)
    match = re.search(r"\bне (\w+(?:л|ла|ли|ло|ет|ит|ют|ят|ут))\b", ru)
    return (denied[0], match[0], match[1]) if denied and match else None


def swapped(kind: str) -> Callable[[str, str], Change | None]:
    """A word of a contrast becomes one of another member, in the same form."""

    def change(en: str, ru: str) -> Change | None:
        groups = languages.shared("contrasts")
        for name, members in groups[kind].items():
            if name in groups["doubtful"]:
                continue
            rows = [languages.bilingual(m) for m in members]
            for k, row in enumerate(rows):
                if found := _exchange(en, ru, row, rows[(k + 1) % len(rows)]):
                    return found
        return None

    return change


def _exchange(en: str, ru: str, row: dict[str, list[str]], other: dict[str, list[str]]) -> Change | None:
    ours = next((w for w in row["en"] if " " not in w and re.search(rf"\b{w}\b", en)), None)
    if ours is None or any(re.search(rf"\b{w}", en) for w in other["en"]):
        return None
    for match in re.finditer(r"[а-яё]+", ru):
        parse = morphology.analyzer().parse(match[0])[0]
        if parse.normal_form in row["ru"] and len(re.findall(rf"\b{match[0]}\b", ru)) == 1:
            for lemma in (w for w in other["ru"] if " " not in w):
                there = morphology.analyzer().parse(lemma)[0]
                wanted = {
                    str(g) for g in (parse.tag.case, parse.tag.number, parse.tag.tense, parse.tag.person) if g
                }
                inflected = there.inflect(wanted) if there.tag.POS == parse.tag.POS else None
                if inflected:
                    return ours, match[0], inflected.word
    return None


CHANGES: dict[str, Callable[[str, str], Change | None]] = {
    "number": another_number,
    "date": another_date,
    "omission": dropped_sentence,
    "negation": lost_negation,
    "polarity": swapped("polarity"),
    "modality": swapped("modality"),
    "terminology": swapped("terminology"),
}
MOST = 12
"""Automatic differences of a kind, at most."""


def automatic() -> list[Planted]:
    """Up to `MOST` differences of each kind, at most one in a passage."""
    found: list[Planted] = []
    used: set[str] = set()
    for kind, change in CHANGES.items():
        count = 0
        for name, row in passages().items():
            if name in used or count == MOST or row["ru"].count("…"):
                continue
            made = change(row["en"], row["ru"])
            if made and row["ru"].count(made[1]) == 1:
                used.add(name)
                count += 1
                found.append(Planted(name, "polarity" if kind == "negation" else kind, *made))
    return found
