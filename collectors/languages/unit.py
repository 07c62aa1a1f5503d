"""A function, or another stretch of code that is counted for itself, as a syntax tree shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from collectors.languages.trees import Node


@dataclass(slots=True, eq=False)
class Unit:
    """A function of the tree with what is in it and in none inside it; ``start`` and ``end`` are
    characters, lines 1-based, ``first_line`` the one of its name, ``code`` where its code begins
    after the name."""

    node: Node
    role: str
    name: str
    parent: Unit | None
    start: int
    end: int
    start_line: int
    first_line: int
    body_line: int
    end_line: int
    code: int = 0
    parameters: int = 0
    level: int = 0  # of cognitive nesting at its place in the parent
    depth: int = 0  # of structures there
    decisions: int = 0
    cognitive: int = 0
    increments: int = 0  # how many of the costs grow with each structure around the unit
    nesting: int = 0
    joined: bool = False  # its code is counted in the function around it
    inner: list[Unit] = field(default_factory=list)

    @property
    def bare(self) -> str:
        """The name without those of what it is in."""
        return re.split(r"::|\.|:", self.name)[-1]
