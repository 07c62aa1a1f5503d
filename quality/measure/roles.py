"""Who did something to a ticket: as the source says, and as the contract's patterns of names do."""

from __future__ import annotations

import re
from fnmatch import translate

from quality.contract.sections.record_sources import RecordSource
from quality.model.records import Role
from quality.store.record_rows import RoleOf

MOST = 100_000  # names that are remembered


def roles(source: RecordSource) -> RoleOf | None:
    """The roles of a source. A robot's pattern wins over all; the others say something of people
    whom the source leaves open, and where only one side is named, everybody else is of the other.
    None: no pattern says anything.
    """
    robots, customers, agents = (
        _pattern(names) for names in (source.robots, source.customers, source.agents)
    )
    if not (robots or customers or agents):
        return None
    known: dict[tuple[str, Role], Role] = {}

    def by_name(name: str, role: Role) -> Role:
        if robots and robots.match(name):
            return "robot"
        if role or not name:
            return role
        if customers and customers.match(name):
            return "customer"
        if agents and agents.match(name):
            return "agent"
        if bool(customers) == bool(agents):
            return ""
        return "agent" if customers else "customer"

    def role_of(name: str, role: Role) -> Role:
        key = name, role
        if key not in known:
            if len(known) >= MOST:
                known.clear()
            known[key] = by_name(name, role)
        return known[key]

    return role_of


def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """A pattern that any of the names matches, whatever its case; None: there are no names."""
    either = "|".join(f"(?:{translate(each)})" for each in names)
    return re.compile(either, re.IGNORECASE) if names else None
