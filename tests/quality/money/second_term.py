"""The days and the charges of a contract a second time: see ``second``."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from ruamel.yaml import YAML

Tree = dict[str, Any]
MONTHS = {"month": 1, "quarter": 3, "year": 12}
DECIMALS = {"JPY": 0, "KWD": 3}  # of the others 2
NOTHING, ALL = Fraction(0), Fraction(100)


def read(contracts: Sequence[str]) -> list[Tree]:
    return [YAML(typ="safe").load(text) for text in contracts]


def exact(number: Any) -> Fraction:
    return Fraction(str(number))


def day(text: Any) -> date:
    return date.fromisoformat(str(text))


def rounded(number: Fraction, decimals: int, rule: str) -> Fraction:
    whole, rest = divmod(number * 10**decimals, 1)
    tie = 2 * rest == 1 and (rule == "half_up" or (rule == "half_even" and whole % 2 == 1))
    more = {"down": False, "up": rest > 0}.get(rule, 2 * rest > 1 or tie)
    return Fraction(whole + more, 10**decimals)


class Term:
    """The days of a contract with its amendments, and its charges."""

    def __init__(self, contracts: list[Tree]) -> None:
        self.contracts = sorted(contracts, key=lambda c: str(c["contract"].get("effective", "")))
        head = self.contracts[0]["contract"]
        self.starts, self.months = day(head["starts"]), MONTHS[head["period"]]
        ends, first = day(self.contracts[-1]["contract"]["ends"]), self.calendar(self.starts)
        self.periods: list[tuple[date, date]] = []
        while first <= ends:
            after = later(first, self.months)
            self.periods.append((max(first, self.starts), min(after - timedelta(1), ends)))
            first = after
        self.years = [
            last.year - self.starts.year + (str(last)[5:] >= str(self.starts)[5:])
            for _, last in self.periods
        ]

    def calendar(self, of: date) -> date:
        return date(of.year, (of.month - 1) // self.months * self.months + 1, 1)

    def on(self, of: date) -> Tree:
        """The contract, or the amendment in force on a day."""
        return [c for c in self.contracts if str(c["contract"].get("effective", "")) <= str(of)][-1]

    def rule(self, number: int) -> tuple[int, str]:
        return rule(self.on(self.periods[number][0])["charges"])

    def charges(self, number: int) -> Fraction:
        """What the supplier is paid for a period, rounded once."""
        first, last = self.periods[number]
        judging, total, begins = self.on(first)["charges"], NOTHING, self.calendar(first)
        if judging.get("pro_rata"):
            for of in (first + timedelta(n) for n in range((last - first).days + 1)):
                charges = self.on(of)["charges"]
                begins, after, share = self.span(charges, of)
                total += amount(charges, of) * share / (after - begins).days
            return rounded(total, *self.rule(number))
        while begins <= last:
            _, after, share = self.span(judging, begins)
            total += amount(judging, max(begins, first)) * share if after > first else 0
            begins = after
        return rounded(total, *self.rule(number))

    def span(self, charges: Tree, of: date) -> tuple[date, date, Fraction]:
        """What is paid at once on a day: its days, and its share of the amount."""
        per = MONTHS[charges.get("per") or ("month" if self.months == 1 else "quarter")]
        size, begins = min(per, self.months), self.calendar(of)
        while later(begins, size) <= of:
            begins = later(begins, size)
        return begins, later(begins, size), Fraction(size, per)


def later(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def rule(charges: Tree) -> tuple[int, str]:
    return DECIMALS.get(charges["currency"], 2), charges.get("rounding", "half_up")


def amount(charges: Tree, of: date) -> Fraction:
    """The amount in force on a day, as stated or indexed."""
    stated = {day(each["from"]): exact(each["amount"]) for each in charges["amounts"]}
    rises = {day(each["from"]): exact(each["percent"]) for each in charges.get("indexation", ())}
    found = stated[min(stated)]
    for begins in sorted(each for each in stated.keys() | rises.keys() if each <= of):
        raised = rounded(found * (ALL + rises.get(begins, 0)) / 100, *rule(charges))
        found = stated.get(begins, raised)
    return found
