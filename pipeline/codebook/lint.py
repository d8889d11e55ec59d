"""The faults of a codebook that a reader of its file would not see."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline import morphology
from pipeline.codebook.model import LANGS, Code, Codebook, find, load, parse
from pipeline.codebook.terms import TermSyntaxError, compile_terms, plain
from pipeline.document import Lang
from pipeline.errors import ConfigError

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:-(?=[а-яё])[^\W_]+)*", re.IGNORECASE)
ENGLISH_ENDINGS = (
    ("ies", "y"),
    ("es", ""),
    ("es", "e"),
    ("s", ""),
    ("ied", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
)


class Problem(NamedTuple):
    """One finding: `error` makes the codebook unusable or misleading, `warning` is worth a look."""

    level: Literal["error", "warning"]
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.level}: {self.where}: {self.message}"


def check(path: str | Path) -> list[Problem]:
    """Lint a codebook, by path or shipped name; an empty list means that nothing was found."""
    try:
        file = find(path)
        book = parse(file)
    except ConfigError as error:
        return [Problem("error", str(path), str(error).removeprefix(f"{path}: "))]
    broken = list(_unreadable_terms(book))
    structure = [*_hierarchy(book), *_languages(book)]
    if broken or any(p.level == "error" and "unknown" in p.message for p in structure):
        return [*structure, *broken]
    load(file)
    return [*structure, *_overlapping_terms(book), *_examples(book)]


def _unreadable_terms(book: Codebook) -> Iterator[Problem]:
    for code in book.codes:
        for lang in LANGS:
            for term in getattr(code.terms, lang):
                try:
                    compile_terms(term, book.words.get(lang))
                except TermSyntaxError as error:
                    yield Problem("error", f"{code.id}.terms.{lang}", str(error))


def _hierarchy(book: Codebook) -> Iterator[Problem]:
    """Double ids, parents and groups that do not exist, groups and codes that nothing can reach."""
    seen: set[str] = set()
    for code in book.codes:
        if code.id in seen:
            yield Problem("error", code.id, "this id is given twice; ids must be unique")
        seen.add(code.id)
        if code.group not in book.groups:
            yield Problem("error", code.id, f'unknown group "{code.group}"')
        if code.parent is not None and code.parent not in {c.id for c in book.codes}:
            yield Problem("error", code.id, f'unknown parent "{code.parent}"')
        elif _circular(book, code):
            yield Problem("error", code.id, "its parents form a circle")
    parents = {code.parent for code in book.codes}
    for code in book.codes:
        if not (code.terms.en or code.terms.ru) and code.id not in parents:
            yield Problem("error", code.id, "unreachable: it has no terms and no code below it")
    for name, group in book.groups.items():
        if group.category not in book.categories:
            yield Problem("error", name, f'unknown category "{group.category}"')
        if all(code.group != name for code in book.codes):
            yield Problem("warning", name, "no code belongs to this group")


def _circular(book: Codebook, code: Code) -> bool:
    passed = {code.id}
    while code.parent in book.by_id:
        code = book.by_id[code.parent]
        if code.id in passed:
            return True
        passed.add(code.id)
    return False


def _languages(book: Codebook) -> Iterator[Problem]:
    """What is said in one language must be said in the other."""
    for code in book.codes:
        for part in ("label", "definition", "inclusion", "exclusion", "terms", "examples"):
            wording = getattr(code, part)
            given = [lang for lang in LANGS if getattr(wording, lang)]
            for lang in LANGS:
                if lang not in given and (given or part not in ("terms", "examples")):
                    yield Problem(
                        "error", f"{code.id}.{part}.{lang}", f"missing: the codebook must say this in {lang}"
                    )
    for name, group in book.groups.items():
        for part in ("label", "definition"):
            for lang in LANGS:
                if not getattr(getattr(group, part), lang):
                    yield Problem(
                        "error", f"{name}.{part}.{lang}", f"missing: the codebook must say this in {lang}"
                    )


def _overlapping_terms(book: Codebook) -> Iterator[Problem]:
    """The same pattern under two codes: a mention would count twice."""
    for lang in LANGS:
        owners: dict[tuple[object, ...], list[tuple[str, str]]] = defaultdict(list)
        for term, code in zip(book.terms(lang)[0].terms, book.terms(lang)[1], strict=True):
            owners[(term.rows, term.ties)].append((code.id, term.pattern))
        for owned in owners.values():
            if len(owned) > 1:
                codes = ", ".join(sorted({c for c, _ in owned}))
                yield Problem(
                    "error",
                    f"{owned[0][0]}.terms.{lang}",
                    f'"{owned[0][1]}" overlaps: also a term of {codes}; keep it in one place',
                )


def _examples(book: Codebook) -> Iterator[Problem]:
    """An example must contain a term of its own code, or of a code below it."""
    for code in book.codes:
        for lang in LANGS:
            for example in getattr(code.examples, lang):
                found = {
                    book.terms(lang)[1][m.term].id for m in book.terms(lang)[0].find(readings(example, lang))
                }
                if not any(_below(book, one, code.id) for one in found):
                    yield Problem(
                        "warning", f"{code.id}.examples.{lang}", f'its own terms miss the example "{example}"'
                    )


def _below(book: Codebook, code: str | None, ancestor: str) -> bool:
    while code is not None:
        if code == ancestor:
            return True
        code = book.by_id[code].parent
    return False


def readings(text: str, lang: Lang) -> list[frozenset[str]]:
    """The possible lemmas of each word without a parser, so that linting needs no model.

    >>> sorted(readings("tariffs rose", "en")[0])
    ['tariff', 'tariffs']
    """
    words = TOKEN.findall(plain(text))
    return [frozenset(_russian(w)) if lang == "ru" else frozenset(_english(w)) for w in words]


def _english(word: str) -> set[str]:
    return {word} | {
        word[: -len(old)] + new
        for old, new in ENGLISH_ENDINGS
        if word.endswith(old) and len(word) > len(old) + 2
    }


def _russian(word: str) -> set[str]:
    return {word} | {plain(parse.normal_form) for parse in morphology.parses(word)}
