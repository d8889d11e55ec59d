"""Which encoding a file of English or Russian text is in: byte order mark, then UTF-8 validity, then letters.

Windows-1251 and KOI8-R put Cyrillic letters on the same bytes in another order, so any bytes decode in both. The
right one gives words of lower-case letters in which the common letters are common; the wrong one gives rare letters
in the wrong case.
"""

import codecs
import re
from collections import Counter
from functools import cache
from math import log

from pipeline import frequency
from pipeline.errors import IngestError

MARKS = (
    (codecs.BOM_UTF8, "utf-8", 3),
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
)
CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5")
ALLOWED = "UTF-8, UTF-16, cp1251, KOI8-R, cp866 or cp1252"
SAMPLE = 100_000
"""Bytes looked at to tell the 8-bit encodings apart: letter frequencies are stable long before."""
NOISE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f�]")
MAX_NOISE = 0.005
"""Share of control characters above which bytes are no text; texts have none, files of programs 10 % and more."""
MIN_FIT = -3.9
"""Mean log probability of a letter of Russian given the one before in a right decoding; random letters: below -5."""


def decode(raw: bytes, where: str, hint: str | None = None) -> tuple[str, str, int]:
    """The text, its encoding, and the number of bytes before the first character.

    Raises: IngestError for an empty file, for bytes that are no text, or for an encoding that is none of ours.

    >>> decode("Рига".encode("utf-16"), "a.txt")
    ('Рига', 'utf-16-le', 2)
    """
    if not raw.strip():
        raise IngestError(f"{where}: the file is empty; give a file with English or Russian text")
    for mark, name, size in MARKS:
        if raw.startswith(mark):
            return _checked(_strict(raw[size:], name, where), where), name, size
    for name in (*_wide(raw), "utf-8", *([hint] if hint else [])):
        try:
            text = raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if name != "utf-8" or not NOISE.search(text[:SAMPLE]) or _noise(text) <= MAX_NOISE:
            return _checked(text, where), codecs.lookup(name).name, 0
    name = _eight_bit(raw, where)
    return _checked(_strict(raw, name, where), where), name, 0


def _strict(raw: bytes, name: str, where: str) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError as error:
        raise IngestError(
            f"{where}: byte {error.start} is not {name}, which the file's beginning announces; "
            f"the file is damaged: save it again as {ALLOWED}"
        ) from None


def _noise(text: str) -> float:
    return len(NOISE.findall(text[:SAMPLE])) / max(1, len(text[:SAMPLE]))


def _checked(text: str, where: str) -> str:
    if not text.strip():
        raise IngestError(
            f"{where}: the file holds only white space; give a file with English or Russian text"
        )
    if _noise(text) > MAX_NOISE:
        raise IngestError(f"{where}: the bytes are no text (control characters); give text in {ALLOWED}")
    return text


def _wide(raw: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark: in Russian and English text every other byte is one of 00, 04 or 20."""
    sample = raw[:4000]
    if len(raw) % 2 or len(sample) < 4:
        return ()
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if sum(byte in b"\x00\x04\x20" for byte in high) > 0.9 * len(high) and b"\x00" in sample:
            return (name,)
    return ()


def _eight_bit(raw: bytes, where: str) -> str:
    """The Cyrillic code page in which the letters follow each other as in Russian, or cp1252 for Latin text."""
    sample = raw[:SAMPLE]
    high = sum(byte > 127 for byte in sample)
    letters = sum(chr(byte).isalpha() for byte in sample if byte < 128)
    if NOISE.search(sample.decode("latin-1")) and _noise(sample.decode("latin-1")) > MAX_NOISE:
        raise IngestError(f"{where}: the bytes are no text (control characters); give text in {ALLOWED}")
    if high < 0.15 * letters:
        scattered = _scattered(sample)
        if scattered:
            return scattered
    best = max((_fit(sample, name), name) for name in CYRILLIC)
    if best[0] < MIN_FIT:
        raise IngestError(f"{where}: the encoding is not recognised; save the file as {ALLOWED}")
    return best[1]


def _scattered(sample: bytes) -> str | None:
    """Latin text with single accented letters and quotation marks."""
    runs = re.findall(rb"[\x80-\xff]{3,}", sample)
    if sum(map(len, runs)) > 0.3 * sum(byte > 127 for byte in sample):
        return None
    for name in ("cp1252", "latin-1"):
        try:
            sample.decode(name)
            return name
        except UnicodeDecodeError:
            continue
    return None


def _fit(sample: bytes, name: str) -> float:
    """Mean log probability of the Cyrillic letters of a decoding, each given the one before; a capital inside a
    word counts as a wrong letter."""
    text = sample.decode(name, "replace")
    pairs = Counter(re.findall(r"(?=([ а-яёА-ЯЁ][а-яёА-ЯЁ]))", re.sub(r"[^а-яёА-ЯЁ]+", " ", f" {text}")))
    other = sum(
        not char.isascii() and not "а" <= char.lower() <= "я" and char not in "ёЁ–—«»“”„…№’\xa0•"
        for char in text
    )
    total = sum(pairs.values()) + other
    if not total:
        return -99.0
    model = _letter_pairs()
    upper = text.isupper()
    return (
        sum(
            count * model.get(pair.lower() if upper or pair[0] == " " else pair, -9.0)
            for pair, count in pairs.items()
        )
        - 9.0 * other
    ) / total


@cache
def _letter_pairs() -> dict[str, float]:
    """log p(letter | letter before) of Russian, from the words of wordfreq weighted by frequency."""
    count: Counter[str] = Counter()
    for word in frequency.commonest("ru", 20_000):
        weight = frequency.share(word, "ru")
        for first, second in zip(f" {word}", word, strict=False):
            count[first + second] += weight  # type: ignore[assignment]
    sums: Counter[str] = Counter()
    for pair, weight in count.items():
        sums[pair[0]] += weight
    letters = {pair: log(weight / sums[pair[0]]) for pair, weight in count.items()}
    return letters | {pair.upper(): score for pair, score in letters.items()}
