"""Which commit stands for a period: a pure function of what was observed of a branch.

The readings are in the order in which they were made. What a later reading finds changes nothing
for a period that an earlier one has settled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from quality.model.delivery import Delivery, Observation


@dataclass(frozen=True, slots=True)
class Delivered:
    """What is known of a branch at a moment: the commit that it had delivered (None: none) and the
    reading that says so. ``final``: that reading came after the moment."""

    delivery: Delivery | None
    reading: Observation
    final: bool


@dataclass(frozen=True, slots=True)
class LaterReading:
    """What would be the snapshot by the dates that a later reading found (None: nothing).
    ``dropped``: the branch no longer holds what stands."""

    delivery: Delivery | None
    dropped: bool


@dataclass(frozen=True, slots=True)
class Observed:
    """All that was ever seen of a branch."""

    readings: Sequence[Observation]
    deliveries: Mapping[str, Delivery]
    _lines: dict[str, Sequence[Delivery]] = field(default_factory=dict)

    @property
    def last(self) -> Observation | None:
        """The last reading, whatever it found."""
        return self.readings[-1] if self.readings else None

    @property
    def last_found(self) -> Observation | None:
        """The last reading that found the branch."""
        return next((each for each in reversed(self.readings) if each.tip), None)

    def line(self, tip: str | None) -> Sequence[Delivery]:
        """The first-parent line that ends in ``tip``, newest first."""
        key = tip or ""
        if key not in self._lines:
            line: list[Delivery] = []
            while tip is not None:
                line.append(self.deliveries[tip])
                tip = line[-1].parent
            self._lines[key] = line
        return self._lines[key]

    def standing(self, before: datetime) -> Delivered | None:
        """What had been delivered before a moment; None: nobody has found the branch yet.

        The first reading after the moment says it: the last commit of its line delivered before.
        What the last reading before the moment had found at the end of the branch stands where
        nothing shows that it was replaced in time: a push that takes it away has no date itself,
        so it needs a new commit dated before the moment.
        """
        after = next((each for each in self.readings if each.at >= before and each.tip), None)
        reading = after or self.last_found
        if reading is None:
            return None
        line = self.line(reading.tip)
        found = next((each for each in line if each.at < before), None)
        earlier = [each for each in self.readings
                   if each.tip and each.number < reading.number and each.at < before]  # fmt: skip
        if after and earlier and (tip := earlier[-1].tip):
            new = found is not None and found.observation > earlier[-1].number
            if not new and all(each.commit != tip for each in line):
                found = self.deliveries[tip]
        return Delivered(found, reading, final=after is not None)

    def challenge(self, before: datetime, commit: str | None) -> LaterReading | None:
        """What would move the snapshot ``commit`` that stands for the period up to ``before``, by
        the line and the dates as they are now; None: nothing would."""
        if self.last_found is None:
            return None
        line = self.line(self.last_found.tip)
        dropped = commit is not None and all(each.commit != commit for each in line)
        now = next((each for each in line if each.committed_at < before), None)
        late = now is not None and now.not_before is not None and now.not_before >= before
        return LaterReading(now, dropped) if dropped or late else None
