"""Two versions of a codebook: what changed, and which annotations go stale."""

from typing import Literal, NamedTuple

import msgspec

from pipeline.codebook.model import Code, Codebook

CODING = ("terms", "group", "polarity")
"""What decides the annotations of a code; the other fields only guide human coders."""


class Change(NamedTuple):
    """One code (or group, or word class) that differs; `stale` names what has to be coded again."""

    kind: Literal["added", "removed", "changed"]
    where: str
    fields: tuple[str, ...]
    stale: Literal["mentions", "passages", "none"]

    def __str__(self) -> str:
        what = f" ({', '.join(self.fields)})" if self.fields else ""
        again = "nothing goes stale" if self.stale == "none" else f"stale: {self.stale}"
        return f"{self.kind}: {self.where}{what}; {again}"


def diff(old: Codebook, new: Codebook) -> list[Change]:
    """What changed from `old` to `new`, in the order of the new file, the removed ones last."""
    changes = [*_categories(old, new), *_groups(old, new), *_words(old, new)]
    for code in new.codes:
        before = old.by_id.get(code.id)
        if before is None:
            changes.append(Change("added", code.id, (), "mentions"))
        elif before != code:
            changes.append(_changed(before, code))
    return changes + [Change("removed", c.id, (), "mentions") for c in old.codes if c.id not in new.by_id]


def _changed(before: Code, code: Code) -> Change:
    fields = tuple(f for f in code.__struct_fields__ if getattr(before, f) != getattr(code, f))
    return Change("changed", code.id, fields, "mentions" if set(fields) & set(CODING) else "none")


def _categories(old: Codebook, new: Codebook) -> list[Change]:
    if tuple(old.categories) == tuple(new.categories):
        return []
    return [
        Change("changed", "categories", tuple(sorted(set(old.categories) ^ set(new.categories))), "passages")
    ]


def _groups(old: Codebook, new: Codebook) -> list[Change]:
    """A group's category or vocabulary decides passages; so do groups that come and go."""
    changes = []
    for name in {**new.groups, **old.groups}:
        before, after = old.groups.get(name), new.groups.get(name)
        if before is None or after is None:
            changes.append(Change("added" if before is None else "removed", f"groups.{name}", (), "passages"))
        elif before != after:
            fields = tuple(
                f for f in msgspec.structs.asdict(after) if getattr(before, f) != getattr(after, f)
            )
            stale: Literal["passages", "none"] = (
                "passages" if {"category", "vocabulary"} & set(fields) else "none"
            )
            changes.append(Change("changed", f"groups.{name}", fields, stale))
    return changes


def _words(old: Codebook, new: Codebook) -> list[Change]:
    """A word class may stand in any term, so a change of one makes every mention stale."""
    if old.words == new.words:
        return []
    named = {
        f"{lang}.{name}" for book in (old, new) for lang, classes in book.words.items() for name in classes
    }
    fields = tuple(sorted(n for n in named if _word(old, n) != _word(new, n)))
    return [Change("changed", "words", fields, "mentions")]


def _word(book: Codebook, name: str) -> str | None:
    lang, word = name.split(".", 1)
    return book.words.get(lang, {}).get(word)
