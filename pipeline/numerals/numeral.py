"""A number as a text writes it, with its value in base units."""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

Kind = Literal["cardinal", "ordinal", "fraction", "multiple"]


class Numeral(Struct, frozen=True, kw_only=True):
    """A number with its value in base units: `1,5 млрд долл.` is 1500000000 USD, written to the nearest 10^8.

    `step` is the value of the last digit written; `unit` an ISO 4217 code, "percent", "pp" or a unit's name.
    A multiple ("tripled", «в 2,6 раза») holds its factor, a fraction ("a fifth", «треть») its share of one.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: str | None = None
    kind: Kind = "cardinal"
    approximate: bool = False
    scale: Decimal = Decimal(1)

    @property
    def multiple(self) -> bool:
        return self.kind == "multiple"


def plain(value: Decimal) -> Decimal:
    """The value without an exponent or empty decimals: 1E+9 is 1000000000, 2.50 is 2.5."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()
