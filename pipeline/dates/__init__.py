"""Dates as people write them, absolute and relative, resolved to ISO 8601 at the precision of the text.

No model is needed. The patterns of a language are data (`languages/en/calendar.toml`); this package knows what each
kind of pattern means. Relative dates ("nine days later", «31 июля того же года», "on Sunday") are resolved against
the date mentioned before them or against the day the text is dated.

calendar (data -> patterns) -> context (one text) -> absolute, relative (what a pattern means) -> dateline
"""

from pipeline.dates.dateline import dateline, names_the_document
from pipeline.dates.mentions import read
from pipeline.dates.point import DateMention

__all__ = ["DateMention", "dateline", "names_the_document", "read"]
