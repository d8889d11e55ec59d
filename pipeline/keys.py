"""Content keys: a digest of everything a result depends on, so that nothing stale is taken for fresh.

A stage's version is the digest of its own code and of all of the package's code it imports: nobody has to remember to
raise a number, and a changed comparison recomputes differences, not parses.
"""

import importlib.metadata
import platform
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import msgspec

from pipeline import shipped
from pipeline.document import digest

IMPORT = re.compile(
    r"^[ \t]*(?:from[ ]+(pipeline[\w.]*)[ ]+import[ ]+(\([^)]*\)|[^\n]*)|import[ ]+(pipeline[\w.]*))",
    re.MULTILINE,
)
TOP = shipped.PACKAGE.parent


def key(*parts: object) -> str:
    """One digest of plain values, structs and other keys.

    >>> key("en", "Trade fell.") == key("en", "Trade fell."), key("ru", "Цены выросли.") == key("en", "Цены выросли.")
    (True, False)
    """
    return digest(msgspec.json.encode(parts, order="sorted"))


def code(room: ModuleType) -> str:
    """The digest of a module or package: its source, its data files, and what it imports from this package."""
    return _code(room.__name__)


@cache
def _code(name: str) -> str:
    seen: set[Path] = set()
    waiting = list(_files(name))
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            waiting += _imported(file)
    return key([(path.relative_to(TOP).as_posix(), _hash(path)) for path in sorted(seen)])


@cache
def _hash(path: Path) -> str:
    return digest(path.read_bytes())


@cache
def _imported(file: Path) -> tuple[Path, ...]:
    """The files behind the imports of one module, also those that stand inside its functions."""
    if file.suffix != ".py":
        return ()
    found: list[Path] = []
    for whole, names, plain in IMPORT.findall(file.read_text(encoding="utf-8")):
        module = whole or plain
        members = re.findall(
            r"(\w+)(?:\s+as\s+\w+)?\s*(?:,|$|\))", re.sub(r"#[^\n]*", "", names).strip("() \n")
        )
        inner = [f"{module}.{member}" for member in members if _place(f"{module}.{member}")]
        for each in (module, *inner):
            found += _files(each)
    return tuple(found)


@cache
def _files(name: str) -> tuple[Path, ...]:
    """A module is its file; a package is its `__init__` and the data beside it (its modules are imported by name);
    the root package stands for nothing."""
    place = _place(name)
    if place is None or place == shipped.PACKAGE:
        return ()
    if place.is_file():
        return (place,)
    return tuple(_package(place))


def _package(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if (
            path.is_file()
            and "__pycache__" not in path.parts
            and (path.suffix != ".py" or path.name == "__init__.py")
        ):
            yield path


def _place(name: str) -> Path | None:
    path = TOP.joinpath(*name.split("."))
    if path.is_dir():
        return path
    file = path.with_suffix(".py")
    return file if file.is_file() else None


@cache
def environment() -> str:
    """The digest of the Python and of the versions of the packages that Diptych depends on."""
    try:
        required = importlib.metadata.requires("diptych") or []
    except importlib.metadata.PackageNotFoundError:
        required = []
    names = sorted({re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in required if "extra ==" not in line})
    versions = []
    for name in names:
        try:
            versions.append((name, importlib.metadata.version(name)))
        except importlib.metadata.PackageNotFoundError:
            versions.append((name, ""))
    return key(platform.python_version(), versions)
