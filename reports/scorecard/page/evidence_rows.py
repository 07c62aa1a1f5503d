"""All rows behind a page's values, as CSV and as JSON, line by line: they may be many."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from quality.model.evaluation import Evaluation
from quality.model.evidence import Evidence, EvidencePlace, MarkedRow
from reports.scorecard.csv import cell
from reports.scorecard.words.evidence import address

FORMAT = "workmanship.evidence/1"
PLACE = ("path", "line", "last_line", "link")
LEVEL = ("service_level", "indicator", "evidence")
ROW = ("row", "change", "repair", "was", "repository")
HEAD = ("contract", "period", *LEVEL, *ROW, "commit", *PLACE)


@dataclass(frozen=True, slots=True)
class Lines:
    """The two files' lines of a part of the rows."""

    csv: str
    json: str


def head(evaluation: Evaluation, columns: Sequence[str]) -> Lines:
    """The beginning of both files; ``columns``: those of any service level."""
    opening = {
        "format": FORMAT,
        "contract": evaluation.contract_id,
        "period": evaluation.period.id,
        "commits": {each.repository: each.commit for each in evaluation.snapshots},
    }
    text = _json(opening)
    return Lines(_line(map(cell, (*HEAD, *columns))), f'{text[:-1]}, "rows": [')


def rows(
    evaluation: Evaluation, columns: Sequence[str], evidence: Evidence, marked: Iterable[MarkedRow]
) -> Iterator[Lines]:
    """A service level's rows; in the CSV file a block has a line a place."""
    level = next(v for v in evaluation.service_levels if v.id == evidence.service_level)
    commits = {each.repository: each.commit for each in evaluation.snapshots}
    of_level = (level.id, level.indicator, evidence.what)
    begins = [cell(each) for each in (evaluation.contract_id, evaluation.period.id, *of_level)]
    own = {name: at for at, name in enumerate(evidence.columns)}
    taken = [own.get(name) for name in columns]
    named = dict(zip(LEVEL, of_level, strict=True))
    for number, each in enumerate(marked, start=1):
        row = each.row
        of_row = (number, each.change, each.repair, row.was, row.repository)
        before = [*begins, *map(cell, (*of_row, commits.get(row.repository)))]
        after = ["" if at is None else cell(row.cells[at]) for at in taken]
        places = [_place(evaluation, row.repository, place) for place in row.places]
        lines = [
            _line((*before, *(cell(stands.get(name)) for name in PLACE), *after))
            for stands in places or [{}]
        ]
        cells = dict(zip(evidence.columns, row.cells, strict=True))
        told = named | dict(zip(ROW, of_row, strict=True)) | {"places": places, "cells": cells}
        yield Lines("".join(lines), _json(told))


def end() -> Lines:
    """The end of both files."""
    return Lines("", "\n]}\n")


def _json(data: dict[str, Any]) -> str:
    return _ENCODER.encode(data).replace("\x7f", "\\u007f")


def _place(evaluation: Evaluation, repository: str, place: EvidencePlace) -> dict[str, Any]:
    link = address(evaluation, repository, place.path, place.line)
    return {"path": place.path, "line": place.line, "last_line": place.last_line, "link": link}


def _line(cells: Iterable[str]) -> str:
    found: str = _WRITER.writerow(cells)
    return found


class _Returned:
    """A file that gives back what is written."""

    def write(self, text: str) -> str:
        return text


_ENCODER = json.JSONEncoder(sort_keys=True, allow_nan=False)
_WRITER = csv.writer(_Returned())
