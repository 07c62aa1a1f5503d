"""Counts as a bundle holds them: what was counted in which content, and which of them whoever has
the bundle can count again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from quality.catalogue.recipes import load_recipe
from quality.errors import DisagreementError
from quality.evidence.archive import Entries
from quality.evidence.lines import lines, lines_of
from quality.store.counting import NOTHING, Content, base_of
from quality.store.counts import inputs, kept_as
from quality.store.database import Store
from quality.verdicts.history import History

COUNTS = "counts.jsonl"


@dataclass(frozen=True, slots=True, order=True)
class Counted:
    """What a count is of: a commit, compared with a baseline ("-": with none), under ``inputs``,
    which stands for the contract's patterns, what is excused, recipe and SQL."""

    commit: str
    baseline: str
    indicator: str
    parameter: str
    inputs: str

    def __str__(self) -> str:
        limit = f" ({self.parameter})" if self.parameter else ""
        since = f" since {self.baseline[:12]}" if self.baseline not in ("", "-") else ""
        return f"{self.indicator}{limit} of {self.commit[:12]}{since}"


@dataclass(frozen=True, slots=True)
class Number:
    """A count's numbers; ``given``: the bundle holds no facts to count it again."""

    numerator: int
    denominator: int
    given: bool


def held(history: History) -> frozenset[str]:
    """The commits whose facts a bundle holds: of the judged period, of the one before, which the
    page compares with, and their baselines."""
    snapshots, request = history.snapshots, history.request
    found = set[str]()
    for period in request.periods[-2:]:
        for repository in request.of(period).repositories:
            content = snapshots.content(period, repository.name)
            compared = snapshots.compared(period, repository.name)
            found |= {each.commit for each in (content, compared) if each}
            found |= {base_of(compared).commit} if compared else set()
    return frozenset(found - {NOTHING})


def counts_of(history: History) -> dict[Counted, Number]:
    """All counts that judging and showing a request needed."""
    commits, recipe = held(history), load_recipe(*history.request.contract.measured_by)
    found = {}
    for content, counts in history.counts.items():
        given = not _is_held(content, commits)
        for query, count in counts.items():
            key = Counted(
                content.commit, "-" if content.baseline is None else content.baseline,
                query.indicator.id, kept_as(query) or "", inputs(content, recipe, query.indicator),
            )  # fmt: skip
            found[key] = Number(count.numerator, count.denominator, given)
    return found


def _is_held(content: Content, commits: Collection[str]) -> bool:
    return {content.commit, content.baseline or NOTHING} <= {*commits, NOTHING}


def entry(counts: dict[Counted, Number]) -> bytes:
    """The entry that holds counts."""
    rows: list[list[object]] = [
        [key.commit, key.baseline, key.indicator, key.parameter, key.inputs,
         counts[key].numerator, counts[key].denominator, counts[key].given]
        for key in sorted(counts)
    ]  # fmt: skip
    return lines(rows)


def stated(entries: Entries) -> dict[Counted, Number]:
    """The counts that a bundle states (DisagreementError)."""
    found: dict[Counted, Number] = {}
    for number, row in enumerate(lines_of(entries, COUNTS), 1):
        kinds = [type(each) for each in row]
        if kinds != [str] * 5 + [int, int, bool] or max(map(abs, row[5:7])) > 10**30:
            raise DisagreementError(f"{COUNTS}, line {number}: this is not a count")
        found[Counted(*row[:5])] = Number(*row[5:])
    return found


def give(store: Store, counts: dict[Counted, Number]) -> None:
    """Let a store hold the counts that are given, as if they had been made there."""
    store.append("snapshot_values", [
        (key.commit, key.inputs, key.indicator, key.parameter or None, each.numerator,
         each.denominator)
        for key, each in counts.items() if each.given
    ])  # fmt: skip


def disagreements(
    said: dict[Counted, Number], found: dict[Counted, Number]
) -> Iterator[tuple[str, Any]]:
    """Where counts are not as stated: (what, why)."""
    for key in sorted(said.keys() | found.keys()):
        one, other = said.get(key), found.get(key)
        if one != other:
            yield str(key), f"the bundle says {_shown(one)}, its facts give {_shown(other)}"


def _shown(number: Number | None) -> str:
    if number is None:
        return "nothing"
    return f"{number.numerator}/{number.denominator}" + (" (given)" if number.given else "")
