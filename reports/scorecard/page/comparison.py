"""Suppliers side by side by what several of them are measured by.

Two values say the same only by one recipe and of one language: others stand apart, and it is said.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from quality.model.evaluation import Evaluation
from quality.model.verdict import Verdict
from reports.scorecard.words import overview, view
from reports.shared import numbers

SEVERAL = "several languages"


@dataclass(frozen=True, slots=True)
class Compared:
    """A contract's value, with the size of its code (None: not known); ``row``: the contract's
    number."""

    row: int
    verdict: Verdict
    value: str
    nloc: int | None


@dataclass(frozen=True, slots=True)
class Alike:
    """Contracts whose values say the same: of one language, by one recipe; best first. ``average``:
    the mean over them, "" where there is one."""

    of: str
    average: str
    rows: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, with the contract's parameters, and the contracts apart as they must be."""

    measures: str
    contracts: int
    groups: tuple[Alike, ...]


def comparisons(evaluations: Sequence[Evaluation]) -> tuple[Comparison, ...]:
    """Each indicator of which two contracts or more know a value, where high or low is good."""
    found: dict[str, list[tuple[Fraction, int, Verdict]]] = defaultdict(list)
    for row, evaluation in enumerate(evaluations):
        seen: set[str] = set()
        for each in evaluation.service_levels:
            key, exact = overview.indicator(each), numbers.exact(each)
            if exact is not None and each.good != "none" and key not in seen:
                seen.add(key)
                found[key].append((exact, row, each))
    return tuple(
        Comparison(_words(values[0][2]), len(values), _groups(evaluations, values))
        for values in found.values()
        if len(values) > 1
    )


def _words(verdict: Verdict) -> str:
    words = verdict.measures or verdict.indicator
    given = ", ".join(overview.parameters(verdict))
    return f"{words[:1].upper()}{words[1:]}{f' ({given})' if given else ''}"


def _groups(
    evaluations: Sequence[Evaluation], values: Sequence[tuple[Fraction, int, Verdict]]
) -> tuple[Alike, ...]:
    apart: dict[str, list[tuple[Fraction, int, Verdict]]] = defaultdict(list)
    for each in values:
        apart[kind(evaluations[each[1]])].append(each)
    return tuple(
        _alike(evaluations, of, rows)
        for of, rows in sorted(apart.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )


def _alike(
    evaluations: Sequence[Evaluation], of: str, values: Sequence[tuple[Fraction, int, Verdict]]
) -> Alike:
    sign = -1 if values[0][2].good == "high" else 1
    best_first = sorted(values, key=lambda each: sign * each[0])
    average = sum((each[0] for each in values), Fraction(0)) / len(values)
    return Alike(
        of,
        numbers.with_unit(average, values[0][2].unit) if len(values) > 1 else "",
        tuple(
            Compared(
                row, verdict, numbers.judged(verdict, verdict.deciding), view.nloc(evaluations[row])
            )
            for _, row, verdict in best_first
        ),
    )


def kind(evaluation: Evaluation) -> str:
    """What a contract's values can be compared by: the language of most of its code, and the
    recipe with its digest's first digits where the id alone might be another's."""
    languages = {each.language: each.nloc for each in evaluation.scorecard.languages}
    total = sum(languages.values())
    main = max(languages, key=lambda name: languages[name], default="")
    if not total:
        language = "language not known"
    elif 2 * languages[main] > total:
        language = f"mostly {main}"
    else:
        language = SEVERAL
    digest = evaluation.recipe.digest.removeprefix("sha256:")[:8]
    return f"{language}, recipe {evaluation.recipe.id} ({digest})"
