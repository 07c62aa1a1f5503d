"""Where the records of trackers, monitors and help desks are found, and who declares them."""

import codecs
import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from quality.contract.sections.sources import COMMIT, api_place, file_place
from quality.contract.text import references
from quality.contract.text.section import Day, Identifier, Section, Text, one_of, optional
from quality.contract.text.values import shown, visible, wrong
from quality.model.records import RecordKind
from quality.model.reports import DeclaredBy

_SECONDS = {"s": 1, "min": 60, "h": 3600}
_SPAN = re.compile(r"([0-9]{1,6}) ?(s|min|h)", re.ASCII)
LONGEST_NAME = 200


def seconds(text: str) -> int:
    """The seconds of a duration such as "30 min" or "1 h 30 min"."""
    rest = text.strip()
    found = 0
    while match := _SPAN.match(rest):
        found += int(match[1]) * _SECONDS[match[2]]
        rest = rest[match.end() :].lstrip()
    if rest or not text.strip():
        raise wrong(
            f"{shown(text)} is not a duration: write hours, minutes and seconds such as 6 h, "
            "30 min or 1 h 30 min"
        )
    if not 0 < found <= 366 * 86400:
        raise wrong(f"{shown(text)} is out of range: use more than 0 s and at most a year")
    return found


def _duration(text: str) -> str:
    seconds(text)
    return text


Duration = Annotated[str, AfterValidator(_duration)]


def _no_commit(text: str) -> str:
    if COMMIT in text:
        raise wrong("has {commit} in it: records speak of no commit")
    return text


def _name(text: str) -> str:
    if not text.strip() or len(text) > LONGEST_NAME or not all(map(visible, text)):
        raise wrong("must be a name or a pattern such as *@acme.example")
    return text


Names = tuple[Annotated[str, AfterValidator(_name)], ...]


def _encoding(text: str) -> str:
    try:
        return codecs.lookup(text).name if text else text
    except LookupError:
        raise wrong(f"{shown(text)} is not a known encoding: write one such as cp1252") from None


class RecordSource(Section):
    """A tracker, monitor or help desk. Exactly one of ``file`` and ``url`` is given. Who is robot,
    customer or agent is told by patterns of names, where the source does not say it."""

    name: Identifier = Field(description="How reports and service levels name the source")
    kind: Annotated[RecordKind, one_of(get_args(RecordKind))] = Field(
        description="What it holds; outages hold planned maintenance too"
    )
    format: Identifier = Field(description="The format: the guide to records lists them all")
    file: Annotated[str, AfterValidator(file_place), AfterValidator(_no_commit)] = Field(
        "", description="A file or glob, from this file's folder: the whole listing"
    )
    url: Annotated[str, AfterValidator(api_place), AfterValidator(_no_commit)] = Field(
        "", description="https://, where the source's API begins or its export lies", repr=False
    )
    declared_by: Annotated[DeclaredBy, one_of(get_args(DeclaredBy))] = Field(
        description="Who declares the records"
    )
    stated_missing: Annotated[
        Literal["unknown", "failed"] | None, one_of(("unknown", "failed"))
    ] = optional(
        "The outcome of a service level where the source does not cover all of a period; by "
        "default what unmeasured says for the supplier's own records, and unknown for the others",
        alias="missing",
    )
    timezone: Annotated[str, AfterValidator(references.timezone)] = Field(
        "", description="Of stamps that name no time zone; by default they are an error"
    )
    fields: dict[str, Text] = Field(
        {}, description="The source's name of each field, where it cannot be known"
    )
    service: Text = Field("", description="The service that is probed, where the source names none")
    encoding: Annotated[str, AfterValidator(_encoding)] = Field(
        "", description="The encoding of text that is not UTF-8, such as cp1252"
    )
    stamps: Text = Field(
        "", description="How stamps are written that are not ISO 8601: %d.%m.%Y %H:%M"
    )
    query: Text = Field("", description="The query to send to an API, in its own language")
    since: Day | None = optional("The first day that an API is asked for")
    interval: Duration = Field("", description="The time between two probes, such as 60 s")
    robots: Names = Field((), description="Whose answers do not count: names or patterns")
    customers: Names = Field((), description="Who speaks for the customer: names or patterns")
    agents: Names = Field((), description="Who speaks for the supplier: names or patterns")

    @field_validator("declared_by")
    @classmethod
    def _at_one_place(cls, party: str, info: ValidationInfo) -> str:
        given = [key for key in ("file", "url") if info.data.get(key)]
        if len(given) > 1:
            raise wrong("belongs to one source, but file and url are two: keep one")
        if not given and all(key in info.data for key in ("file", "url")):
            raise wrong(
                "belongs to a source without a place: give file (beside this contract) or url"
            )
        return party

    @property
    def place(self) -> str:
        """The place, as the contract writes it."""
        return self.file or self.url

    @property
    def seconds_between(self) -> int:
        """Seconds between two probes; 0: as the source says."""
        return seconds(self.interval) if self.interval else 0
