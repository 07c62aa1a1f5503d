"""The indicators of service: what is counted over a period in the tickets of help desks.

An indicator's numerator and denominator come from the table macro of the same name in
``quality/store/sql/indicators``, for each window under judgement.
"""

from __future__ import annotations

from quality.catalogue import mending
from quality.catalogue.indicator import Indicator, Parameter

_CHOSEN = ("source", "queue", "priority")
_CLOCKED = ("source", "policy", "queue", "priority")
_PERCENTILE = Parameter("percentile", 1, default=90, at_most=100)

SERVICE = (
    Indicator("tickets.first_response", "Answered in time", "percent", "high", 100,
              "tickets whose first answer was due in the period and that were answered within the "
              "target, of all that were due", "tickets_first_response", (), of="tickets",
              selects=_CLOCKED, chance="share", parts="response_parts", mending=mending.CLOCKS),
    Indicator("tickets.next_response", "Further answers in time", "percent", "high", 100,
              "further answers that were due in the period and came within the target, of all "
              "that were due", "tickets_next_response", (), of="tickets", selects=_CLOCKED,
              chance="share", parts="next_response_parts", mending=mending.CLOCKS),
    Indicator("tickets.resolution", "Resolved in time", "percent", "high", 100,
              "tickets whose resolution was due in the period and that were resolved within the "
              "target, of all that were due", "tickets_resolution", (), of="tickets",
              selects=_CLOCKED, chance="share", parts="resolution_parts", mending=mending.CLOCKS),
    Indicator("tickets.closure", "Closed in time", "percent", "high", 100,
              "tickets whose closure was due in the period and that were closed within the "
              "target, of all that were due", "tickets_closure", (), of="tickets",
              selects=_CLOCKED, chance="share", parts="closure_parts", mending=mending.CLOCKS),
    Indicator("tickets.first_response_time", "Time to the first answer", "hours", "low", 1,
              "hours of the calendar to the first answer at a percentile of the tickets whose "
              "answer was due in the period", "tickets_first_response", (), _PERCENTILE,
              combine="max", of="tickets", selects=_CLOCKED, mending=mending.CLOCK_TIMES),
    Indicator("tickets.resolution_time", "Time to the resolution", "hours", "low", 1,
              "hours of the calendar to the resolution at a percentile of the tickets whose "
              "resolution was due in the period", "tickets_resolution", (), _PERCENTILE,
              combine="max", of="tickets", selects=_CLOCKED, mending=mending.CLOCK_TIMES),
    Indicator("tickets.backlog", "Open tickets", "tickets", "low", 1,
              "tickets that are open at the end of the period", "tickets_open", (),
              combine="total", of="tickets", selects=_CHOSEN, mending=mending.OPEN_TICKETS),
    Indicator("tickets.reopened_share", "Tickets opened again", "percent", "low", 100,
              "tickets that were opened again, of all that were resolved or closed in the period",
              "tickets_reopened", (), of="tickets", selects=_CHOSEN,
              chance="share", mending=mending.REOPENED_TICKETS),
    Indicator("tickets.customer_wait_share", "Time that the customer owed", "percent", "low", 100,
              "time of tickets in which the customer owed an answer, of all time in which they "
              "were not resolved, by the calendars of their policies", "tickets_time", (),
              of="tickets", selects=_CHOSEN, mending=mending.CUSTOMER_S),
)  # fmt: skip
