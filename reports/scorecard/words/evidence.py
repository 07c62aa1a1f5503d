"""The rows behind a value in words: places with their links, what changed, what to repair."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quality.model.evaluation import Evaluation
from quality.model.evidence import Cell, Changes, Evidence, EvidencePlace, EvidenceRow, Repair
from quality.model.verdict import Measured, Verdict
from quality.model.web import link
from reports.shared import numbers
from reports.shared.text import clip

NAMES = {
    "ccn": "CCN", "cc": "CC", "nloc": "NLOC", "cwe": "CWE", "mi": "MI", "was_ccn": "CCN before",
    "code_lines": "Code lines", "not_run": "Lines not run", "not_taken": "Branches not taken",
    "hidden": "Hidden by a directive", "number": "Number", "id": "Number",
}  # fmt: skip
WEIGHTS = {
    "nloc": "NLOC", "code_lines": "duplicated lines", "new_lines": "new lines", "bytes": "bytes",
    "now": "findings", "not_run": "lines", "not_taken": "branches", "minutes": "minutes",
    "unsearched": "NLOC",
}  # fmt: skip
MOMENTS = ("begins", "ends", "began", "due", "ended", "found", "done", "opened_again", "since")
"""Columns that hold moments, which are all in UTC."""
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?)( UTC)?")
NAMED = ("function", "block", "rule", "language", "property", "what", "id", "begins")
"""Columns that name a row; the first that a table has stands with its place."""


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place as a reader sees it: ``text`` is the path with its lines, ``link`` leads to it on the
    web, "" where nobody knows the address."""

    text: str
    link: str


def of_level(evaluation: Evaluation, service_level: str) -> Evidence | None:
    """What stands behind a service level's value; None: nothing was read."""
    found = evaluation.scorecard.evidence
    return next((each for each in found if each.service_level == service_level), None)


def heading(column: str) -> str:
    """A column's name as it heads a table."""
    name = NAMES.get(column, column.replace("_", " ").capitalize())
    return f"{name} (UTC)" if column in MOMENTS else name


def first_heading(evidence: Evidence, row: EvidenceRow) -> str:
    """What heads the column of names and places: of rows without any place what names them."""
    at = name_at(evidence)
    return "Place" if row.places or at is None else heading(evidence.columns[at])


def name_at(evidence: Evidence) -> int | None:
    """Where the column stands that names a row; None: its place does. Blocks have a number alone,
    which says nothing to a reader."""
    columns = evidence.columns
    for name in NAMED:
        if name in columns and not (name == "block" and evidence.what == "duplicated blocks"):
            return columns.index(name)
    return None


def columns(evidence: Evidence, group: str) -> tuple[int, ...]:
    """The columns that a table of a group shows beside name and place, by their numbers: what the
    whole group shares stands above it."""
    named = name_at(evidence)
    shared = {"rule", "reason", "tool"} if group else set()
    if evidence.what == "duplicated blocks":
        shared |= {"block"}
    return tuple(
        at for at, name in enumerate(evidence.columns) if at != named and name not in shared
    )


def cell(value: Cell) -> str:
    """A value as a table shows it."""
    if value is None or value == "":
        return numbers.UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return numbers.count(value)
    if is_moment(value):
        return str(value).removesuffix(" UTC")
    return clip(value, 120) if isinstance(value, str) else numbers.number(Decimal(repr(value)), 2)


def is_moment(value: Cell) -> bool:
    """Whether a cell holds a moment."""
    return isinstance(value, str) and _MOMENT.fullmatch(value) is not None


def is_number(value: Cell) -> bool:
    """Whether a cell holds a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def places(evaluation: Evaluation, row: EvidenceRow) -> tuple[ShownPlace, ...]:
    """The places of a row."""
    found = []
    for each in row.places:
        where = address(evaluation, row.repository, each.path, each.line)
        found.append(ShownPlace(spot(each), where))
    return tuple(found)


def spot(place: EvidencePlace) -> str:
    """A place as text: a.py:3-9."""
    text = place.path if place.line is None else f"{place.path}:{place.line}"
    if place.last_line is not None and place.last_line != place.line:
        text += f"-{place.last_line}"
    return text


def address(evaluation: Evaluation, repository: str, path: str, line: int | str | None) -> str:
    """Where a line of the measured commit stands on the web; "": nobody knows."""
    snapshot = next((s for s in evaluation.snapshots if s.repository == repository), None)
    if snapshot is None:
        return ""
    return link(snapshot.web, snapshot.commit, path, line if isinstance(line, int) else None)


def label(evidence: Evidence, row: EvidenceRow) -> str:
    """A row on one line: its name and its first place."""
    at = name_at(evidence)
    name = "" if at is None else str(row.cells[at])
    first = row.places[0] if row.places else None
    where = "" if first is None else first.path + (f":{first.line}" if first.line else "")
    more = len(row.places) + row.more - 1
    others = f" and {more} more places" if more > 1 else " and one more place" if more == 1 else ""
    return f"{name} {where}{others}".strip()


def one(what: str) -> str:
    """A single one of what the rows are."""
    words = {"properties": "property", "duplicated blocks": "duplicated block",
             "files that nobody reads": "file that nobody reads",
             "runs of new lines": "run of new lines", "stretches": "stretch"}  # fmt: skip
    return words.get(what, what.removesuffix("s"))


def some(number: int, what: str) -> str:
    """How many of them: 1 function, 12 functions."""
    return f"{numbers.count(number)} {one(what) if number == 1 else what}"


@dataclass(frozen=True, slots=True)
class Advice:
    """What to repair, in a sentence, and which rows: the ``first`` of so many that no advice before
    it has named, from the row ``start`` on."""

    sentence: str
    rows: int
    start: int
    first: tuple[EvidenceRow, ...]


def invitation(evidence: Evidence | None) -> str:
    """What a reader finds behind a value."""
    if evidence and evidence.repairs:
        return title(evidence)
    return "Behind this value"


def title(evidence: Evidence) -> str:
    """What the advice is about: what can still be done, or what is past."""
    return "What would have met it" if evidence.as_if else "What to repair"


def assumed(evidence: Evidence) -> str:
    """By what the rows are taken, in a sentence; "": no row is named."""
    if evidence.lacking or (evidence.as_if and all(each.rows < 2 for each in evidence.repairs)):
        return ""
    return f"Heaviest first{f'; {evidence.repaired}' if evidence.repaired else ''}."


def advice(verdict: Verdict, evidence: Evidence) -> tuple[Advice, ...]:
    """What to repair for each limit that is not met; both in one where they take the same rows."""
    told = []
    minimums: dict[str, Repair] = {}
    for each in evidence.repairs:
        before = minimums.get(each.repository)
        if each.to == "minimum":
            minimums[each.repository] = each
        if before and before.reached and each.reached and _alike(before, each):
            continue
        known = before.rows if before and before.reached else 0
        twin = _twin(evidence, each)
        rows, first = (each.rows - known, each.first[known:]) if each.reached else (0, ())
        told.append(Advice(_sentence(verdict, evidence, each, twin), rows, known + 1, first))
    return tuple(told)


def _twin(evidence: Evidence, each: Repair) -> Repair | None:
    """The repair for the expected level that takes the same rows as one for the minimum."""
    for other in evidence.repairs if each.to == "minimum" and each.reached else ():
        same = other.repository == each.repository and _alike(other, each)
        if other.to == "expected" and same and other.reached:
            return other
    return None


def _alike(one: Repair, other: Repair) -> bool:
    """Whether two repairs are the same: the same rows, or as much that is lacking."""
    return (one.rows, one.weight) == (other.rows, other.weight)


def _sentence(verdict: Verdict, evidence: Evidence, each: Repair, twin: Repair | None) -> str:
    """What a repair takes, or would have taken, and what the value is then."""
    limit = " and ".join(
        f"the {'minimum' if one.to == 'minimum' else 'expected level'} of "
        f"{numbers.limit(one.limit, verdict.unit, 'none')}"
        for one in (each, twin)
        if one
    )
    where = f" in {each.repository}" if each.repository else ""
    limits = (verdict.expected, verdict.minimum)
    then = numbers.with_unit(_value(verdict, each), verdict.unit, limits)
    if evidence.lacking:
        return f"To meet {limit}{where}: {numbers.count(each.weight)} more {evidence.lacking}."
    whole = some(each.rows, evidence.what)
    if not each.reached:
        whole = f"even all {whole}" if each.rows else f"no {evidence.what}"
        return f"To meet {limit}{where}, {whole} are not enough: {then} then."
    whole += _weighing(evidence, each)
    if evidence.as_if:
        met = f"{limit[0].upper()}{limit[1:]} would have been met"
        return f"{met} if {whole} {evidence.as_if}: {then} then."
    return f"To meet {limit}{where}: repair {whole}; {then} then."


def _weighing(evidence: Evidence, each: Repair) -> str:
    """What is repaired, by what it weighs."""
    if evidence.weight == "against":
        return f" of {numbers.span(each.weight)}"
    unit = WEIGHTS.get(evidence.weight, "")
    return f" with {numbers.count(each.weight)} {unit}" if unit else ""


def _value(verdict: Verdict, each: Repair) -> Fraction | None:
    scale = verdict.measured.scale if verdict.measured else 1
    return Measured(each.numerator, each.denominator, scale).exact


def weighs(evidence: Evidence, row: EvidenceRow) -> str:
    """How bad a row is, in words: CCN 74, or 7 h 42 min; "": nothing says so."""
    if evidence.numbers not in evidence.columns:
        return ""
    number = row.cells[evidence.columns.index(evidence.numbers)]
    if not isinstance(number, int):
        return ""
    if evidence.numbers in ("seconds", "counted"):
        return numbers.span(number)
    if evidence.numbers in ("minutes", "waiting_minutes"):
        return numbers.span(60 * number)
    return f"{heading(evidence.numbers)} {cell(number)}"


def changed(changes: Changes) -> str:
    """What changed, in numbers."""
    found = [
        (changes.new.total, "new"),
        (changes.worse.total, "worse"),
        (changes.gone.total, "gone"),
    ]
    if not any(number for number, _ in found):
        return f"Since {changes.since}: nothing new, worse or gone"
    told = ", ".join(f"{numbers.count(number)} {word}" for number, word in found)
    return f"Since {changes.since}: {told}"


def number_of(evidence: Evidence, row: EvidenceRow) -> str:
    """How bad a row is now, and was before: 12 to 15."""
    if evidence.numbers not in evidence.columns or row.was is None:
        return ""
    now = row.cells[evidence.columns.index(evidence.numbers)]
    return f"{heading(evidence.numbers)} {numbers.count(row.was)} to {cell(now)}"
