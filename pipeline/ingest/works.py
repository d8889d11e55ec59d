"""Which files make one work: versions paired by name, by a manifest, or in one bilingual file."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct, field

from pipeline.document import Lang, digest
from pipeline.errors import ConfigError, suggest

MANIFEST = "works.toml"
PAIRED = re.compile(r"(?P<name>.+)[._-](?P<lang>en|ru|eng|rus)$", re.IGNORECASE)
IGNORED = re.compile(r"\.|~\$|Thumbs\.db$|README(?:\..*)?$|LICENSE(?:\..*)?$", re.IGNORECASE)


class WorkFiles(Struct, frozen=True, kw_only=True):
    """The files of one work, each with its language; None where the languages are found on reading. `apart` are two files
    of one version each, which may be editions in one language. An `error` says why the work cannot be read; the other
    works go on."""

    id: str
    paths: tuple[tuple[Lang | None, Path], ...] = ()
    apart: bool = False
    meta: dict[str, str] = field(default_factory=dict)
    error: str | None = None


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[work]]` of a manifest; paths are relative to it. `first` and `second` are two editions, in the language
    `lang` where it need not be recognised."""

    id: str = ""
    en: str | None = None
    ru: str | None = None
    first: str | None = None
    second: str | None = None
    lang: Lang | None = None
    file: str | None = None
    title: str = ""
    date: str = ""


def works(paths: Iterable[str | Path], suffixes: Sequence[str]) -> Iterator[WorkFiles]:
    """The works among files and folders, in a fixed order, each with an id of its own.

    Raises: ConfigError for a manifest that is no TOML or has a key it does not know.
    """
    found: list[WorkFiles] = []
    for path in map(Path, paths):
        if path.is_dir():
            found += _folder(path, suffixes)
        elif path.name == MANIFEST:
            found += manifest(path)
        elif path.exists():
            found += _files([path], path.parent, suffixes)
        else:
            found.append(_failed(path.stem, f"{path}: no such file or folder; check the path"))
    yield from _unique(_merged(found))


def _folder(folder: Path, suffixes: Sequence[str]) -> list[WorkFiles]:
    """The works of a folder: those of its manifests, then the files that no manifest names."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _ignored(path, folder))
    listed = [work for path in files if path.name == MANIFEST for work in manifest(path)]
    taken = {path.resolve() for work in listed for _, path in work.paths}
    rest = [path for path in files if path.name != MANIFEST and path.resolve() not in taken]
    found = listed + _files(rest, folder, suffixes)
    return found or [
        _failed(folder.name, f"{folder}: the folder holds no files; allowed: {', '.join(suffixes)}")
    ]


def _ignored(path: Path, folder: Path) -> bool:
    return any(IGNORED.match(part) for part in path.relative_to(folder).parts)


def _files(files: Sequence[Path], folder: Path, suffixes: Sequence[str]) -> list[WorkFiles]:
    """Pair NAME.en.EXT with NAME.ru.EXT (also NAME_en, NAME-en); any other file is a work by itself."""
    pairs: dict[Path, dict[Lang, Path]] = {}
    found: list[WorkFiles] = []
    for path in files:
        name = _identifier(path.relative_to(folder).with_suffix(""))
        if path.suffix.lower() not in suffixes:
            message = f'{path}: files of type "{path.suffix or "without ending"}" cannot be read; allowed: {", ".join(suffixes)}'
            found.append(_failed(name, message))
            continue
        paired = PAIRED.match(path.stem)
        if paired is None:
            found.append(WorkFiles(id=name, paths=((None, path),)))
            continue
        lang = _lang(paired)
        versions = pairs.setdefault(path.with_name(paired["name"]), {})
        if lang in versions:
            found.append(
                _failed(
                    name,
                    f"{path}: {versions[lang].name} is already the {lang} version of this work; rename one",
                )
            )
        else:
            versions[lang] = path
    found += [
        WorkFiles(id=_identifier(base.relative_to(folder)), paths=tuple(sorted(of.items())))
        for base, of in pairs.items()
    ]
    return sorted(found, key=lambda work: work.id)


def _lang(paired: re.Match[str]) -> Lang:
    return "en" if paired["lang"].lower().startswith("en") else "ru"


def named_language(path: Path) -> Lang | None:
    """The language that a file's name tells: "en" for law.en.txt, "ru" for law_rus.docx."""
    paired = PAIRED.match(path.stem)
    return _lang(paired) if paired else None


def manifest(path: Path) -> list[WorkFiles]:
    """The works that a manifest lists; a version that is not there is an error of its work alone.

    Raises: ConfigError for a manifest that is no TOML, has an unknown key, or a value of the wrong type.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); give the path of a manifest") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML in UTF-8 ({error}); list the works as [[work]] tables") from None
    for key in data:
        if key != "work":
            raise ConfigError(f'{path}: unknown key "{key}"; {suggest(key, ["work"])}')
    entries = data.get("work", [])
    if not isinstance(entries, list):
        raise ConfigError(f"{path}: work is a list of tables; write [[work]] above each")
    return [_listed(entry, path, number) for number, entry in enumerate(entries, 1)]


def _listed(data: object, manifest: Path, number: int) -> WorkFiles:
    where = f"{manifest}: work {number}"
    if isinstance(data, dict):
        for key in data:
            if key not in Entry.__struct_fields__:
                raise ConfigError(f'{where}: unknown key "{key}"; {suggest(key, Entry.__struct_fields__)}')
        data = {
            key: value
            if isinstance(value, str)
            else value.isoformat()
            if key == "date" and hasattr(value, "isoformat")
            else value
            for key, value in data.items()
        }
    try:
        entry = msgspec.convert(data, Entry)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {error}; allowed: {', '.join(Entry.__struct_fields__)}") from None
    names = _names(entry, where)
    files = {key: manifest.parent / name for key, name in names.items()}
    work = WorkFiles(
        id=_identifier(Path(entry.id)) if entry.id else _identifier(Path(next(iter(files.values())).stem)),
        paths=tuple((key if key in ("en", "ru") else entry.lang, path) for key, path in files.items()),  # type: ignore[misc]
        apart="first" in files,
        meta={key: value for key, value in (("title", entry.title), ("date", entry.date)) if value},
    )
    home = manifest.parent.resolve()
    outside = [
        f"{key} = {names[key]}" for key, path in files.items() if not path.resolve().is_relative_to(home)
    ]
    if outside:
        message = f"{where} ({work.id}): outside the manifest's folder: {', '.join(outside)}; put the file or the manifest where both are in one folder"
        return msgspec.structs.replace(work, paths=(), error=message)
    gone = [f"{key} = {names[key]}" for key, path in files.items() if not path.is_file()]
    if gone:
        message = (
            f"{where} ({work.id}): no such file: {', '.join(gone)}; correct the path or leave the version out"
        )
        return msgspec.structs.replace(work, error=message)
    return work


def _names(entry: Entry, where: str) -> dict[str, str]:
    """The files of an entry by key, in one of the three ways to give them.

    Raises: ConfigError for none of them, or a mixture.
    """
    named = {key: getattr(entry, key) for key in ("en", "ru", "first", "second", "file")}
    found = {key: name for key, name in named.items() if name is not None}
    if not any(found and found.keys() <= set(way) for way in WAYS) or len(found.keys() & set(WAYS[1])) == 1:
        raise ConfigError(
            f"{where}: give the versions as en and ru, two editions as first and second, or one bilingual file as file"
        )
    return found


WAYS = (("en", "ru"), ("first", "second"), ("file",))


def _failed(name: str, message: str) -> WorkFiles:
    return WorkFiles(id=_identifier(Path(name)), error=message)


LONGEST = 120
"""Bytes of a work's name: with its ending well below the 255 bytes that file systems take."""


def _identifier(path: Path) -> str:
    """A file name on every system: letters, digits, dots, dashes and underscores; a digest ends one that is cut."""
    joined = "-".join(part for part in path.parts if part not in ("/", ".", ".."))
    name = re.sub(r"[^\w.-]+", "-", joined).strip("-.") or "work"
    if len(name.encode()) <= LONGEST:
        return name
    return f"{name.encode()[: LONGEST - 9].decode(errors='ignore').rstrip('-.')}-{digest(name)[:8]}"


def _printable(work: WorkFiles) -> WorkFiles:
    """The work, or why it cannot be read: a name whose bytes are no text cannot be written down anywhere."""
    try:
        "".join(str(path) for _, path in work.paths).encode()
    except UnicodeEncodeError:
        names = ", ".join(ascii(path.name) for _, path in work.paths)
        return msgspec.structs.replace(
            work, paths=(), error=f"{names}: the file's name is no UTF-8; rename the file or its folder"
        )
    return work


def _merged(found: Sequence[WorkFiles]) -> list[WorkFiles]:
    """Versions given as two separate paths are one work; a file given twice is read once."""
    merged: dict[object, WorkFiles] = {}
    for work in found:
        first = work.paths[0] if work.paths else None
        if first is None or work.error:
            key: object = (work.id, work.error)
        elif first[0] is None or work.meta or work.apart:
            key = tuple(path.resolve() for _, path in work.paths)
        else:
            key = (first[1].parent.resolve(), work.id)
        if key in merged and first is not None and first[0] is not None:
            both = {**dict(merged[key].paths), **dict(work.paths)}
            work = msgspec.structs.replace(work, paths=tuple(sorted(both.items(), key=str)))
        merged[key] = work
    return list(merged.values())


def _unique(found: Sequence[WorkFiles]) -> Iterator[WorkFiles]:
    """Works of one name are told apart by their kind of file (report-docx, report-pdf), then by number, in order."""
    count = Counter(work.id.lower() for work in found)
    taken: set[str] = set()
    for work in found:
        name = work.id
        if count[name.lower()] > 1:
            name = "-".join([name, *sorted({path.suffix.lower().lstrip(".") for _, path in work.paths})])
        base, number = name, 1
        while name.lower() in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name.lower())
        yield _printable(msgspec.structs.replace(work, id=name))
