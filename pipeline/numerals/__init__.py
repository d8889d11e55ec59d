"""Numbers as people write them: digits, words, fractions, multiples and scales, with the unit they count.

No model is needed: a text is cut into tokens once, and every numeral is read from left to right. Years and days
are numbers too; `pipeline.dates` says which of them are dates.


tokens -> reader (words as data) -> sharing of scales and units
"""

from pipeline.numerals.numeral import Kind, Numeral, plain
from pipeline.numerals.reading import count, outside, read

__all__ = ["Kind", "Numeral", "count", "outside", "plain", "read"]
