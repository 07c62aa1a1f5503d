"""How tickets are judged: what their statuses mean, and which policy owes what when."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from quality.contract.sections.record_sources import Duration, seconds
from quality.contract.text.section import Identifier, Section, one_of
from quality.contract.text.values import printable

CLOCKS = ("first_response", "next_response", "resolution", "closure")
MATCHED = ("priority", "queue", "group", "type")


def _word(text: str) -> str:
    return printable(text).strip()


Words = tuple[Annotated[str, AfterValidator(_word)], ...]


OPEN = (
    *("New", "Open", "Opened", "Reopened", "To Do", "Backlog", "Active", "Assigned"),
    *("In Progress", "Work in Progress", "In Review"),
)


class Statuses(Section):
    """What the tracker's statuses mean, whatever their case. In one that no list names work goes on
    as in an open one, and reports tell it."""

    open: Words = Field(OPEN, description="Work goes on, or is to begin")
    resolved: Words = Field(("Resolved", "Solved", "Done", "Fixed"), description="The work is done")
    closed: Words = Field(("Closed",), description="The ticket is over")
    waiting: Words = Field((), description="The customer owes an answer")

    @property
    def lists(self) -> tuple[tuple[str, Words], ...]:
        """Each meaning with its statuses, in the order in which a later one counts before."""
        return (("open", self.open), ("waiting", self.waiting),
                ("resolved", self.resolved), ("closed", self.closed))  # fmt: skip


class Targets(Section):
    """The time that may pass by the policy's calendar, of each clock that is owed."""

    first_response: Duration = Field("", description="From the opening to the first answer")
    next_response: Duration = Field("", description="From what the customer writes to the answer")
    resolution: Duration = Field("", description="From the opening to the resolution")
    closure: Duration = Field("", description="From the opening to the closure")

    @property
    def seconds(self) -> tuple[int | None, ...]:
        """Of each of ``CLOCKS``; None: nothing is owed."""
        given = (getattr(self, name) for name in CLOCKS)
        return tuple(seconds(each) if each else None for each in given)


class Policy(Section):
    """What is owed for the tickets that it takes: those whose fields have one of the values that it
    names, whatever their case; what it does not name may be anything."""

    name: Identifier = Field(description="How reports and service levels name the policy")
    party: Identifier = Field(
        "", description="The party that owes this, in its own queues; by default from end to end"
    )
    priority: Words = Field((), description="Priorities; by default any")
    queue: Words = Field((), description="Queues; by default any")
    group: Words = Field((), description="Groups of customers; by default any")
    type: Words = Field((), description="Types of request; by default any")
    otherwise: bool = Field(False, description="true: it takes the tickets that no other takes")
    calendar: Identifier = Field("", description="Whose hours count; by default all do")
    targets: Targets = Targets()
    pauses: Annotated[Literal["none", "status", "reply"], one_of(("none", "status", "reply"))] = (
        Field(
            "none",
            description="When the customer owes an answer and the clock stands: in a status that "
            "says so, or from the supplier's reply to the customer's",
        )
    )
    pause_limit: Duration = Field(
        "", description="For how long a ticket's clock may stand in all, by the calendar"
    )
    reopening: Annotated[Literal["continues", "restarts"], one_of(("continues", "restarts"))] = (
        Field("continues", description="What the clock of the resolution does on a re-opening")
    )
    on_change: Annotated[Literal["carries", "keeps"], one_of(("carries", "keeps"))] = Field(
        "carries",
        description="On a change of priority, queue, group or type: the time that has passed is "
        "carried into the new policy, or the ticket keeps the policy that it was opened under",
    )

    @property
    def named(self) -> dict[str, frozenset[str]]:
        """The values that it takes, by field, without their case."""
        given = {name: getattr(self, name) for name in MATCHED}
        return {name: frozenset(map(str.casefold, words)) for name, words in given.items() if words}

    def takes(self, values: dict[str, str]) -> bool:
        """Whether it takes a ticket with these values, ``otherwise`` left aside."""
        return all(values[name].casefold() in words for name, words in self.named.items())

    @property
    def stands(self) -> int | None:
        """Seconds that a clock may stand; None: for any time."""
        return seconds(self.pause_limit) if self.pause_limit else None


class Support(Section):
    """How tickets are judged."""

    statuses: Statuses = Statuses()
    others: Annotated[Literal["left_out"] | Literal[""], one_of(("left_out",))] = Field(
        "", description="left_out: tickets that no policy takes are not judged"
    )
    policies: tuple[Policy, ...] = ()

    @property
    def meanings(self) -> tuple[tuple[str, str], ...]:
        """(status in lower case, its meaning); of one that is named twice the last stands."""
        named = self.statuses.lists
        return tuple({each.lower(): meaning for meaning, some in named for each in some}.items())

    def of(self, party: str) -> "Support":
        """What a party owes; "": what is owed from end to end."""
        own = tuple(each for each in self.policies if each.party == party)
        return self if own == self.policies else self.model_copy(update={"policies": own})

    def policy(self, values: dict[str, str]) -> int | None:
        """The number of the policy that takes a ticket with these values; None: none does."""
        found = self.by_name(values)
        if found is not None:
            return found
        return next((n for n, each in enumerate(self.policies) if each.otherwise), None)

    def by_name(self, values: dict[str, str]) -> int | None:
        """The same, ``otherwise`` left aside."""
        return next((n for n, each in enumerate(self.policies)
                     if not each.otherwise and each.takes(values)), None)  # fmt: skip

    def words(self, field: str) -> set[str]:
        """All values of a field that policies name, without their case."""
        return {word for each in self.policies for word in each.named.get(field, ())}

    def universe(self) -> Iterator[tuple[str, list[str]]]:
        """Each field that a policy names, with all the values named, and "" for any other."""
        for name in MATCHED:
            if words := self.words(name):
                yield name, [*sorted(words), ""]
