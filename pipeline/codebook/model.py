"""What a codebook holds, and how it is read from TOML."""

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field

from pipeline import shipped
from pipeline.codebook.terms import TermIndex, TermSyntaxError, compile_terms, index, plain
from pipeline.document import Lang, Polarity, digest
from pipeline.errors import ConfigError, suggest

LANGS: tuple[Lang, ...] = ("en", "ru")
NONE = "none"
"""The group and category of a passage that names no cause."""
Horizon = Literal["short", "long", "none"]


class Wording(Struct, frozen=True, forbid_unknown_fields=True):
    """One text in both languages."""

    en: str = ""
    ru: str = ""


class Wordings(Struct, frozen=True, forbid_unknown_fields=True):
    """Several texts in each language: terms, examples, vocabulary."""

    en: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()


class Group(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of codes, with the category its passages fall into.

    `vocabulary` lists words that speak of the group without naming a cause: evidence for a passage, no mention.
    """

    category: str
    label: Wording
    definition: Wording
    vocabulary: Wordings = field(default_factory=Wordings)


class Code(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One cause: what it is, what counts and what does not, and how texts name it. `parent` is a code's id."""

    id: str
    group: str
    label: Wording
    definition: Wording
    inclusion: Wording
    exclusion: Wording
    polarity: Polarity
    horizon: Horizon = "none"
    parent: str | None = None
    terms: Wordings = field(default_factory=Wordings)
    examples: Wordings = field(default_factory=Wordings)


class CodebookFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of a codebook's TOML file."""

    id: str
    version: str
    title: Wording
    subject: Wording
    categories: dict[str, Wording]
    groups: dict[str, Group]
    codes: tuple[Code, ...]
    words: dict[str, dict[str, str]] = field(default_factory=dict)


class Codebook(CodebookFile, frozen=True, kw_only=True, dict=True):
    """A codebook that has been read: the keys of its file, and the digest of the file's bytes."""

    sha256: str

    @cached_property
    def by_id(self) -> dict[str, Code]:
        return {code.id: code for code in self.codes}

    @cached_property
    def group_ids(self) -> tuple[str, ...]:
        """The groups in the file's order, with "none" last."""
        return (*self.groups, NONE)

    @cached_property
    def category_ids(self) -> tuple[str, ...]:
        return (*self.categories, NONE)

    def category_of(self, group: str) -> str:
        return NONE if group == NONE else self.groups[group].category

    @cached_property
    def _vocabularies(self) -> dict[str, dict[str, tuple[int, ...]]]:
        return {lang: _vocabulary(self, lang) for lang in LANGS}

    def vocabulary(self, lang: Lang) -> dict[str, tuple[int, ...]]:
        """Each word of the groups' vocabularies with the numbers of the groups it speaks for."""
        return self._vocabularies[lang]

    @cached_property
    def _searches(self) -> dict[str, tuple[TermIndex, tuple[Code, ...]]]:
        return {lang: _searchable(self, lang) for lang in LANGS}

    def terms(self, lang: Lang) -> tuple[TermIndex, tuple[Code, ...]]:
        """The searchable terms of a language and, in the same order, the code each belongs to."""
        return self._searches[lang]


def _searchable(book: CodebookFile, lang: Lang) -> tuple[TermIndex, tuple[Code, ...]]:
    classes = book.words.get(lang)
    written = [(code, pattern) for code in book.codes for pattern in getattr(code.terms, lang)]
    owned = [(term, code) for code, pattern in written for term in compile_terms(pattern, classes)]
    return index([term for term, _ in owned]), tuple(code for _, code in owned)


def _vocabulary(book: CodebookFile, lang: Lang) -> dict[str, tuple[int, ...]]:
    groups: dict[str, list[int]] = {}
    for number, group in enumerate(book.groups.values()):
        for word in dict.fromkeys(map(plain, getattr(group.vocabulary, lang))):
            groups.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in groups.items()}


def load(name_or_path: str | Path) -> Codebook:
    """A shipped codebook by name ("neighbour-influence") or your own by path.

    Raises: ConfigError for a name that is not shipped, a file that is no codebook, or a term that cannot be read.
    """
    path = find(name_or_path)
    book = parse(path)
    known = (*book.groups, NONE)
    for code in book.codes:
        if code.group not in known:
            raise ConfigError(
                f'{path}: code {code.id}: unknown group "{code.group}"; {suggest(code.group, known)}'
            )
    for name, group in book.groups.items():
        if group.category not in book.categories:
            allowed = suggest(group.category, book.categories)
            raise ConfigError(f'{path}: group {name}: unknown category "{group.category}"; {allowed}')
    try:
        for lang in LANGS:
            book.terms(lang)
    except TermSyntaxError as error:
        raise ConfigError(f"{path}: {error}; docs/codebook.md shows what a term may hold") from None
    return book


def find(name_or_path: str | Path) -> Path:
    """Where the codebook lies.

    Raises: ConfigError listing the shipped names.
    """
    path = Path(name_or_path)
    if path.suffix == ".toml" or path.exists():
        if not path.is_file():
            raise ConfigError(
                f"{path}: no such codebook; give the path of a TOML file or a name: {', '.join(names())}"
            )
        return path
    if str(name_or_path) not in names():
        raise ConfigError(
            f'unknown codebook "{name_or_path}"; {suggest(str(name_or_path), names())}, or the path of a TOML file'
        )
    return shipped.path(f"configs/codebooks/{name_or_path}.toml")


def names() -> list[str]:
    """The codebooks that ship with the software."""
    return sorted(p.stem for p in shipped.path("configs/codebooks").glob("*.toml"))


def parse(path: Path) -> Codebook:
    """The file as a typed codebook.

    Raises: ConfigError for bytes that are no TOML in UTF-8, an unknown key, a missing key or a wrong type.
    """
    try:
        raw = path.read_bytes()
        settings = tomllib.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be read ({error.strerror}); give the path of a TOML file"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path}: not TOML in UTF-8 ({error}); see configs/codebooks/ for examples"
        ) from None
    settings.pop("sha256", None)
    try:
        msgspec.convert(settings, CodebookFile)
        return msgspec.convert({**settings, "sha256": digest(raw)}, Codebook)
    except msgspec.ValidationError as error:
        raise ConfigError(
            f"{path}: {_readable(error)}; see configs/codebooks/neighbour-influence.toml for every key"
        ) from None


def _readable(error: msgspec.ValidationError) -> str:
    return (
        str(error)
        .replace("Object contains unknown field", "unknown key")
        .replace("Object missing required field", "missing key")
    )
