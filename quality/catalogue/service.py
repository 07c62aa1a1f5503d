"""The indicators of service: what is counted over a period in the records of systems and people.

An indicator's numerator and denominator come from the table macro of the same name in
``quality/store/sql/indicators``, for each window under judgement.
"""

from __future__ import annotations

from quality.catalogue.indicator import EACH, Indicator

_CHOSEN = ("source", "queue", "priority")

SERVICE = (
    Indicator("tickets.backlog", "Open tickets", "tickets", "low", 1,
              "tickets that are open at the end of the period", "tickets_open", (),
              combine="total", of="tickets", selects=_CHOSEN, weight=EACH),
)  # fmt: skip
