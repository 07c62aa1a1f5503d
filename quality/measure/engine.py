"""Where chunks are measured: here one by one, in a pool of processes, or on a Dask cluster.

The seam is ``map``: a function that holds nothing but its argument, applied to many arguments,
results as they come. What differs is only where it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from typing import Any, Protocol, TypeVar

from quality.errors import MeasureError, UsageError

PATIENCE = 5  # seconds for a cluster to answer
Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """Applies a function to items; results come in any order, an exception ends the run.
    ``jobs``: how many items it works on at once."""

    jobs: int

    def __call__(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result]: ...


class Serial:
    """One after another, in this thread."""

    jobs = 1

    def __call__(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        return map(function, items)


serial = Serial()


class Processes:
    """``jobs`` at once. The threads only wait: each item's work runs in a process of its own,
    which it bounds, so one that dies takes nothing with it. ``abort`` ends these processes when
    the run does not come to its end."""

    def __init__(self, jobs: int, abort: Callable[[], None]) -> None:
        self.jobs = jobs
        self.abort = abort

    def __call__(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        with ThreadPoolExecutor(self.jobs) as pool:
            try:
                yield from _windowed(lambda item: pool.submit(function, item), items, self.jobs + 1)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self.abort()
                raise


class Cluster:
    """A Dask cluster: the bytes travel to its workers, the facts come back."""

    jobs = 16  # parts for a cluster of middling size; its workers take them as they can

    def __init__(self, address: str) -> None:
        self.address = address

    def __call__(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        client = self._client()
        try:
            window = 2 * max(1, sum(client.nthreads().values()))
            yield from _windowed(
                lambda item: _as_future(client.submit(function, item, pure=False)), items, window
            )
        finally:
            client.close()

    def _client(self) -> Any:
        try:
            from distributed import Client
        except ImportError as error:
            raise UsageError(
                "the dask engine needs the extra: pip install 'workmanship[cluster]'"
            ) from error
        try:
            return Client(  # type: ignore[no-untyped-call]
                self.address, timeout=PATIENCE, set_as_default=False
            )
        except OSError as error:
            raise MeasureError(f"no Dask scheduler answers at {self.address}") from error


def engine(name: str, jobs: int, abort: Callable[[], None]) -> Engine:
    """The engine of ``--engine``: ``processes``, ``serial`` or ``dask://HOST:PORT``; ``abort``
    ends what still runs here."""
    if name == "serial":
        return serial
    if name == "processes":
        return Processes(jobs, abort)
    if name.startswith("dask://"):
        return Cluster("tcp://" + name.removeprefix("dask://"))
    raise UsageError(f"unknown engine {name!r}: use processes or dask://HOST:PORT")


def _windowed(
    submit: Callable[[Item], Future[Result]], items: Iterable[Item], window: int
) -> Iterator[Result]:
    """Results as they come, with at most ``window`` items in flight: items are read lazily, so
    memory does not grow with their number."""
    queue = iter(items)
    running = {submit(item) for item in islice(queue, window)}
    try:
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {submit(item) for item in islice(queue, len(done))}
            for future in done:
                yield future.result()
    finally:
        for future in running:
            future.cancel()


def _as_future(remote: Any) -> Future[Any]:
    """A standard future that follows Dask's own, whatever becomes of the cluster."""
    local: Future[Any] = Future()
    local.set_running_or_notify_cancel()

    def finish(done: Any) -> None:
        try:
            local.set_result(done.result())
        except BaseException as error:
            local.set_exception(error)

    remote.add_done_callback(finish)
    return local
