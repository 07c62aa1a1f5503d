"""What one row of the catalogue of indicators says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quality.catalogue.exploits import Exploit
from quality.catalogue.mending import Mending
from quality.model.records import RecordKind
from quality.model.reports import SectionName
from quality.model.verdict import Good

PLAIN = (None,)
_UNTOLD = Mending()


@dataclass(frozen=True, slots=True)
class Parameter:
    """An indicator's own number or word in the contract; ``default`` None: the contract must give
    it, unless it is ``optional``."""

    name: str
    at_least: int = 0
    default: int | None = None
    optional: bool = False
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the catalogue.

    ``measures``: what it says, for help and reports; ``query``: the rows behind a value, by the
    query's name in ``quality/store/sql/explain``, with its ``fixed`` parameters; ``analyzers``:
    those whose facts it counts (empty: all; FINDERS: every error analyzer); ``within``: the one in
    whose languages alone a file can move it (empty: any file can); ``combine``: how the
    repositories make the contract's value (sums of numerators and denominators, a plain total, the
    largest); ``key_only``: no money may hang on it; ``debt``: the smallest item that accepted debt
    can take out of it;
    ``compared``: how a base and a head are held against each other: what is counted in the files
    that differ, or, where other files bear on it, in the whole trees, or the values of the whole
    trees (largest ones, means, ratios of two kinds of code); ``usual``: the parameters for which
    public systems are compared by it, the one that levels are proposed for first (PLAIN: it has
    none; empty: it compares no systems); ``records``: the contract's section of reports that it
    counts (None: it counts content), and ``selects``, the keys of a service level that say which
    part of them, in the order of its macro; ``since``: it compares with the contract's
    baseline, and these words say why it has no value where its denominator is 0; ``of``: the
    records that it counts over a period, where it counts no content of a snapshot ("": it does),
    and ``also``, a second kind of these; ``per``: the indicator of content that its denominator
    is; ``parts``: the macro that tells what was counted and what was left out; ``chance``: how far
    chance may have moved it: a share of items, a rate of events, or a share where requests are
    measured; ``mending``: the repair of which rows brings it to its limits.
    """

    id: str
    title: str
    unit: str
    good: Good
    scale: int
    measures: str
    query: str
    analyzers: tuple[str, ...]
    parameter: Parameter | None = None
    fixed: tuple[tuple[str, str | int], ...] = ()
    combine: Literal["sum", "total", "max"] = "sum"
    key_only: bool = False
    debt: Literal["file", "function", "finding"] = "file"
    exploit: Exploit | None = None
    compared: Literal["files", "trees", "values"] = "files"
    within: str = ""
    usual: tuple[int | None, ...] = ()
    records: SectionName | None = None
    selects: tuple[str, ...] = ()
    since: str = ""
    of: RecordKind | Literal[""] = ""
    also: RecordKind | Literal[""] = ""
    per: str = ""
    parts: str = ""
    chance: Literal["", "share", "rate", "requests"] = ""
    mending: Mending = _UNTOLD

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def basis(self) -> Literal["content", "records"]:
        """Whether it is counted in a snapshot's content, or over a period in records."""
        return "records" if self.of else "content"

    @property
    def kinds(self) -> tuple[RecordKind, ...]:
        """The kinds of records that it counts."""
        return tuple(each for each in (self.of, self.also) if each)

    @property
    def macro(self) -> str:
        """The name of the table macro that counts it."""
        return self.id.replace(".", "_")

    @property
    def divisible(self) -> bool:
        """Whether several parties may each have a part in it."""
        return self.of in ("", "tickets") or "service" in self.selects

    @property
    def relievable(self) -> bool:
        """Whether one party's failure can be another's relief."""
        return "policy" in self.selects or "service" in self.selects

    @property
    def of_a_whole(self) -> bool:
        """Whether no value is above 100: it is a share of a whole, and no ratio of two kinds."""
        return self.unit == "percent" and not self.id.endswith(".ratio")
