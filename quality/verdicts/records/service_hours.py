"""A service's agreed time around a window, by the calendars of its contract."""

from __future__ import annotations

from quality.contract.contract import Contract
from quality.contract.sections.services import Service
from quality.store.agreed_time import LOOK_BACK, Hours
from quality.support.calendars import stretches


def hours_of(contract: Contract, service: Service, source: str, begins: int, ends: int) -> Hours:
    """The hours of a service in a window and before it; ``source``: the one by which it is judged,
    "": all."""
    since, planned = begins - LOOK_BACK, service.maintenance
    return Hours(
        service,
        source or None,
        tuple(stretches(contract.calendar(service.hours), since, ends)),
        tuple(stretches(contract.calendar(planned.hours), since, ends)) if planned else (),
    )
