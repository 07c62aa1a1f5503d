"""Money: the currencies of ISO 4217 with their minor units (list one of the maintenance agency,
SIX), and the one place that rounds.

Amounts are computed as exact fractions and rounded once, to the minor unit, by the contract's rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Rounding = Literal["half_up", "half_even", "down", "up"]

_TWO = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF
CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ
GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD
MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON
RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS
UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_OTHERS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
MINOR_DIGITS: Mapping[str, int] = {
    **dict.fromkeys(_TWO.split(), 2),
    **{code: digits for digits, codes in _OTHERS.items() for code in codes.split()},
}


def rounded(exact: Fraction, digits: int, rounding: Rounding = "half_up") -> Decimal:
    """``exact`` (0 or more) with so many decimals, by the rule. half_up rounds a half away from 0,
    half_even to the even neighbour, down and up towards and away from 0."""
    whole, rest = divmod(exact.numerator * 10**digits, exact.denominator)
    twice = 2 * rest
    more = {
        "half_up": twice >= exact.denominator,
        "half_even": twice > exact.denominator or (twice == exact.denominator and whole % 2 == 1),
        "down": False,
        "up": rest > 0,
    }[rounding]
    return Decimal(whole + more).scaleb(-digits)


def shares(total: Decimal, weights: Mapping[str, Decimal], digits: int) -> dict[str, Decimal]:
    """``total`` divided in proportion to ``weights``, so that the parts sum to it exactly.

    Each part is rounded down to the minor unit; what is left goes, one unit each, to the parts
    that lost most by it (of equals, to the first name).
    """
    whole = sum(map(Fraction, weights.values()), Fraction(0))
    if not whole:
        return dict.fromkeys(weights, rounded(Fraction(0), digits))
    exact = {name: Fraction(total) * Fraction(weight) / whole for name, weight in weights.items()}
    parts = {name: rounded(share, digits, "down") for name, share in exact.items()}
    unit = Decimal(1).scaleb(-digits)
    left = int((total - sum(parts.values())) / unit)
    lost = sorted(parts, key=lambda name: (Fraction(parts[name]) - exact[name], name))
    for name in lost[:left]:
        parts[name] += unit
    return parts


def text(amount: Decimal, currency: str) -> str:
    """An amount for people, such as EUR 14,400.00."""
    return f"{currency} {amount:,f}"


def plain(number: Decimal | Fraction) -> str:
    """A number for people, without trailing zeros: 12, 8.5, 0.333333 (at most 6 decimals)."""
    exact = number if isinstance(number, Fraction) else Fraction(number)
    sign = "-" if exact < 0 else ""
    digits = format(rounded(abs(exact), 6), "f")
    return sign + digits.rstrip("0").rstrip(".")


def in_hours(seconds: int) -> str:
    """A span of time by its two largest units: 2 h 56 min."""
    parts = []
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        much, seconds = divmod(seconds, size)
        if much:
            parts.append(f"{much} {unit}")
    return " ".join(parts[:2]) or "0 s"
