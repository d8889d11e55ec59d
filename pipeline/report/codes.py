"""What the codes of the codebook are called, where the codebook that coded the work is at hand."""

from functools import cache

from markupsafe import Markup

from pipeline import codebook
from pipeline.document import CodebookRef
from pipeline.errors import DiptychError
from pipeline.report.words import both


@cache
def labels(ref: CodebookRef | None) -> dict[str, Markup]:
    """Code -> its name in both languages.

    Empty where the codebook is a user's own or has another version by now: then the report shows the bare codes.
    """
    if ref is None:
        return {}
    try:
        book = codebook.load(ref.id)
    except (DiptychError, FileNotFoundError):
        return {}
    if book.sha256 != ref.sha256:
        return {}
    return {code.id: both(code.label.en, code.label.ru) for code in book.codes}
