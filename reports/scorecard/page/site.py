"""The pages of a folder: those that a report writes now, and those that earlier ones wrote.

``pages.json`` in the folder lists them, so that a report of one contract or of an older period
leaves the others where they are, and the index leads to all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, get_args

from quality.model.canonical import indented
from quality.model.evaluation import Evaluation
from quality.model.verdict import Outcome
from reports.scorecard.words import money
from reports.scorecard.words.view import file_names, shown_outcome

_FILE = re.compile(r"(?!index\.)[A-Za-z0-9][A-Za-z0-9._-]*\.html", re.ASCII)
LIST, FORMAT = "pages.json", "workmanship.pages/1"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the folder. ``start``: its period's first day, in ISO 8601; ``credit``: what was
    charged, "" where the contract states no money."""

    contract: str
    start: str
    period: str
    file: str
    supplier: str
    outcome: Outcome
    credit: str

    def __post_init__(self) -> None:
        """Refuse what no report wrote: the file leads into this folder alone (ValueError)."""
        texts = (self.contract, self.start, self.period, self.file, self.supplier, self.credit)
        if not all(isinstance(text, str) for text in texts):
            raise ValueError("a page is described by texts")
        if self.outcome not in get_args(Outcome) or not _FILE.fullmatch(self.file):
            raise ValueError(f"{self.file!r} is not a page of a report")


def read(text: str) -> tuple[PageEntry, ...]:
    """The pages that ``pages.json`` lists (ValueError: it is no such list)."""
    content: Any = json.loads(text)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError(f"its format is not {FORMAT}")
    try:
        return tuple(PageEntry(**each) for each in content["pages"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"a page is described otherwise: {error}") from error


def text(pages: Sequence[PageEntry]) -> str:
    """``pages`` as ``pages.json`` lists them."""
    return indented({"format": FORMAT, "pages": [asdict(page) for page in pages]})


def entries(
    evaluations: Iterable[Evaluation], before: Sequence[PageEntry]
) -> tuple[PageEntry, ...]:
    """The pages of ``evaluations`` in their order. A page that is written again keeps its name."""
    files = {(page.contract, page.period): page.file for page in before}
    made = []
    for each in evaluations:
        key = (each.contract_id, each.period.id)
        if key not in files:
            files[key] = _free(key, {name.casefold() for name in files.values()})
        statement = money.priced(each)
        made.append(
            PageEntry(
                contract=each.contract_id,
                start=each.period.start.isoformat(),
                period=each.period.id,
                file=files[key],
                supplier=each.supplier,
                outcome=shown_outcome(each),
                credit=money.claimed(statement) if statement else "",
            )
        )
    return tuple(made)


def _free(key: tuple[str, str], taken: set[str]) -> str:
    """A name for the page of a contract and period, different from others' on any disk."""
    stem = f"{file_names(key[:1])[0].removesuffix('.html')}.{key[1]}"
    name, number = f"{stem}.html", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}.html"
    return name


def rows_beside(file: str) -> str:
    """The name, without suffix, of the files with all rows behind a page's values."""
    return f"{file.removesuffix('.html')}.evidence"


def drawn_beside(file: str) -> str:
    """The name, without suffix, of the file with the numbers that a page draws."""
    return f"{file.removesuffix('.html')}.drawn"


def merged(before: Iterable[PageEntry], now: Iterable[PageEntry]) -> tuple[PageEntry, ...]:
    """All pages of the folder, by contract and time."""
    found = {(page.contract, page.period): page for page in (*before, *now)}
    return tuple(sorted(found.values(), key=lambda page: (page.contract, page.start, page.period)))


def beside(
    pages: Sequence[PageEntry], page: PageEntry
) -> tuple[PageEntry | None, PageEntry | None]:
    """The contract's page before it and the one after it, as far as there are any."""
    own = [each for each in pages if each.contract == page.contract]
    at = own.index(page)
    return own[at - 1] if at else None, own[at + 1] if at + 1 < len(own) else None


def others(pages: Sequence[PageEntry], evaluations: Sequence[Evaluation]) -> tuple[PageEntry, ...]:
    """The newest page of each contract that is not among ``evaluations``."""
    shown = {each.contract_id for each in evaluations}
    newest = {page.contract: page for page in pages if page.contract not in shown}
    return tuple(newest.values())
