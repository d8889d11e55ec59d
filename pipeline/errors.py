"""What goes wrong, said in one line: where, what, what is allowed, what to do."""

from collections.abc import Iterable
from difflib import get_close_matches


class DiptychError(ValueError):
    """A fault the user can mend; the message is one complete line."""


class IngestError(DiptychError):
    """An input file that cannot be read as text."""


class ConfigError(DiptychError):
    """A wrong key or value in a configuration, manifest or codebook."""


class MissingModel(DiptychError):
    """A model or back end that is not installed or whose bytes are not the expected ones."""


class SpanError(DiptychError):
    """An annotation whose text is not what stands at its offsets."""


class WorkError(DiptychError):
    """A file that should hold an annotated work and does not."""


def suggest(wrong: str, allowed: Iterable[str]) -> str:
    """Name the allowed values, and the likely one first.

    >>> suggest("backnd", ["backend", "model"])
    'did you mean "backend"? Allowed: backend, model'
    """
    names = sorted(allowed)
    near = get_close_matches(wrong, names, n=1)
    hint = f'did you mean "{near[0]}"? ' if near else ""
    return f"{hint}Allowed: {', '.join(names)}"
