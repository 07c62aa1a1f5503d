"""A framework agreement: the cap that the credits of all its contracts share."""

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from quality.contract.periods import contract_year, months_later
from quality.contract.sections.charges import MONTHS
from quality.contract.text.section import Day, Identifier, Money, Section, optional


class Framework(Section):
    """The framework that a contract is called off under. All its contracts say the same of it."""

    id: Identifier = Field(description="Its number; all its contracts lie in one folder")
    cap: Money = Field(
        description="The most that the credits of all its contracts together can reach in a span"
    )
    per: Literal["year", "quarter", "month"] = Field(
        "year", description="The span: a year of the framework, or a calendar quarter or month"
    )
    starts: Day | None = optional("per year: the framework's first day, on which its years begin")

    def span(self, day: date) -> tuple[date, date]:
        """The first and the last day of the span of a day. A period belongs to the span in which
        it ends."""
        if self.per == "year":
            _, first, last = contract_year(self.starts or day, day)
            return first, last
        months = MONTHS[self.per]
        first = date(day.year, (day.month - 1) // months * months + 1, 1)
        return first, months_later(first, months) - timedelta(days=1)
