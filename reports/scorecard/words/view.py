"""What a scorecard says of an evaluation in words and sums, before any HTML."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from quality.model.evaluation import Evaluation, PastPeriod
from quality.model.facts import Cause
from quality.model.verdict import WORST_FIRST, Outcome, Verdict
from reports.scorecard.words.levels import Level, level
from reports.shared import numbers

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


CAUSES: dict[Cause, str] = {
    "supplier": "it cannot be read as it was delivered",
    "ours": "our limits or tools stand in the way: nobody has seen what is in it",
}


@dataclass(frozen=True, slots=True)
class UnmeasuredGroup:
    """What could not be measured for one reason: whose cause it is, how many files, and the places
    (repository, path, analyzer)."""

    reason: str
    cause: Cause
    files: int
    places: tuple[tuple[str, str, str], ...]


def notices(evaluation: Evaluation) -> tuple[tuple[tuple[str, ...], str], ...]:
    """What a reader must know of how snapshots and records were delivered: each sentence once, with
    the names of the repositories or sources that it concerns."""
    concerned: dict[str, list[str]] = {}
    for snapshot in evaluation.snapshots:
        for text in snapshot.notices:
            concerned.setdefault(text, []).append(snapshot.repository)
    read = (each for verdict in evaluation.service_levels for each in verdict.readings)
    for reading in dict.fromkeys(read):
        for text in reading.notices:
            concerned.setdefault(text, []).append(reading.source)
    return tuple((tuple(names), text) for text, names in concerned.items())


def named(repositories: Sequence[str]) -> str:
    """Some repositories by name, many by the first ones and a number."""
    more = len(repositories) - 3
    shown = ", ".join(repositories[:3])
    return f"{shown} and {more} more" if more > 0 else shown


def levels(evaluation: Evaluation) -> tuple[Level, ...]:
    """The service levels in the contract's order, critical ones first."""
    return tuple(level(verdict, evaluation.period.id) for verdict in ordered(evaluation))


def ordered(evaluation: Evaluation) -> list[Verdict]:
    """The verdicts in the order in which the page numbers them."""
    return sorted(evaluation.service_levels, key=lambda each: each.level_class != "critical")


def urgent(shown: Sequence[Level]) -> list[Level]:
    """The same rows for a reader in a hurry: critical ones first, of these the most urgent."""
    return sorted(
        shown,
        key=lambda each: (
            each.verdict.level_class != "critical",
            WORST_FIRST.index(each.verdict.outcome),
        ),
    )


def tally(evaluation: Evaluation, *classes: str) -> Counter[Outcome]:
    """How many service levels of these classes that have limits have which outcome."""
    verdicts = (each for each in evaluation.service_levels if each.level_class in classes)
    return Counter(verdict.outcome for verdict in verdicts if not verdict.reported)


def shown_outcome(evaluation: Evaluation) -> Outcome:
    """The overall outcome as a page shows it: what is met below expectations is not plainly met."""
    below = tally(evaluation, "critical")["below_expected"]
    return "below_expected" if evaluation.outcome == "met" and below else evaluation.outcome


def outcome_of(evaluation: Evaluation, at: Evaluation | PastPeriod) -> Outcome:
    """The overall outcome of the evaluation's period or of one before it, as a page shows it."""
    if isinstance(at, Evaluation):
        return shown_outcome(at)
    critical = {each.id for each in evaluation.service_levels if each.level_class == "critical"}
    below = any(name in critical and then == "below_expected" for name, then in at.outcomes)
    return "below_expected" if at.outcome == "met" and below else at.outcome


def headline(evaluation: Evaluation) -> str:
    """The overall verdict as one sentence about the critical service levels."""
    outcomes = tally(evaluation, "critical")
    total = outcomes.total()
    failed, unknown, below = outcomes["failed"], outcomes["unknown"], outcomes["below_expected"]
    if total == 0:
        return "No critical service level to judge"
    if failed:
        also = f", {unknown} could not be measured" if unknown else ""
        return f"{_of(failed, total)} failed{also}"
    if unknown:
        return f"{_of(unknown, total)} could not be measured"
    if evaluation.outcome == "unknown":
        return "The overall result is unknown"
    if below:
        return f"{_of(below, total)} {'is ' * (total == 1)}below expected, none below the minimum"
    return f"All {total} critical service levels met" if total > 1 else f"{_of(1, 1)} is met"


def _of(part: int, whole: int) -> str:
    if whole == 1:
        return "The critical service level"
    return f"{part} of {whole} critical service levels"


def failing(evaluation: Evaluation) -> tuple[Verdict, ...]:
    """What a reader must see first: the failed service levels, then the unknown ones."""
    found = [each for each in evaluation.service_levels if each.outcome in ("failed", "unknown")]
    return tuple(sorted(found, key=lambda v: (WORST_FIRST.index(v.outcome), v.level_class)))


def by_reason(verdicts: Sequence[Verdict]) -> tuple[tuple[Verdict, ...], ...]:
    """Verdicts of one outcome for one reason together, where the first of them stands."""
    found: dict[tuple[str, str], list[Verdict]] = {}
    for each in verdicts:
        found.setdefault((each.outcome, each.reason or each.id), []).append(each)
    return tuple(map(tuple, found.values()))


def said_at(verdicts: Sequence[Verdict]) -> dict[str, int]:
    """For each reason the number of the first service level that has it, from 1: it is told there
    alone."""
    found: dict[str, int] = {}
    for number, each in enumerate(verdicts, 1):
        found.setdefault(each.reason, number)
    return found


def days(start: date, end: date) -> str:
    """A span of days: 1 July to 30 September 2026."""
    year = "" if start.year == end.year else f" {start.year}"
    return f"{_day(start)}{year} to {_day(end)} {end.year}"


def day(when: date) -> str:
    """A day as people write it: 14 October 2026."""
    return f"{_day(when)} {when.year}"


def _day(day: date) -> str:
    return f"{day.day} {month(day)}"


def month(day: date) -> str:
    """The name of a day's month: strftime's follow the process's locale; a report must not."""
    return _MONTHS[day.month - 1]


def moment(at: datetime | None) -> str:
    """A commit's time in UTC."""
    if at is None:
        return numbers.UNKNOWN
    utc = at.astimezone(UTC) if at.tzinfo else at
    return f"{utc:%Y-%m-%d %H:%M} UTC"


def gaps(evaluation: Evaluation) -> tuple[UnmeasuredGroup, ...]:
    """What could not be measured by reason, the most files first."""
    places: dict[tuple[str, Cause], list[tuple[str, str, str]]] = defaultdict(list)
    for snapshot in evaluation.snapshots:
        for file in snapshot.unmeasured:
            places[file.reason, file.cause].append((snapshot.repository, file.path, file.analyzer))
    found = [
        UnmeasuredGroup(reason, cause, len({place[:2] for place in where}), tuple(where))
        for (reason, cause), where in places.items()
    ]
    return tuple(sorted(found, key=lambda gap: (-gap.files, gap.reason)))


_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")  # what a shell takes as it stands
_RESERVED = re.compile(r"index|con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)


def file_names(contract_ids: Sequence[str]) -> tuple[str, ...]:
    """A file name a contract: safe on any disk, different without regard to case, and the same
    in every run. An id that cannot be a name as it is carries a digest of itself."""
    names: list[str] = []
    for contract_id in contract_ids:
        digest = sha256(contract_id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", contract_id).strip("._-")[:60] or "contract"
        if stem != contract_id or _RESERVED.fullmatch(stem.split(".")[0]):
            stem = f"{stem}-{digest}"
        taken = {name.casefold() for name in names}
        name, number = stem, 1
        while f"{name}.html".casefold() in taken:
            number += 1
            name = f"{stem}-{digest}-{number}"
        names.append(f"{name}.html")
    return tuple(names)


def is_plain(service_level: str) -> bool:
    """Whether a shell takes a service level's id as it stands."""
    return _PLAIN.fullmatch(service_level) is not None


def example_id(evaluation: Evaluation) -> str:
    """A service level for the example command: one that failed, or the first."""
    wanted = (*failing(evaluation), *evaluation.service_levels)
    return next((each.id for each in wanted if is_plain(each.id)), "ID")


def nloc(evaluation: Evaluation) -> int | None:
    """The production code's lines in the evaluation's period; None: not known."""
    sizes = {point.period: point.nloc for point in evaluation.scorecard.size}
    return sizes.get(evaluation.period.id)
