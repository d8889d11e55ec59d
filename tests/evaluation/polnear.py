"""Score quotations in English news against PolNeAR: content, and content with its speaker.

    python tests/evaluation/polnear.py FILE.jsonl [--errors N]

Contents in any double marks count, typewritten '' too; sentences of one quotation that stand side by side are one stretch.
A line holds {"text", "attributions": [{"source", "cue", "content": [{"spans": [[start, end]]}]}]}. Gold is every
stretch of content of an attribution in which quotation marks stand, and which has a source; predicted is every direct
or mixed attribution, of named and unnamed sources alike. A stretch is found when it overlaps the gold by 60 % of
their union, letters and digits only; its speaker is right when it overlaps the gold source, or is the person the
gold's pronoun stands for.
"""

import argparse
import json
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from pipeline import config, parse, segment
from pipeline.document import Source, Version
from pipeline.statements import attributions
from pipeline.statements.people import People
from pipeline.statements.reading import Found, Reading

MARKS = ("“", "”", '"', "''", "``")
SAME = 0.6


class Gold(NamedTuple):
    start: int
    end: int
    sources: tuple[tuple[int, int], ...]


def gold_stretches(document: dict[str, Any]) -> list[Gold]:
    found = []
    for attribution in document["attributions"]:
        spans = [span for part in attribution.get("content", ()) for span in part["spans"]]
        sources = tuple((a, b) for part in attribution.get("source", ()) for a, b in part["spans"])
        if sources and any(mark in document["text"][a:b] for a, b in spans for mark in MARKS):
            joined = stretches(document["text"], sorted(spans))
            found += [
                Gold(a, b, sources) for a, b in joined if any(c.isalnum() for c in document["text"][a:b])
            ]
    return found


def stretches(text: str, spans: list[list[int]]) -> list[list[int]]:
    """The spans of one content; the corpus cuts a long quotation into its sentences, which stand side by side."""
    joined: list[list[int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = [joined[-1][0], end]
        else:
            joined.append([start, end])
    return joined


def predicted_stretches(text: str, parsers: parse.Parsers) -> tuple[Reading, list[Found]]:
    version = Version(
        lang="en", source=Source(path="", sha256="", encoding="utf-8", media_type="text/plain"), text=text
    )
    version = msgspec.structs.replace(version, paragraphs=segment.paragraphs(version))
    version = msgspec.structs.replace(version, sentences=segment.sentences(version))
    doc = parsers.doc(version)
    reading = Reading(version, doc, People(version, doc))
    return reading, [f for f in attributions(reading) if f.kind != "indirect"]


def letters(text: str, start: int, end: int) -> set[int]:
    return {i for i in range(start, end) if text[i].isalnum()}


def agreement(text: str, gold: Gold, found: Found) -> float:
    a, b = letters(text, gold.start, gold.end), letters(text, found.start, found.end)
    return len(a & b) / max(1, len(a | b))


def right_speaker(reading: Reading, gold: Gold, found: Found) -> bool:
    doc = reading.doc
    start, end = (
        doc[found.speaker.first].idx,
        doc[found.speaker.last - 1].idx + len(doc[found.speaker.last - 1].text),
    )
    if any(start < b and a < end for a, b in gold.sources):
        return True
    person = found.speaker.person
    mentions = [reading.people.at(i) for a, b in gold.sources for i in range(*reading.tokens(a, b))]
    return person is not None and any(m is not None and m.person is person for m in mentions)


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--errors", type=int, default=0)
    options = arguments.parse_args()
    parsers = parse.load(config.load())
    gold_count = predicted_count = content = speaker = shown = 0
    for line in options.file.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        text, golds = document["text"], gold_stretches(document)
        reading, found = predicted_stretches(text, parsers)
        gold_count, predicted_count = gold_count + len(golds), predicted_count + len(found)
        pairs = sorted(
            ((agreement(text, g, f), i, j) for i, g in enumerate(golds) for j, f in enumerate(found)),
            reverse=True,
        )
        used_gold: set[int] = set()
        used_found: set[int] = set()
        for score, i, j in pairs:
            if score >= SAME and i not in used_gold and j not in used_found:
                used_gold.add(i)
                used_found.add(j)
                content += 1
                right = right_speaker(reading, golds[i], found[j])
                speaker += right
                if not right and shown < options.errors:
                    shown += 1
                    print("SPEAKER", repr(text[golds[i].start : golds[i].end][:80]), [text[a:b] for a, b in golds[i].sources],
                          "got", reading.doc[found[j].speaker.first : found[j].speaker.last], found[j].rule)  # fmt: skip
        for i, g in enumerate(golds):
            if i not in used_gold and shown < options.errors:
                shown += 1
                print(
                    "MISSED ",
                    repr(text[max(0, g.start - 60) : g.start]),
                    "||",
                    repr(text[g.start : g.end][:140]),
                    "||",
                    repr(text[g.end : g.end + 60]),
                )
        for j, f in enumerate(found):
            if j not in used_found and shown < options.errors:
                shown += 1
                print(
                    "ADDED  ",
                    f.kind,
                    f.rule,
                    repr(text[max(0, f.start - 40) : f.start]),
                    "||",
                    repr(text[f.start : f.end][:140]),
                )
    for name, right in (("content", content), ("content and speaker", speaker)):
        precision, recall = right / max(1, predicted_count), right / max(1, gold_count)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(
            f"{name:20} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  ({right} of {gold_count} gold, {predicted_count} predicted)"
        )
    print(f"speaker given content {speaker / max(1, content):.3f}")


if __name__ == "__main__":
    main()
