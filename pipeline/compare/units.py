"""Amounts that can be told apart or equal whatever the unit: months and years, miles and kilometres, shares and per cent."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from pipeline.numerals import Numeral

D = Decimal
SIZES: dict[str, tuple[str, Decimal]] = {
    "seconds": ("time", D(1) / 86400), "centuries": ("time", D("36525")),
    "minutes": ("time", D(1) / 1440), "hours": ("time", D(1) / 24), "days": ("time", D(1)), "weeks": ("time", D(7)),
    "months": ("time", D("30.4375")), "years": ("time", D("365.25")), "decades": ("time", D("3652.5")),
    "m": ("length", D(1)), "km": ("length", D(1000)), "miles": ("length", D("1609.344")), "nautical_miles": ("length", D(1852)), "versts": ("length", D("1066.8")), "decares": ("area", D("0.1")), "quarters": ("time", D("91.3125")),
    "fathoms": ("length", D("1.8288")), "km3": ("volume", D(1000000000)),
    "feet": ("length", D("0.3048")), "inches": ("length", D("0.0254")), "yards": ("length", D("0.9144")), "cm": ("length", D("0.01")),
    "mm": ("length", D("0.001")),
    "ft3": ("volume", D("0.0283168")),
    "km2": ("area", D(100)), "hectares": ("area", D(1)), "mi2": ("area", D("258.999")), "m2": ("area", D("0.0001")), "ft2": ("area", D("0.0000092903")), "ares": ("area", D("0.01")), "acres": ("area", D("0.404686")),
    "kg": ("mass", D("0.001")), "tonnes": ("mass", D(1)), "pounds": ("mass", D("0.000453592")), "centners": ("mass", D("0.1")),
    "quintals": ("mass", D("0.1")), "grams": ("mass", D("0.000001")), "stone": ("mass", D("0.00635029")), "ounces": ("mass", D("0.0000283495")),
    "liters": ("volume", D("0.001")), "hectoliters": ("volume", D("0.1")), "megaliters": ("volume", D(1000)), "gigaliters": ("volume", D(1000000)), "cubic metres": ("volume", D(1)), "barrels": ("volume", D("0.158987")),
    "gallons": ("volume", D("0.00378541")), "bushels": ("volume", D("0.0355")), "desyatinas": ("area", D("1.0925")), "rai": ("area", D("0.16")),
    "feddans": ("area", D("0.42")), "manzanas": ("area", D("0.7")), "mps": ("length", D(3600)), "poods": ("mass", D("0.01638")), "hundredweight": ("mass", D("0.0508")), "piculs": ("mass", D("0.0605")),
    "catties": ("mass", D("0.000605")), "leagues": ("length", D(4828)), "arshins": ("length", D("0.7112")), "furlongs": ("length", D("201.168")),
    "kWh": ("energy", D(1)), "kW": ("power", D(1)), "MW": ("power", D(1000)), "GW": ("power", D(1000000)),
    "percent": ("share", D(1)), "permille": ("share", D("0.1")), "permyriad": ("share", D("0.01")), "per_100000": ("share", D("0.001")), "pp": ("points", D(1)),
}  # fmt: skip
"""Dimension of each unit and its size in the dimension's base unit (day, metre, hectare, tonne, cubic metre, per cent)."""
CONVERTED, ABOUT = D("0.081"), D("0.1")
"""Relative slack where units differ: translators round what they convert (10 inches, «25 см»; six weeks, «полтора месяца»), and more where
they say so (nineteen days, «почти три недели»)."""
ROUNDED = D("0.051")
"""Relative slack where one side rounds: 1.26 billion, «около 1,3 млрд»."""


class Amount(NamedTuple):
    """A value in the base unit of its dimension, and the value of the last digit written."""

    dimension: str
    value: Decimal
    step: Decimal
    unit: str | None
    loose: bool


def readings(n: Numeral) -> tuple[Amount, ...]:
    """What a numeral may mean: a fraction is a share in per cent too, a multiple is also a change in per cent."""
    if n.kind == "fraction":
        return (
            Amount("share", n.value * 100, D(1), "percent", True),
            Amount("multiple", 1 / n.value if n.value else D(0), D(0), None, True),
            base(n),
        )
    if n.kind == "multiple":
        return (
            Amount("multiple", n.value, D(0), None, n.approximate),
            Amount("share", (n.value - 1) * 100, D(1), "percent", n.approximate),
            Amount("share", n.value * 100, D(1), "percent", n.approximate),
            Amount("share", (1 - 1 / n.value) * 100 if n.value else D(0), D(1), "percent", True),
            base(n),
        )
    if n.unit == "GBP":
        return base(n), Amount(
            "mass", n.value * SIZES["pounds"][1], n.step * SIZES["pounds"][1], "pounds", n.approximate
        )
    if n.unit == "barrels":
        return base(n), Amount("mass", n.value / BARRELS, D(1), "barrels of oil", True)
    if n.unit == "gallons":
        return base(n), Amount("volume", n.value * IMPERIAL, D(1), "imperial gallons", n.approximate)
    if n.unit == "degrees":
        told = n.value < 0 or n.value > FREEZING  # milder frosts are rarely told in Fahrenheit
        return (
            base(n),
            *((Amount("degrees", abs(_celsius(n.value)), D(1), "celsius", True),) if told else ()),
        )
    return (base(n),)


BARRELS = D("7.33")
"""Barrels in a tonne of crude oil of middling weight."""
IMPERIAL = D("0.00454609")
"""Cubic metres in an imperial gallon."""


FREEZING = 32
"""Degrees Fahrenheit at which water freezes."""


def _celsius(fahrenheit: Decimal) -> Decimal:
    """Frost is told without its minus («двадцать градусов мороза»), so that either sign may be meant."""
    return (fahrenheit - 32) * 5 / 9


def base(n: Numeral) -> Amount:
    """The amount in the base unit of its dimension."""
    dimension, size = SIZES.get(n.unit or "", (n.unit or "count", D(1)))
    return Amount(dimension, n.value * size, n.step * size, n.unit, n.approximate)


def equal(a: Amount, b: Amount) -> bool:
    """The amounts agree within rounding; a bare count agrees with the same figure in any unit."""
    if "count" in (a.dimension, b.dimension) and a.dimension != b.dimension:
        bare, told = (a, b) if a.dimension == "count" else (b, a)
        return any(_near(bare.value, figure, D(0)) for figure in _figures(told))
    if {a.dimension, b.dimension} & {CENTS} and money(a, b):
        return _near(in_money(a), in_money(b), D(0))
    if b.unit in COINS.get(a.unit or "", ()) or a.unit in COINS.get(b.unit or "", ()):
        return _near(_unscaled(a), _unscaled(b), D(0))
    if {a.unit, b.unit} == POUNDS:
        return _near(_unscaled(a), _unscaled(b), D(0))
    if a.dimension != b.dimension:
        return False
    if a.unit != b.unit:
        slack = ABOUT if a.loose or b.loose else CONVERTED
        return abs(a.value - b.value) <= slack * max(abs(a.value), abs(b.value))
    slack = ROUNDED * max(abs(a.value), abs(b.value)) if a.loose or b.loose else D(0)
    return _near(a.value, b.value, max(slack, _rounding(a, b)))


COINS = {
    "kroner": {"SEK", "NOK", "DKK", "ISK", "CZK"},
    "pesos": {"MXN", "ARS", "CLP", "COP", "CUP", "PHP"},
    "francs": {"CHF", "XOF"},
    "shillings": {"KES", "TZS", "UGX"},
    "dinars": {"RSD"},
    "GBP": {"TRY"},
    "INR": {"PKR", "LKR", "NPR", "IDR"},
}
"""Currencies that share a name: "11 kronur", «11 крон»."""
POUNDS = {"GBP", "pounds"}
"""Money or weight, by one word: "two pounds of meat"."""
CENTS = "cents"
"""The hundredth part of some currency: fifty cents are $0.50, fifty kopecks half a rouble."""


def money(a: Amount, b: Amount) -> bool:
    """Both are sums of money."""
    return all(x.dimension == CENTS or (len(x.dimension) == 3 and x.dimension.isupper()) for x in (a, b))


def in_money(a: Amount) -> Decimal:
    """The value; of cents, in the currency's unit."""
    return a.value / 100 if a.dimension == CENTS else a.value


def _unscaled(a: Amount) -> Decimal:
    size = SIZES.get(a.unit or "", ("", D(1)))[1]
    return a.value / size


def _figures(a: Amount) -> Iterator[Decimal]:
    """The figures that an amount is written with: 690 megawatts are read as kilowatts."""
    yield _unscaled(a)
    if a.dimension in PREFIXED:
        yield from (a.value / D(1000) ** n for n in range(1, 4))


PREFIXED = frozenset({"power", "energy"})
"""Dimensions whose units are told with prefixes: kilo-, mega-, giga-."""


def _rounding(a: Amount, b: Amount) -> Decimal:
    """Half of the coarser last digit, where it is at least as fine as a twentieth of the value: 1.26 and 1.3 billion."""
    half = max(a.step, b.step) / 2
    return half if a.step != b.step and half <= ROUNDED * max(abs(a.value), abs(b.value)) else D(0)


def _near(x: Decimal, y: Decimal, slack: Decimal) -> bool:
    return abs(x - y) <= slack + D("0.0001") * max(abs(x), abs(y))


def comparable(a: Numeral, b: Numeral) -> bool:
    """The numerals count in the same dimension, or one of them names no unit."""
    x, y = base(a).dimension, base(b).dimension
    return x == y or "count" in (x, y)
