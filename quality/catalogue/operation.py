"""The indicators of operation: availability and outages of services, and reported defects.

A defect is what people report; what analyzers find in code is a finding, and has other indicators.
"""

from __future__ import annotations

from quality.catalogue import mending
from quality.catalogue.exploits import (
    DISMISSED,
    LEFT_OPEN,
    MERGED,
    NARROWED,
    PUSHED_ON,
    RELEASED,
    SPLIT_UP,
    UNSAID,
)
from quality.catalogue.indicator import Indicator, Parameter

_PERCENTILE = Parameter("percentile", 1, default=50, at_most=100)
_SERVICE = ("service", "source")
_DEFECT = ("source", "severity")

OPERATION = (
    Indicator("service.availability", "Availability", "percent", "high", 100,
              "seconds in which a service was up, of the seconds agreed, or good requests of all",
              "service_time", (), of="outages", also="probes",
              selects=("service", "source", "measure"), exploit=UNSAID,
              parts="availability_parts", chance="requests", mending=mending.UPTIME),
    Indicator("service.outages", "Outages", "outages", "low", 1,
              "outages of a service that began in the period", "service_outages", (),
              combine="total", of="outages", also="probes", selects=_SERVICE, exploit=MERGED,
              mending=mending.OUTAGES),
    Indicator("service.longest_outage", "Longest outage", "seconds", "low", 1,
              "seconds of the longest outage of a service in the period, from its begin on",
              "service_outages", (), combine="total", of="outages", also="probes",
              selects=_SERVICE, mending=mending.LONGEST_OUTAGE),
    Indicator("service.mttr", "Mean time to restore", "seconds", "low", 1,
              "mean seconds of the outages of a service that ended in the period",
              "service_outages", (), of="outages", also="probes", selects=_SERVICE,
              exploit=SPLIT_UP, mending=mending.RESTORED),
    Indicator("defects.density", "Reported defects", "per KNLOC", "low", 1000,
              "defects that were found in the period and count, per 1,000 lines of code at its end",
              "defects_found", (), of="defects", per="size.nloc", selects=_DEFECT,
              parts="found_parts", chance="rate", exploit=DISMISSED, mending=mending.FOUND_DEFECTS),
    Indicator("defects.escaped_density", "Defects after delivery", "per KNLOC", "low", 1000,
              "defects that were found after delivery in the period and count, per 1,000 lines of "
              "code at its end", "defects_found", (), of="defects", per="size.nloc",
              selects=_DEFECT, parts="found_parts",
              chance="rate", exploit=DISMISSED, mending=mending.ESCAPED_DEFECTS),
    Indicator("defects.open", "Open defects", "defects", "low", 1,
              "defects that are open at the end of the period", "defects_open", (),
              combine="total", of="defects", selects=_DEFECT, exploit=PUSHED_ON,
              mending=mending.OPEN_DEFECTS),
    Indicator("defects.open_age", "Age of open defects", "days", "low", 1,
              "days since the report of the defects that are open at the end of the period, the "
              "median or another percentile", "defects_open", (), _PERCENTILE, combine="max",
              of="defects", selects=_DEFECT, exploit=PUSHED_ON, mending=mending.AGED_DEFECTS),
    Indicator("defects.reopened_share", "Reopened defects", "percent", "low", 100,
              "defects that were opened again in the period, of those that were done or opened "
              "again in it", "defects_fixed", (), of="defects", selects=_DEFECT, chance="share",
              exploit=RELEASED, mending=mending.REOPENED_DEFECTS),
    Indicator("defects.removal_efficiency", "Defects found before delivery", "percent", "high",
              100, "defects found before delivery, of all that were found in the period and count",
              "defects_found", (), of="defects", selects=_DEFECT, parts="found_parts",
              chance="share", exploit=NARROWED, mending=mending.ESCAPED_DEFECTS),
    Indicator("defects.fix_time", "Time to fix a defect", "days", "low", 1,
              "days from report to fix of the defects that were fixed in the period and stayed so, "
              "the median or another percentile", "defects_fixed", (), _PERCENTILE, combine="max",
              of="defects", selects=_DEFECT, exploit=LEFT_OPEN, mending=mending.FIXED_DEFECTS),
)  # fmt: skip

MISSED = Indicator("service.missed", "Time that nobody probed", "percent", "low", 100,
                   "agreed seconds of a service that probes missed, of all", "service_time", (),
                   of="outages", also="probes", selects=_SERVICE)  # fmt: skip
