"""What tests of services agree on, and how they read the verdict."""

from __future__ import annotations

UP = "{id: A, class: critical, indicator: service.availability, service: shop, minimum: 99.9}"

HOUR, DAY = 3600, 86400

MAY = 31 * DAY

READ = "2026-06-01 06:00"


def level(indicator: str, **more: object) -> str:
    keys = "".join(f", {key}: {value}" for key, value in more.items())
    return f"{{id: A, class: key, indicator: service.{indicator}, service: shop{keys}}}"


def planned(at: str, ends: str = "2026-05-10 04:00:00", announced: str = "") -> str:
    return f"M,shop,maintenance,{at},{ends},{announced},"


TERMS = "services: [{name: shop, maintenance: {at_most: 3 h, announced: 72 h}}]\n"
