"""Results of probes, or counts of requests, of any export: a row each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from collectors.records.mapped.fields import Fields, Get, Table, placed, text, words
from collectors.records.stamps import Stamps
from collectors.records.stretches import Stretches
from collectors.records.text import UnreadableError, line_of
from quality.model.records import Asked, Probed

KNOWN = ("service", "at", "up", "total", "failed")
MOST = 1_000_000_000_000  # requests in a row
_UP = {
    "1": True, "1.0": True, "true": True, "up": True, "ok": True, "success": True, "yes": True,
    "0": False, "0.0": False, "false": False, "down": False, "failed": False, "failure": False,
    "error": False, "no": False,
}  # fmt: skip
_NUMBERS = {"1.": True, "0.": False, ".": False}  # without the zeros behind


def read(table: Table, asked: Asked) -> Iterator[Probed]:
    """The stretches of a table's results (UnreadableError)."""
    fields = Fields(table, asked, KNOWN)
    fields.need("at")
    counted = not fields.given("up")
    if counted:
        fields.need("total", "failed")
    if not asked.service:
        fields.need("service")
    result = _requests(fields) if counted else _probe(fields, asked)
    get_service, get_at = fields.get("service"), fields.get("at")
    stamp, stretches, services = Stamps(asked).of, Stretches(asked.interval), dict[Any, str]()
    for row in table.rows():
        try:
            said = get_service(row)
            service = services.get(said) or services.setdefault(said, text(said) or asked.service)
            if not service:
                raise UnreadableError("a result of no service")
            done = stretches.add(service, stamp(get_at(row)), *result(row))
        except UnreadableError as error:
            raise placed(table, error) from None
        yield from done
    yield from stretches.rest()


def _probe(fields: Fields, asked: Asked) -> Callable[[Any], tuple[bool]]:
    get = fields.get("up")
    known = {said: meaning == "yes" for said, meaning in words(asked.fields, "up").items()} or _UP
    fast = {"1": (True,), "0": (False,)} if known is _UP else {}

    def result(row: Any) -> tuple[bool]:
        said = get(row)
        if type(said) is str and (found := fast.get(said)):
            return found
        word = said if isinstance(said, str) else str(said)
        up = known.get(word.strip().casefold())
        if up is None and known is _UP:
            up = _NUMBERS.get(word.strip().rstrip("0"))
        if up is None:
            shown = line_of(word, 40) or "nothing"
            raise UnreadableError(f"{shown} is neither up nor down: say so by up.yes and up.no")
        return (up,)

    return result


def _requests(fields: Fields) -> Callable[[Any], tuple[bool, int, int]]:
    get_total, get_failed = fields.get("total"), fields.get("failed")

    def result(row: Any) -> tuple[bool, int, int]:
        return requests(_count(get_total, row), _count(get_failed, row))

    return result


def requests(total: int, failed: int) -> tuple[bool, int, int]:
    """The result that counts of requests are: up while fewer than half of them fail."""
    if failed > total:
        raise UnreadableError("more requests failed than there were")
    return not failed or failed * 2 < total, total, failed


def _count(get: Get, row: Any) -> int:
    value = get(row)
    try:
        count = int(value) if not isinstance(value, float) or value.is_integer() else -1
    except (TypeError, ValueError, OverflowError):
        count = -1
    if not 0 <= count <= MOST:
        raise UnreadableError(f"{line_of(str(value), 40) or 'nothing'} is not a number of requests")
    return count
