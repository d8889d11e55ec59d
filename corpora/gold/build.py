#!/usr/bin/env python3
"""Assemble NAME.en.txt, NAME.ru.txt and NAME.gold.json beside every marked-up NAME.src of a folder.

  build.py FOLDER [NAME ...] [-v]      -v: list capitals outside entities

#P group [hard] [supports]   new paragraph on both sides
#PE / #PR group ...          new paragraph on one side only
E text / R text              one English / one Russian sentence
blank line                   end of a sentence-alignment row
{id|text}                    annotated span: s statement, q quantity, e event, d difference, f faithful trap;
                             {s1@|Name} = speaker of s1; spans nest
~ = no-break space;  ' in E lines = U+2019
%META                        followed by one Python dict
"""

import json
import pathlib
import re
import sys

from babel import Locale

NBSP = "\u00a0"
CATEGORY = {
    "economic": "objective",
    "political": "objective",
    "historical": "ambivalent",
    "sociocultural": "ambivalent",
    "psychological": "subjective",
    "none": "none",
}
ISO = {name: code for code, name in Locale("en").territories.items() if len(code) == 2} | {
    "Turkey": "TR",
    "United States of America": "US",
    "Czech Republic": "CZ",
    "Myanmar": "MM",
}
OPENING = re.compile(r"\{([sqedf]\d+@?)\|")


def unmark(raw):
    """Marked-up text -> (plain text, {id: [(start, end), ...]})."""
    out, open_spans, spans, i = [], [], {}, 0
    while i < len(raw):
        if m := OPENING.match(raw, i):
            open_spans.append((m.group(1), len(out)))
            i = m.end()
        elif raw[i] == "}":
            key, start = open_spans.pop()
            spans.setdefault(key, []).append((start, len(out)))
            i += 1
        elif raw[i] == "{":
            raise ValueError("bad brace near " + raw[i : i + 60])
        else:
            out.append(raw[i])
            i += 1
    if open_spans:
        raise ValueError(f"unclosed {open_spans}")
    return "".join(out), {k: sorted(v) for k, v in spans.items()}


def typeset(text, lang, meta):
    text = text.replace("~", NBSP)
    if lang == "en":
        return text.replace("'", "\u2019")
    if meta.get("nbdash"):
        text = text.replace(" — ", NBSP + "— ")
    if meta.get("noyo"):
        text = text.replace("ё", "е").replace("Ё", "Е")
    return text


def read(path):
    """-> (meta, {lang: paragraphs}, rows); a row is {lang: [(paragraph index, sentence)]}."""
    body, meta = path.read_text(encoding="utf8").split("%META", 1)
    meta = eval(meta.strip(), {"__builtins__": {"dict": dict}})
    paragraphs, begun, rows, row = {"en": [], "ru": []}, {"en": None, "ru": None}, [], {"en": [], "ru": []}
    for number, line in enumerate([*body.splitlines(), ""], 1):
        if not line.strip() or line.startswith("#"):
            if row["en"] or row["ru"]:
                rows.append(row)
            row = {"en": [], "ru": []}
        if line.startswith("#"):
            tag, group, *flags = line.split()
            for lang in {"#P": ("en", "ru"), "#PE": ("en",), "#PR": ("ru",)}[tag]:
                begun[lang] = {"group": group, "hard": "hard" in flags, "supports": "supports" in flags}
        elif line.strip():
            if line[:2] not in ("E ", "R "):
                raise ValueError(f"{path.name}:{number}: {line[:60]}")
            lang = "en" if line[0] == "E" else "ru"
            if begun[lang]:
                paragraphs[lang].append({**begun[lang], "sentences": []})
                begun[lang] = None
            sentence = typeset(line[2:].strip(), lang, meta)
            paragraphs[lang][-1]["sentences"].append(sentence)
            row[lang].append((len(paragraphs[lang]) - 1, sentence))
    return meta, paragraphs, rows


def align_paragraphs(paragraphs, rows):
    """Connected components of the paragraphs that share a sentence row, in reading order."""
    groups = []
    for row in rows:
        new = {(lang, i) for lang in row for i, _ in row[lang]}
        apart = [g for g in groups if not g & new]
        groups = [*apart, new.union(*(g for g in groups if g & new))]
    beads = [[sorted(i for lang, i in g if lang == side) for side in ("en", "ru")] for g in groups]
    return sorted(beads, key=lambda b: (b[0] or [10**6], b[1] or [10**6]))


def entities(names, text, lang, meta, doc):
    listed = [
        (typeset(n.strip(), lang, meta), kind)
        for kind, line in names.items()
        for n in line.split(";")
        if n.strip()
    ]
    found, taken = [], [False] * len(text)
    for name, kind in sorted(listed, key=lambda x: -len(x[0])):
        hits = list(re.finditer(r"(?<![\w-])" + re.escape(name) + r"(?![\w-])", text))
        if not hits:
            print(f"!! {doc} {lang} entity never found: {name}")
        for m in hits:
            if not any(taken[m.start() : m.end()]):
                taken[m.start() : m.end()] = [True] * (m.end() - m.start())
                before = sum(text.startswith(name, i) for i in range(m.start()))
                found.append(
                    {
                        "lang": lang,
                        "text": name,
                        "occurrence": before,
                        "type": kind,
                        "start": m.start(),
                        "end": m.end(),
                    }
                )
    if "-v" in sys.argv:
        print(
            doc,
            lang,
            "capitals outside entities:",
            sorted(
                {
                    m.group()
                    for m in re.finditer(r"\b[^\W\d_a-zа-яё][\w’]*", text)
                    if not taken[m.start()] and m.group()[0].isupper()
                }
            ),
        )
    return found


def build(path):
    doc = path.stem
    meta, paragraphs, rows = read(path)
    text, spans = {}, {}
    for lang in paragraphs:
        text[lang], spans[lang] = unmark("\n\n".join(" ".join(p["sentences"]) for p in paragraphs[lang]))
        (path.parent / f"{doc}.{lang}.txt").write_text(text[lang] + "\n", encoding="utf8")
    used = set()

    def piece(lang, span):
        return text[lang][span[0] : span[1]]

    def records(table):
        """Every (lang, id, values in that language, spans)."""
        for lang in text:
            for key, values in meta[table].items():
                if key not in spans[lang]:
                    raise ValueError(f"{doc} {lang} lacks {key}")
                used.update((key, key + "@"))
                yield lang, key, {**values, **values.get(lang + "_over", {})}, spans[lang][key]

    passages = {
        lang: [
            {
                "i": i,
                "group": p["group"],
                "category": CATEGORY[p["group"]],
                "hard": p["hard"],
                **({"polarity": "supports"} if p["supports"] else {}),
            }
            for i, p in enumerate(paragraphs[lang])
        ]
        for lang in paragraphs
    }
    statements = []
    for lang, key, v, stretches in records("S"):
        speaker = spans[lang][v.get("spk", key) + "@"][0]
        for part, (start, end) in enumerate(stretches, 1):
            statements.append(
                {
                    "lang": lang,
                    "quote": text[lang][start:end],
                    "kind": v["kind"],
                    "speaker": piece(lang, speaker),
                    "speaker_name": v[lang],
                    "role": v["role"],
                    "role_local": v["role"] if lang == "en" else v["role_ru"],
                    "country": ISO.get(v["country"], v["country"]),
                    "former": v.get("former", False),
                    "pair_id": f"{doc}-{key}",
                    "start": start,
                    "end": end,
                    "speaker_start": speaker[0],
                    **({"part": part} if len(stretches) > 1 else {}),
                    **({"turn": True} if v.get("turn") else {}),
                }
            )
    quantities = []
    for lang, key, v, ((start, end),) in records("Q"):
        quantities.append(
            {
                "lang": lang,
                "text": text[lang][start:end],
                "indicator": v["ind"],
                "subject": ISO.get(v["subj"], v["subj"]),
                "from": v["frm"],
                "to": v["to"],
                "unit": v["unit"],
                "change_pct": v["chg"],
                "consistent": v.get("ok", True),
                "period": v["period"],
                "pair_id": f"{doc}-{key}",
                "start": start,
                "end": end,
                **({"change_pp": v["pp"]} if "pp" in v else {}),
            }
        )
    events = []
    for lang, key, v, ((start, end),) in records("E"):
        first, last = v["d"] if isinstance(v["d"], tuple) else (v["d"], v["d"])
        events.append(
            {
                "lang": lang,
                "text": text[lang][start:end],
                "type": v["type"],
                "date_start": first,
                "date_end": last,
                "participants": v["parts"],
                "pair_id": f"{doc}-{key}",
                "start": start,
                "end": end,
            }
        )
    differences = []
    for key, v in meta["D"].items():
        used.add(key)
        d = {"kind": v["kind"]}
        for lang in text:
            span = spans[lang].get(key, [None])[0]
            d[lang], d[lang + "_start"] = (piece(lang, span), span[0]) if span else (None, None)
        differences.append({**d, "note": v["note"]})
    traps = []
    for key, note in meta["F"].items():
        used.add(key)
        traps.append({**{lang: piece(lang, spans[lang][key][0]) for lang in text}, "note": note})
    for lang in spans:
        for key in spans[lang].keys() - used:
            print(f"!! {doc} {lang} span without metadata: {key}")

    def order(record):
        return record["lang"], record["start"], -record["end"]

    gold = {
        "id": doc,
        "genre": meta["genre"],
        "passages": passages,
        "paragraph_alignment": align_paragraphs(paragraphs, rows),
        "sentence_alignment": [
            [[unmark_sentence(s) for _, s in row[lang]] for lang in ("en", "ru")] for row in rows
        ],
        "statements": sorted(statements, key=order),
        "quantities": sorted(quantities, key=order),
        "events": sorted(events, key=order),
        "entities": sorted(
            (
                e
                for lang in text
                if "ents" in meta
                for e in entities(meta["ents"][lang], text[lang], lang, meta, doc)
            ),
            key=order,
        ),
        "differences": differences,
        "faithful_traps": traps,
    }
    (path.parent / f"{doc}.gold.json").write_text(
        json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf8"
    )


def unmark_sentence(sentence):
    return OPENING.sub("", sentence).replace("}", "")


if __name__ == "__main__":
    folder, *names = [a for a in sys.argv[1:] if a != "-v"]
    for source in sorted(pathlib.Path(folder).glob("*.src")):
        if not names or source.stem in names:
            build(source)
