"""Where the time of all clocks went, as one bar, and how old open defects are."""

from dataclasses import dataclass
from fractions import Fraction

from quality.model.evidence import Aged, Evidence
from quality.model.verdict import Verdict
from reports.scorecard.page.timeline import Bar, hours
from reports.shared import numbers
from reports.shared.numbers import coordinate

KINDS = {
    "running": "{} had it: the clock ran",
    "waiting": "The customer owed an answer: the clock stood",
    "elsewhere": "In other hands",
    "done": "Done, until it was opened again",
    "outside": "Outside of the agreed hours",
}
AGES = ("up to 7 days", "8 to 30", "31 to 90", "more than 90")
"""How old defects are, as the evidence counts them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of time: in words, how long, and its share of all."""

    kind: str
    name: str
    time: str
    share: str


@dataclass(frozen=True, slots=True)
class Spent:
    """A bar 100 wide, and its parts in a table."""

    bars: tuple[Bar, ...]
    parts: tuple[Part, ...]
    text: str


def _whoever(evidence: Evidence | None) -> str:
    """In whose hands tickets were, from end to end."""
    if not evidence or not evidence.held:
        return "The supplier"
    nobody = any(each.ran and not each.party for each in evidence.held)
    return "One of the parties, or nobody," if nobody else "One of the parties"


def spent(verdict: Verdict, evidence: Evidence | None) -> Spent | None:
    """Where the time of the clocks behind a service level went; None: none of its clocks ran."""
    told = dict(evidence.spent) if evidence else {}
    whole = sum(told.values())
    if not whole:
        return None
    party = str(dict(verdict.parameters).get("party", "")) or _whoever(evidence)
    bars, parts, x = [], [], Fraction(0)
    for kind, words in KINDS.items():
        if much := told.get(kind, 0):
            share = Fraction(100 * much, whole)
            bars.append(Bar(kind, coordinate(x), coordinate(share)))
            shown = numbers.with_unit(share, "percent")
            parts.append(Part(kind, words.format(party), hours(much), shown))
            x += share
    said = "; ".join(f"{each.name}, {each.share}" for each in parts)
    return Spent(tuple(bars), tuple(parts), f"Where the time went: {said}")


@dataclass(frozen=True, slots=True)
class Severity:
    """The open defects of a severity: their number by age, and a bar of them, on the scale of the
    most frequent one."""

    name: str
    counts: tuple[int, ...]
    total: int
    bars: tuple[Bar, ...]
    text: str


def ages(evidence: Evidence | None) -> tuple[Severity, ...]:
    """The open defects by severity, the gravest first."""
    told = evidence.ages if evidence else ()
    most = max((sum(each.counts) for each in told), default=1)
    return tuple(_severity(each, most) for each in told)


def _severity(told: Aged, most: int) -> Severity:
    bars, at = [], 0
    for number, much in enumerate(told.counts):
        if much:
            x, width = Fraction(100 * at, most), Fraction(100 * much, most)
            bars.append(Bar(f"age{number}", coordinate(x), coordinate(width)))
            at += much
    said = [f"{much} {words}" for words, much in zip(AGES, told.counts, strict=True) if much]
    name = told.severity.capitalize() or "All"
    return Severity(name, told.counts, at, tuple(bars), f"{name}: {', '.join(said)}")
