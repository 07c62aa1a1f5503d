"""A clause that rewards bad conduct, as the findings of ``incentives`` are told."""

from dataclasses import dataclass

from quality.contract.text.yaml import Location


@dataclass(frozen=True, slots=True)
class Incentive:
    """A clause that rewards bad conduct. ``location`` is its place in the contract file."""

    location: Location
    clause: str
    move: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.clause}. Cheapest move: {self.move}. Remedy: {self.remedy}"
