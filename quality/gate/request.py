"""A merge that is to be judged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quality.contract.contract import Contract


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """What is to be judged, by which contract: ``contract_path`` is the contract's path inside
    the repository ("" if it lies elsewhere), ``from_head``: it was read from the head or the work
    tree that is judged, ``edited``: as it stands in no commit; ``source``: the words of a command
    line that name it; ``coverage``: reports of tests on the head, in place of those that it holds.
    """

    contract: Contract
    repository: str
    base: str
    head: str
    contract_path: str = ""
    from_head: bool = False
    edited: bool = False
    source: tuple[str, ...] = ()
    coverage: tuple[Path, ...] = ()
