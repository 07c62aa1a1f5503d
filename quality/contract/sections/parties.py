"""The parties to operational level agreements: whose queues, services and code are whose."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import combinations, product

from pydantic import Field

from quality.contract.sections.record_sources import Names
from quality.contract.sections.repositories import Patterns
from quality.contract.text.section import Identifier, Section

OWNED = ("queues", "services", "paths")
APART = ("queues", "services")  # what two parties cannot own
END = ""


class Provider(Section):
    """A party that works on tickets, runs services or writes code: what the records name is its by
    patterns, whatever their case, and files by gitignore patterns."""

    name: Identifier = Field(description="How service levels, policies and reports name the party")
    queues: Names = Field((), description="Queues in which tickets are in its hands: patterns")
    services: Names = Field((), description="Services that it runs: patterns")
    paths: Patterns = Field(
        (), description="Its files; one that several parties name is the first one's"
    )

    def has_queue(self, name: str) -> bool:
        """Whether a ticket in a queue is in its hands; one without a queue is in nobody's."""
        return bool(name) and _matches(name, self.queues)

    def runs(self, service: str) -> bool:
        """Whether it runs a service."""
        return _matches(service, self.services)


def holder(parties: Sequence[Provider], queue: str) -> str:
    """The party in whose hands a ticket in a queue is; "": nobody's."""
    return next((each.name for each in parties if each.has_queue(queue)), "")


def owned(parties: Sequence[Provider], name: str) -> tuple[Patterns, ...]:
    """The files of a party, and those of the parties before it, which are theirs."""
    names = [each.name for each in parties]
    place = names.index(name)
    return (parties[place].paths, *(each.paths for each in parties[:place] if each.paths))


def claimed_twice(
    parties: Sequence[Provider],
) -> Iterator[tuple[str, tuple[int, int], tuple[Provider, str]]]:
    """What is owned twice: a key of ``APART``, the places of the later party and of its pattern,
    and the earlier party with its own."""
    for (_, one), (number, other) in combinations(enumerate(parties), 2):
        for key, place, earlier in clashes(one, other):
            yield key, (number, place), (one, earlier)


def clashes(one: Provider, other: Provider) -> Iterator[tuple[str, int, str]]:
    """What two parties both own: a key of ``APART``, the place of the other's pattern, and the
    pattern of the one."""
    for key in APART:
        for (place, later), earlier in product(enumerate(getattr(other, key)), getattr(one, key)):
            if meet(earlier, later):
                yield key, place, earlier


def meet(one: str, other: str) -> bool:
    """Whether some name matches both patterns; a set such as [ab] is taken to match any letter."""
    first, second = _marks(one), _marks(other)
    reached, waiting = {(0, 0)}, [(0, 0)]
    while waiting:
        at, to = waiting.pop()
        mark, against = first[at], second[to]
        if mark == against == END:
            return True
        further = []
        if mark == "*":
            further += [(at + 1, to)] + ([(at, to + 1)] if against != END else [])
        if against == "*":
            further += [(at, to + 1)] + ([(at + 1, to)] if mark != END else [])
        if END not in (mark, against) and (mark == against or "?" in (mark, against)):
            further.append((at + 1, to + 1))
        waiting += [each for each in further if each not in reached]
        reached.update(further)
    return False


def _marks(pattern: str) -> list[str]:
    """The marks of a pattern, one a letter: the letter, ? or *; then its end."""
    found: list[str] = []
    text = pattern.lower()
    while text:
        closed = text.find("]", 2) if text[0] == "[" else -1
        found.append("?" if closed > 0 else text[0])
        text = text[closed + 1 :] if closed > 0 else text[1:]
    return [*found, END]


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name.lower(), each.lower()) for each in patterns)
