"""Holidays that a calendar takes from an iCalendar file beside the contract.

They are a part of what is agreed, as if they stood in the contract: its digest covers them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from collectors.records.text import UnreadableError
from quality.contract.contract import Contract, ContractFile
from quality.contract.text.values import shown
from quality.contract.text.yaml import Mistake

if TYPE_CHECKING:
    from collectors.records.icalendar import Feed

AFTER = timedelta(days=366)  # how long after the term what is due in it may still run


def with_holidays(checked: ContractFile, path: Path) -> tuple[ContractFile, list[Mistake]]:
    """A contract whose calendars have the days of their files, and what is wrong with these."""
    calendars, found = list(checked.calendars), list[Mistake]()
    head = checked.contract
    for number, each in enumerate(calendars):
        if each.holidays_file:
            try:
                feed = _feed(path, each.holidays_file)
                named = feed.days(head.starts, head.ends + AFTER)
            except (UnreadableError, OSError) as error:
                at = ("calendars", number, "holidays_file")
                found.append((at, _why(each.holidays_file, error)))
                continue
            days = {*each.holidays, *(day for day, _ in named)}
            calendars[number] = each.model_copy(update={"holidays": tuple(sorted(days))})
    return checked.model_copy(update={"calendars": tuple(calendars)}), found


def holidays_missing(contract: Contract) -> Iterator[Mistake]:
    """Every file of holidays that ends before the contract does: then no day is a holiday."""
    for number, each in enumerate(contract.calendars):
        if each.holidays_file:
            last: date | None = _feed(contract.path, each.holidays_file).last
            if last and last < contract.ends:
                text = f"says nothing after {last}, and the contract ends {contract.ends}: renew it"
                yield ("calendars", number, "holidays_file"), text


def _feed(path: Path, name: str) -> "Feed":
    from collectors.records import icalendar  # slow to load, and rarely needed

    with (path.absolute().parent / name).open("rb") as file:
        return icalendar.read(file)


def _why(name: str, error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{shown(name)} cannot be read: {(error.strerror or 'no such file').lower()}"
    return f"{shown(name)}: {error}"
