"""Where chunks are measured: here one by one, in a pool of processes, or on a Dask cluster.

The seam is ``map``: a function that holds nothing but its argument, applied to many arguments,
results as they come. What differs is only where it runs.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from functools import cached_property
from itertools import islice
from typing import Any, Protocol, TypeVar

from quality.catalogue.recipes import load_recipe, recipe_ids
from quality.catalogue.tools import installed
from quality.errors import MeasureError, UsageError

PATIENCE = 5  # seconds for a cluster to answer
LOGGERS = ("distributed", "distributed.client", "distributed.core", "tornado", "asyncio")
Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """Applies a function to items; results come in any order, an exception ends the run.
    ``jobs``: how many items it works on at once."""

    @property
    def jobs(self) -> int: ...

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
    which it bounds, so one that dies takes nothing with it. When the run does not come to its
    end, nobody waits for them: ending the processes is for who gave the function."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def __call__(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        pool = ThreadPoolExecutor(self.jobs)
        try:
            yield from _windowed(lambda item: pool.submit(function, item), items, self.jobs + 1)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


class Cluster:
    """A Dask cluster: the bytes travel to its workers, the facts come back. Every failure of the
    cluster is a MeasureError."""

    def __init__(self, address: str) -> None:
        self.address = address

    @cached_property
    def jobs(self) -> int:
        """The threads of all workers, when first asked."""
        with self._client() as client, self._reached():
            if threads := sum(client.nthreads().values()):
                return int(threads)
        raise MeasureError(f"the Dask cluster at {self.address} has no worker: start one")

    def __call__(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        window = 2 * self.jobs
        with self._client() as client:
            self._verify_workers(client)

            def submit(item: Item) -> Future[Result]:
                with self._reached():
                    return self._followed(client.submit(function, item, pure=False))

            yield from _windowed(submit, items, window)

    @contextmanager
    def _client(self) -> Iterator[Any]:
        """A connection that says nothing on the user's terminal."""
        try:
            import dask

            dask.config.set({"logging": dict.fromkeys(LOGGERS, "critical")})  # read on import
            from distributed import Client
            from distributed.versions import VersionMismatchWarning
        except ImportError as error:
            raise UsageError(
                "the dask engine needs the extra: pip install 'workmanship[cluster]'"
            ) from error
        warnings.simplefilter("ignore", VersionMismatchWarning)  # what matters, we name
        try:
            client = Client(self.address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except OSError as error:
            raise MeasureError(f"no Dask scheduler answers at {self.address}") from error
        try:
            yield client
        finally:
            with suppress(Exception):  # a scheduler that is gone cannot be taken leave of
                client.close(timeout=PATIENCE)  # type: ignore[no-untyped-call]

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            raise self._gone() from error

    def _verify_workers(self, client: Any) -> None:
        """Refuse workers that measure with other tools than this machine (MeasureError)."""
        ours = tool_versions()
        with self._reached():
            answers = client.run(tool_versions, on_error="return")
        wrong = [
            f"worker {address} has {tool} {found} (here {version})"
            for address, answer in sorted(answers.items())
            for tool, version in ours.items()
            if (found := answer.get(tool) if isinstance(answer, dict) else "none") != version
        ]
        if wrong:
            raise MeasureError(f"{'; '.join(wrong)}: install the same release of workmanship there")

    def _followed(self, remote: Any) -> Future[Any]:
        """A standard future that follows Dask's own, whatever becomes of the cluster."""
        local: Future[Any] = Future()
        local.set_running_or_notify_cancel()

        def finish(done: Any) -> None:
            try:
                local.set_result(done.result())
            except BaseException as error:
                told = done.status == "error" and type(error).__name__ != "KilledWorker"
                local.set_exception(error if told else self._gone())

        remote.add_done_callback(finish)
        return local

    def _gone(self) -> MeasureError:
        return MeasureError(
            f"the Dask cluster at {self.address} went away: what was measured is kept, start it "
            "and run it again"
        )


def tool_versions() -> dict[str, str]:
    """The versions of all tools that facts depend on, as they are installed here."""
    return {tool: installed(tool) for each in recipe_ids() for tool, _ in load_recipe(each).tools}


def engine(name: str, jobs: int) -> Engine:
    """The engine of ``--engine``: ``processes``, ``serial`` or ``dask://HOST:PORT``."""
    if name == "serial":
        return serial
    if name == "processes":
        return Processes(jobs)
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
