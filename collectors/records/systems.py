"""The systems whose records are read, in one dict.

A module reads exports, and an API too where it has ``pages``. Libraries load when they are used,
so that names can be read from here cheaply.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, Protocol, runtime_checkable

from collectors.records.mapped import csv_file, json_file, xlsx_file
from collectors.records.monitors import blackbox, pingdom, prometheus, uptime_kuma
from collectors.records.trackers import azure_devops, github, gitlab, jira, servicenow, zammad
from quality.model.records import Asked, Download, Page, Record, RecordKind


class System(Protocol):
    """A module that reads exports. ``KINDS``: what it can hold; ``FIELDS``: the fields of each
    kind that ``fields:`` may name; ``REVISION`` is raised when it reads the same bytes in another
    way."""

    KINDS: frozenset[RecordKind]
    FIELDS: Mapping[RecordKind, tuple[str, ...]]
    REVISION: int

    def read(self, file: BinaryIO, asked: Asked) -> Iterator[Record]:
        """The records of an export, in its order; of two with one id the later stands. An error
        (UnreadableError) anywhere says that nothing of it is to be believed."""


@runtime_checkable
class Api(Protocol):
    """A module that reads an API. ``AUTHORIZATION``: how a token is sent, its place marked by
    braces."""

    AUTHORIZATION: str

    def pages(self, download: Download, cursor: str, asked: Asked) -> Iterator[Page]:
        """What has changed since a cursor ("": all), page by page (UnreadableError, and what
        ``download`` raises). What was read before may come again, and is then the same."""


SYSTEMS: dict[str, System] = {
    "csv": csv_file,
    "json": json_file,
    "xlsx": xlsx_file,
    "jira": jira,
    "github": github,
    "gitlab": gitlab,
    "azure_devops": azure_devops,
    "servicenow": servicenow,
    "zammad": zammad,
    "prometheus": prometheus,
    "blackbox": blackbox,
    "uptime_kuma": uptime_kuma,
    "pingdom": pingdom,
}
APIS: dict[str, Api] = {name: each for name, each in SYSTEMS.items() if isinstance(each, Api)}
