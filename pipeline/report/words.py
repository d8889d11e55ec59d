"""The report's own words in both languages, and values made readable. Every string is escaped here."""

import re
import tomllib
from functools import cache
from importlib import resources

from babel import Locale
from markupsafe import Markup

DASH = "—"


@cache
def interface() -> dict[str, tuple[str, str]]:
    """Key -> (English, Russian), from `interface.toml`."""
    data = tomllib.loads(resources.files(__package__).joinpath("interface.toml").read_text(encoding="utf-8"))
    return {
        f"{group}.{key}": (pair[0], pair[1]) for group, pairs in data.items() for key, pair in pairs.items()
    }


def both(en: str, ru: str, tag: str = "span") -> Markup:
    """English as it stands, with the Russian that the language switch puts in its place.

    >>> both("Works", "Работы")
    Markup('<span data-ru="Работы">Works</span>')
    """
    return Markup('<{} data-ru="{}">{}</{}>').format(tag, ru, en, tag)


def plain(key: str) -> str:
    """An interface string in English, where no element can stand."""
    return interface()[key][0]


def russian(key: str) -> str:
    """An interface string in Russian, where it stands in an attribute."""
    return interface()[key][1]


def option(facet: str, value: str) -> Markup:
    """A value of a filter as the attribute and the beginning of its option: Kazakhstan, «Казахстан».

    >>> option("countries", "KZ")
    Markup(' data-ru="Казахстан">Kazakhstan')
    """
    named = (
        country(value)
        if facet == "countries"
        else term("category", value)
        if facet == "category"
        else Markup("")
    )
    found = re.fullmatch(r'<span( data-ru="[^"]*">[^<]*)</span>', named)
    return Markup(found[1]) if found else Markup(">{}").format(value)


@cache
def word(key: str, tag: str = "span") -> Markup:
    """An interface string.

    Raises: KeyError for a key that interface.toml lacks.
    """
    return both(*interface()[key], tag)


def svg_word(key: str) -> Markup:
    """An interface string inside SVG text."""
    return word(key, "tspan")


@cache
def label(key: str) -> Markup:
    """An interface string as the accessible name of a control."""
    en, ru = interface()[key]
    return Markup('aria-label="{}" data-ru-label="{}"').format(en, ru)


@cache
def term(group: str, value: str, tag: str = "span") -> Markup:
    """A value of a closed list, such as a difference's kind; an unknown value is shown as it is, made readable.

    >>> term("event", "peace_talks")
    Markup('peace talks')
    """
    key = f"{group}.{value}"
    return word(key, tag) if key in interface() else Markup("{}").format(value.replace("_", " "))


def svg_term(group: str, value: str) -> Markup:
    """A value of a closed list inside SVG text."""
    return term(group, value, "tspan")


@cache
def country(code: str) -> Markup:
    """A country's name in both languages, from CLDR; any other code stands for itself.

    >>> country("KZ")
    Markup('<span data-ru="Казахстан">Kazakhstan</span>')
    """
    names = [Locale(lang).territories.get(code.upper()) for lang in ("en", "ru")]
    return both(str(names[0]), str(names[1])) if all(names) else Markup("{}").format(code)


def share(part: int, whole: int) -> str:
    """A share in whole per cent.

    >>> share(1, 3)
    '33 %'
    """
    return f"{round(100 * part / whole)} %" if whole else DASH


def number(digits: str) -> str:
    """A decimal string with thin spaces between thousands.

    >>> number("1500000.5")
    '1\\u202f500\\u202f000.5'
    """
    sign, digits = ("−", digits[1:]) if digits[:1] in "-−" and digits else ("", digits)
    whole, dot, rest = digits.partition(".")
    if not whole.isdecimal() or len(whole) < 5:
        return sign + digits
    head = len(whole) % 3
    groups = [whole[:head]] * bool(head) + [whole[i : i + 3] for i in range(head, len(whole), 3)]
    return sign + "\u202f".join(groups) + dot + rest
