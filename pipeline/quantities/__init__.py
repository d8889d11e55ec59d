"""Quantities: changes "from X to Y (Z %)" with their arithmetic check, stated changes, and values with a unit."""

from typing import TYPE_CHECKING

from pipeline.document import Quantity, Version, numbered
from pipeline.quantities.arithmetic import recheck
from pipeline.quantities.records import records
from pipeline.quantities.sentence import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["extract", "recheck"]


def extract(version: Version, doc: "Doc") -> tuple[Quantity, ...]:
    """The quantities of one version in text order.

    "Exports fell from $5.0 billion in 2014 to $4 billion in 2016, by 20%" holds one change with `from` "5000000000",
    `to` "4000000000", `change_pct` "-20" and a consistent check; so does «Экспорт упал с 5,0 млрд долл. в 2014 г.
    до 4 млрд долл. в 2016 г., на 20 %».
    """
    return numbered(f"{version.side}.quantity", records(Reading(version, doc)))
