"""Temporary entry for development until `diptych align` exists."""
import sys
from pathlib import Path

from pipeline.align import align

args = [a for a in sys.argv[1:] if not a.startswith("-") and a not in ("align", "vecalign")]
sides = [Path(a).read_text(encoding="utf-8").removesuffix("\n").split("\n") for a in args]
for b in align(*sides):
    print(f"{list(b.en)}:{list(b.ru)}:{b.score:.4f}")
