"""How tickets are judged: which statuses are open, and what is owed when."""

from typing import Annotated

from pydantic import AfterValidator, Field

from quality.contract.section import Section
from quality.contract.values import printable


def _status(text: str) -> str:
    return printable(text).strip()


StatusNames = tuple[Annotated[str, AfterValidator(_status)], ...]


class Statuses(Section):
    """What the tracker's statuses mean, whatever their case. Every other one is open, and work goes
    on in it."""

    resolved: StatusNames = Field(
        ("Resolved", "Solved", "Done", "Fixed"), description="The work is done"
    )
    closed: StatusNames = Field(("Closed",), description="The ticket is over")
    waiting: StatusNames = Field((), description="The customer owes an answer")


class Support(Section):
    """How tickets are judged."""

    statuses: Statuses = Statuses()

    @property
    def meanings(self) -> tuple[tuple[str, str], ...]:
        """(status in lower case, its meaning); of one that is named twice the last stands."""
        given = self.statuses
        named = (("waiting", given.waiting), ("resolved", given.resolved), ("closed", given.closed))
        return tuple({each.lower(): meaning for meaning, some in named for each in some}.items())
