"""What is agreed of a service's time: when it must be up, and what is not counted as down."""

from decimal import Decimal

from pydantic import Field

from quality.contract.sections.record_sources import Duration, Names, seconds
from quality.contract.text.section import Identifier, Section, Share, Text, optional


class Maintenance(Section):
    """Planned maintenance: it is not counted where all of this holds, and is down elsewhere."""

    hours: Identifier = Field(
        "", description="The calendar in whose hours it may lie; by default any time"
    )
    stated_at_most: Duration = Field(
        "", description="How much of it a period may have; by default any", alias="at_most"
    )
    stated_announced: Duration = Field(
        "", description="How long before it begins it must be announced", alias="announced"
    )

    @property
    def at_most(self) -> int | None:
        """Seconds of it in a period; None: no limit."""
        return seconds(self.stated_at_most) if self.stated_at_most else None

    @property
    def announced(self) -> int:
        """Seconds before its begin."""
        return seconds(self.stated_announced) if self.stated_announced else 0


class Service(Section):
    """A service whose outages or probes are judged. Every second of its hours is up, down, missed
    (nobody knows) or left out for one of the reasons agreed here."""

    name: Text = Field(description="How service levels and reports name it")
    named: Names = Field(
        (), description="How the records name it, beside its name: names or patterns"
    )
    hours: Identifier = Field(
        "", description="The calendar of its hours; by default around the clock"
    )
    stated_same_outage: Duration = Field(
        "",
        description="Outages with less than this between them are one; by default each is one",
        alias="same_outage",
    )
    missing_at_most: Share = Field(
        Decimal(1),
        description="Percent of its time that probes may miss before its values are unknown",
    )
    not_counted: Names = Field((), description="Causes of outages that are not counted: patterns")
    maintenance: Maintenance | None = optional(
        "Planned maintenance; without it maintenance is downtime"
    )

    @property
    def same_outage(self) -> int:
        """Seconds between two outages below which they are one."""
        return seconds(self.stated_same_outage) if self.stated_same_outage else 0

    @property
    def patterns(self) -> tuple[str, ...]:
        """How the records name it, whatever the case."""
        return tuple(dict.fromkeys((self.name, *self.named)))
