#!/usr/bin/env python3
"""Check the gold works of a folder; reads only NAME.*.txt and NAME.gold.json, never the sources.   check.py FOLDER [NAME ...]"""

import json
import pathlib
import re
import sys
from collections import Counter
from decimal import Decimal as D
from decimal import InvalidOperation

R = pathlib.Path(sys.argv[1])
CATEGORY = {
    "economic": "objective",
    "political": "objective",
    "historical": "ambivalent",
    "sociocultural": "ambivalent",
    "psychological": "subjective",
    "none": "none",
}
WITHOUT_ENTITIES = {"d2", "d4"}
KINDS = {
    "omission",
    "addition",
    "number",
    "date",
    "entity",
    "modality",
    "attribution",
    "polarity",
    "terminology",
}
TYPOS = re.compile(r"[{}~|<>\"\t]|\( | \)| ,| ;| :|\.\.| \.|,,")
errors, warnings = [], []
tot, hard, body, kinds, dkinds, types, precision, beads = (Counter() for _ in range(8))
groups = {"en": Counter(), "ru": Counter()}


def err(*a):
    errors.append(" ".join(map(str, a)))


class Flat:
    """A text as lower-case letters and digits only: the form in which spans can be found again after repairs."""

    def __init__(self, text):
        self.before, kept = [0], 0
        for c in text:
            kept += c.isalnum()
            self.before.append(kept)
        self.letters = self.of(text)

    @staticmethod
    def of(s):
        return "".join(c.lower()[0] for c in s if c.isalnum())

    def at(self, offset):
        return self.before[offset]

    def first(self, piece, occurrence=0):
        at = -1
        for _ in range(occurrence + 1):
            at = self.letters.find(self.of(piece), at + 1)
        return at


def numbers(s):
    """All numbers written in s, in base units; factors as percentages."""
    russian, s, out = bool(re.search(r"[а-яё]", s, re.I)), s.replace("\u00a0", " "), set()
    for m in re.finditer(
        r"(?<![\w.,])[$€]?(\d[\d ,.]*\d|\d)(?:[\s-]*(trillion|billion|million|thousand|bn|трлн|млрд|млн|тыс\.|TWh|GWh|ТВт|ГВт))?",
        s,
    ):
        t = m.group(1).replace(" ", "").replace(",", "." if russian else "")
        try:
            v = D(t)
        except InvalidOperation:
            continue
        k = {
            "trillion": 12,
            "трлн": 12,
            "billion": 9,
            "bn": 9,
            "million": 6,
            "млрд": 9,
            "млн": 6,
            "thousand": 3,
            "тыс.": 3,
            "TWh": 9,
            "ТВт": 9,
            "GWh": 6,
            "ГВт": 6,
        }.get(m.group(2), 0)
        out |= {v.normalize(), (v * 10**k).normalize()}
        if not m.group(2):  # "from 31 million to 24.8": the unit may stand at the other number
            out |= {(v * 10**kk).normalize() for kk in (3, 6, 9)}
    for m in re.finditer(r"(\d+(?:,\d+)?) раза", s):
        out.add(((D(m.group(1).replace(",", ".")) - 1) * 100).normalize())
    for words, value in (
        ("threefold|tripl|втрое|утро", 200),
        ("twofold|doubl|вдвое|удво", 100),
        ("fourfold|quadrupl|вчетверо", 300),
        ("halv|by half|вдвое|наполовину", 50),
    ):
        if re.search(words, s):
            out.add(D(value).normalize())
    return out


def check_text(n, lang):
    raw = (R / f"{n}.{lang}.txt").read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        err(n, lang, "BOM")
    t = raw.decode("utf8")
    if not t.endswith("\n") or t.endswith("\n\n"):
        err(n, lang, "file ending")
    t = t[:-1]
    paragraphs = t.split("\n\n")
    for i, p in enumerate(paragraphs):
        if "\n" in p or p != p.strip() or not p or "  " in p:
            err(n, lang, "paragraph", i, "layout")
    if not 10 <= len(paragraphs) <= 18:
        err(n, lang, "paragraph count", len(paragraphs))
    if bad := [t[max(0, m.start() - 12) : m.end() + 5] for m in TYPOS.finditer(t)]:
        err(n, lang, "stray characters", bad[:4])
    if "'" in t:
        err(n, lang, "straight apostrophe")
    for o, c in (("«", "»"), ("„", "“")) if lang == "ru" else (("“", "”"),):
        if t.count(o) != t.count(c):
            err(n, lang, "unbalanced", o, c)
    if lang == "ru":
        if re.search("[”‘’]", t):
            err(n, "English quotes in Russian")
        if m := re.findall(r"\w*[a-zA-Z][а-яё]\w*|\w*[а-яё][a-zA-Z]\w*", t):
            err(n, "mixed-script word", m)
        for m in re.finditer(
            r"\d (г\.|гг\.|год|млн|млрд|тыс\.|%|п\.|м³|м\b|т\b|л\b|ц\b)|(млн|млрд) (т\b|л\b|м³|кВт)|[тп]\. [еп]\.|\b[А-Я]\. [А-Я]",
            t,
        ):
            err(n, "plain space:", t[m.start() - 8 : m.end() + 4])
        if re.search(r"\d-\d|\d - ", t):
            err(n, "hyphen in a range", re.findall(r"\S*\d-\d\S*", t))
        if m := re.findall(r"\S* - \S*", t):
            err(n, "hyphen as dash", m)
    elif re.search("[А-Яа-яЁё]", t):
        err(n, "Cyrillic letters in English")
    return t, paragraphs


def check_alignment(n, g, tx, par):
    where = {}
    for k, lang in enumerate(("en", "ru")):
        if [i for a in g["paragraph_alignment"] for i in a[k]] != list(range(len(par[lang]))):
            err(n, lang, "paragraph alignment does not cover the text")
        pos, where[lang] = 0, {}
        for j, a in enumerate(g["sentence_alignment"]):
            for s in a[k]:
                while pos < len(tx[lang]) and tx[lang][pos].isspace():
                    pos += 1
                if not tx[lang].startswith(s, pos):
                    err(n, lang, "sentence not in order:", s[:50], "|", tx[lang][pos : pos + 50])
                    break
                if "\n" in s:
                    err(n, lang, "sentence crosses a paragraph", s[:40])
                # an end mark followed by a capital inside one sentence: a missed split?
                for m in re.finditer(r"[.!?…][»”“’]*\s(?=[«“„‘—–]*\s?[A-ZА-ЯЁ])", s):
                    if not re.search(
                        r"(\b[A-ZА-ЯЁ]|\b(?:г|гг|с|т|п|e|p|Q|O|долл|тыс|ч|i|е))\.$", s[: m.start() + 1]
                    ):
                        warnings.append(
                            f"{n} {lang} split missed? …{s[max(0, m.start() - 25) : m.end() + 15]}"
                        )
                where[lang].setdefault(j, set()).add(tx[lang].count("\n\n", 0, pos))
                pos += len(s)
        if tx[lang][pos:].strip():
            err(n, lang, "uncovered tail", tx[lang][pos : pos + 60])
    linked = {(e, r) for a in g["paragraph_alignment"] for e in a[0] for r in a[1]}
    for j, a in enumerate(g["sentence_alignment"]):
        pe, pr = where["en"].get(j, set()), where["ru"].get(j, set())
        if not a[0] and not a[1]:
            err(n, "empty row")
        if any((e, r) not in linked for e in pe for r in pr):
            err(n, "alignments disagree", pe, pr)
        beads[
            "1:0"
            if not (a[0] and a[1])
            else "1:1"
            if len(a[0]) == len(a[1]) == 1
            else "n:n"
            if len(a[0]) == len(a[1])
            else "n:m"
        ] += 1
        ge, gr = ({g["passages"][lang][i]["group"] for i in p} for lang, p in (("en", pe), ("ru", pr)))
        if ge and gr and ge != gr:
            err(n, "groups differ across languages", ge, gr)


def check_work(n):
    """Everything that can be wrong with one gold work."""
    g = json.loads((R / f"{n}.gold.json").read_text(encoding="utf8"))
    tx, par = {}, {}
    for lang in ("en", "ru"):
        tx[lang], par[lang] = check_text(n, lang)
        side = ("en", "ru").index(lang)
        sentences = [s for a in g["sentence_alignment"] for s in a[side]]
        if [p["i"] for p in g["passages"][lang]] != list(range(len(par[lang]))):
            err(n, lang, "passage indices")
        for p in g["passages"][lang]:
            if CATEGORY.get(p["group"]) != p["category"]:
                err(n, lang, "category", p)
            if p["i"] == 0:
                if p["group"] != "none":
                    err(n, lang, "the title must be none")
                continue
            groups[lang][p["group"]] += 1
            hard[lang] += p["hard"]
            body[lang] += 1
            if not 1 <= (k := sum(s in par[lang][p["i"]] for s in sentences)) <= 6:
                err(n, lang, p["i"], "sentences", k)
    check_alignment(n, g, tx, par)

    flat = {lang: Flat(tx[lang]) for lang in tx}

    def sub(lang, s, what, start=None, end=None):
        if start is not None and what != "speaker" and flat[lang].first(s) != flat[lang].at(start):
            err(n, lang, what, "is not the first occurrence of its letters:", s[:40])
        if not s or s not in tx[lang] or s != s.strip():
            err(n, lang, what, "not a clean substring:", repr(s))
        elif (start is not None and tx[lang][start : start + len(s)] != s) or (
            end is not None and end - start != len(s)
        ):
            err(n, lang, what, "bad offsets:", s[:40])

    for key in ("statements", "quantities", "events"):
        pairs = {lang: {r["pair_id"] for r in g[key] if r["lang"] == lang} for lang in tx}
        if pairs["en"] != pairs["ru"]:
            err(n, key, "pairs differ", pairs["en"] ^ pairs["ru"])
        tot[key] += len(pairs["en"])
    seen = set()
    for r in g["statements"]:
        lang, start, end = r["lang"], r["start"], r["end"]
        sub(lang, r["quote"], "quote", start, end)
        sub(lang, r["speaker"], "speaker", r["speaker_start"])
        before, after = (
            tx[lang][max(0, start - 3) : start].replace("\u00a0", " "),
            tx[lang][end : end + 5].replace("\u00a0", " "),
        )
        if r.get("turn"):
            if not (before.endswith((": ", "\n\n"))) or after[:2] not in ("\n\n", ""):
                err(n, lang, "turn must run from the label to the end of the paragraph", before, after)
        elif r["kind"] == "direct":
            if not re.search(r"[“«„‘]$|— $", before):
                err(n, lang, "direct quote lacks its opening mark", r["quote"][:40])
            if not re.match(r"[,.]?[’“]?[.]?[”»“]|, —", after):
                err(n, lang, "direct quote lacks its closing mark", r["quote"][:40], repr(after))
        elif r["kind"] == "indirect":
            if re.search("[“«„‘]", r["quote"]):
                err(n, lang, "indirect speech contains marks", r["quote"][:60])
        elif r["kind"] != "mixed" or not (re.search("[“«„‘]", r["quote"]) or before[-1:] in "“«„‘"):
            err(n, lang, "mixed speech lacks marks", r["quote"])
        if not (r["speaker_name"] and r["role"] and r["country"]):
            err(n, "empty field", r)
        if (lang, r["pair_id"]) not in seen:
            seen.add((lang, r["pair_id"]))
            for label in (
                r["kind"],
                "former" if r["former"] else "",
                "turn" if r.get("turn") else "",
                "interrupted" if r.get("part") and not r.get("turn") else "",
            ):
                if label:
                    kinds[f"{lang}:{label}"] += 1
    for r in g["quantities"]:
        lang = r["lang"]
        sub(lang, r["text"], "quantity", r["start"], r["end"])
        a, b, written = D(r["from"]), D(r["to"]), numbers(r["text"])
        for v in (a, b):
            if v.normalize() not in written:
                err(n, lang, "number", v, "not in", r["text"])
        change = (b - a) / a * 100
        if r["change_pct"] is None:
            if b - a != D(r["change_pp"]) or abs(b - a).normalize() not in written:
                err(n, "percentage points", r)
        else:
            stated = D(r["change_pct"])
            if (abs(stated - change) <= 1) != r["consistent"]:
                err(n, lang, "consistency", r["pair_id"], change, stated)
            if not r["consistent"] and abs(stated - change) < 5:
                err(n, "the wrong one is too close", r["pair_id"])
            if abs(stated).normalize() not in written:
                err(n, lang, "stated change not in the text", stated, r["text"])
            tot["stated_" + lang] += 1
            tot["wrong_" + lang] += not r["consistent"]
        for year in r["period"].split("-"):
            if year not in r["text"]:
                err(n, lang, "period", year, r["text"])
    for r in g["events"]:
        sub(r["lang"], r["text"], "event", r["start"], r["end"])
        for f in ("date_start", "date_end"):
            if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", r[f]):
                err(n, "date", r[f])
        if r["date_start"] > r["date_end"] or not r["participants"]:
            err(n, "event", r)
        if r["lang"] == "en":
            types[r["type"]] += 1
            precision[
                "range"
                if r["date_start"] != r["date_end"]
                else {4: "year", 7: "month", 10: "day"}[len(r["date_start"])]
            ] += 1
    taken = {"en": [], "ru": []}
    for r in g["entities"]:
        lang, p = r["lang"], -1
        for _ in range(r["occurrence"] + 1):
            p = tx[lang].find(r["text"], p + 1)
        if flat[lang].first(r["text"], r["occurrence"]) != flat[lang].at(r["start"]):
            err(n, lang, "entity occurrence differs in lower-case letters:", r["text"])
        if p != r["start"] or r["end"] - p != len(r["text"]) or r["type"] not in ("PER", "LOC", "ORG"):
            err(n, lang, "entity", r)
        if any(a < r["end"] and r["start"] < b for a, b in taken[lang]):
            err(n, lang, "entity overlap", r)
        taken[lang].append((r["start"], r["end"]))
        tot["entities_" + lang] += 1
    if (n not in WITHOUT_ENTITIES) != bool(g["entities"]):
        err(n, "entity coverage")
    for lang in tx if g["entities"] else ():
        for s in {r["text"] for r in g["entities"] if r["lang"] == lang}:
            for m in re.finditer(r"(?<![\w-])" + re.escape(s) + r"(?![\w-])", tx[lang]):
                if not any(a <= m.start() and m.end() <= b for a, b in taken[lang]):
                    err(n, lang, "unannotated", s, m.start())
        for r in g["statements"]:
            if r["lang"] == lang and not any(a <= r["speaker_start"] < b for a, b in taken[lang]):
                err(n, lang, "speaker is no entity", r["speaker"])
    df = g["differences"]
    if not 5 <= len(df) <= 9:
        err(n, "differences", len(df))
    for r in df:
        dkinds[r["kind"]] += 1
        if (r["en"] is None) != (r["kind"] == "addition") or (r["ru"] is None) != (r["kind"] == "omission"):
            err(n, "shape of", r)
        for lang in tx:
            if r[lang]:
                sub(lang, r[lang], "difference", r[lang + "_start"])
                if tx[lang].count(r[lang]) != 1:
                    err(n, lang, "difference not unique:", r[lang])
    alone = {s for a in g["sentence_alignment"] if not (a[0] and a[1]) for s in a[0] + a[1]}
    if not alone <= {r["en"] or r["ru"] for r in df if r["kind"] in ("omission", "addition")}:
        err(n, "one-sided sentences that are no omission or addition")
    for key, fields in (
        ("quantities", ("from", "to", "change_pct", "consistent")),
        ("events", ("date_start", "date_end", "participants")),
        ("statements", ("kind", "role", "country", "former")),
    ):
        by = {}
        for r in g[key]:
            by.setdefault(r["pair_id"], {}).setdefault(r["lang"], r)
        for pid, v in by.items():
            if changed := [f for f in fields if v["en"][f] != v["ru"][f]]:
                tot["pairs_changed"] += 1
                if not any(
                    x[lang] and abs(x[lang + "_start"] - v[lang]["start"]) < 260 for x in df for lang in tx
                ):
                    err(n, pid, "values differ without a planted difference", changed)
    if len(g["faithful_traps"]) < 3:
        err(n, "faithful traps", len(g["faithful_traps"]))
    for f in g["faithful_traps"]:
        for lang in tx:
            sub(lang, f[lang], "trap", tx[lang].find(f[lang]))
            if tx[lang].count(f[lang]) != 1:
                err(n, lang, "trap not unique:", f[lang])
        tot["traps"] += 1
    print(
        f"{n}  {g['genre']:<26} par {len(par['en'])}/{len(par['ru'])}  sent {sum(len(a[0]) for a in g['sentence_alignment'])}/{sum(len(a[1]) for a in g['sentence_alignment'])}"
        f"  stm {len({r['pair_id'] for r in g['statements']})}  qty {len({r['pair_id'] for r in g['quantities']})}  evt {len({r['pair_id'] for r in g['events']})}"
        f"  ent {len(taken['en'])}/{len(taken['ru'])}  diff {len(df)}  traps {len(g['faithful_traps'])}  words {len(tx['en'].split())}/{len(tx['ru'].split())}"
    )


for name in sorted(path.name.removesuffix(".gold.json") for path in R.glob("*.gold.json")):
    if not sys.argv[2:] or name in sys.argv[2:]:
        check_work(name)

for lang in groups:
    print(
        lang,
        "body passages",
        body[lang],
        {k: f"{v} ({100 * v / body[lang]:.0f}%)" for k, v in groups[lang].most_common()},
        f"hard {hard[lang]} ({100 * hard[lang] / body[lang]:.0f}%)",
    )
rows = sum(beads.values())
print("sentence rows", dict(beads), f"split/merge {100 * beads['n:m'] / rows:.0f}%")
print("statement pairs", tot["statements"], dict(sorted(kinds.items())))
print(
    "quantity pairs",
    tot["quantities"],
    "with stated percentage",
    tot["stated_en"],
    "wrong en/ru",
    tot["wrong_en"],
    tot["wrong_ru"],
)
print("event pairs", tot["events"], dict(precision), dict(types.most_common()))
print(
    "entities en/ru",
    tot["entities_en"],
    tot["entities_ru"],
    "| differences",
    sum(dkinds.values()),
    dict(dkinds),
    "| traps",
    tot["traps"],
    "| pairs changed by a difference",
    tot["pairs_changed"],
)
print(
    *(f"warning: {w}" for w in warnings),
    *(f"ERROR: {e}" for e in errors),
    "PASS" if not errors else f"FAIL ({len(errors)})",
    sep="\n",
)
sys.exit(bool(errors))
