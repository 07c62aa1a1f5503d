"""What other tools and parties report: where each report is found, of which repository it speaks,
and who declares it."""

import re
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from quality.contract.text import references
from quality.contract.text.section import Identifier, Section, Text, one_of, optional
from quality.contract.text.values import shown, visible, wrong
from quality.model.reports import DeclaredBy, SectionName

COMMIT = "{commit}"  # in a place: the snapshot's commit, in full
PLACES = ("path", "file", "url")
_SECRET = re.compile("token|secret|passw|key|auth|sig", re.I)


def _pattern(text: str) -> str:
    found = references.pattern(text)
    if found.startswith("!") or COMMIT in found:
        raise wrong(
            f"{shown(text)} is not the path of a report in the repository: write one such as "
            "ci/ruff.sarif"
        )
    return found


def file_place(text: str) -> str:
    """A path or glob from the contract's folder."""
    if not text.strip() or len(text) > 1000 or not all(map(visible, text)):
        raise wrong("must be a path from this file's folder, such as reports/*.xml")
    return text


def url_place(text: str) -> str:
    """A URL of a report, which is no host's front page. It may carry a secret, so it is never
    shown."""
    if len(urlsplit(api_place(text)).path) < 2:
        raise wrong("names no path: write https://host/path")
    return text


def api_place(text: str) -> str:
    """A URL at which or below which something may be read."""
    if not text.isascii() or not text.isprintable() or " " in text or len(text) > 1000:
        raise wrong("contains a blank or an invisible character, or is too long: write it encoded")
    try:
        parts = urlsplit(text.replace(COMMIT, "commit"))
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise wrong("is not a URL: write https://host/path") from None
    if parts.scheme != "https" and not (
        parts.scheme == "http" and host in ("localhost", "127.0.0.1")
    ):
        raise wrong("has a transport that is not allowed: use https://")
    if COMMIT in text.partition("://")[2].partition("/")[0]:
        raise wrong("has {commit} in its host: the host must be known")
    if not host:
        raise wrong("names no host: write https://host/path")
    secret = any(_SECRET.search(name) for name, _ in parse_qsl(parts.query, True))
    if parts.fragment or "@" in parts.netloc or secret:
        raise wrong(
            "carries a password, a token or a #: give the plain address, and a token by the "
            "environment variable WORKMANSHIP_TOKEN_<HOST>"
        )
    return text


def _commit(text: str) -> str:
    if text and not references.COMMIT_ID.fullmatch(text):
        raise wrong(
            f"{shown(text)} is not a full commit id: write all 40 hexadecimal digits, in lower case"
        )
    return text


class Source(Section):
    """A place where reports of one repository are found. Exactly one of ``path``, ``file`` and
    ``url`` is given; in the last two ``{commit}`` stands for the snapshot's commit."""

    name: Identifier = Field(description="How reports and service levels name the source")
    repository: Identifier = Field(description="The repository that the reports speak of, by name")
    path: Annotated[str, AfterValidator(_pattern)] = Field(
        "", description="In the repository at the snapshot: a path or pattern as in .gitignore"
    )
    file: Annotated[str, AfterValidator(file_place)] = Field(
        "", description="A file or glob, from this file's folder; {commit}: the snapshot's commit"
    )
    url: Annotated[str, AfterValidator(url_place)] = Field(
        "",
        description="https://; {commit}: the snapshot's commit",
        repr=False,
    )
    declared_by: Annotated[DeclaredBy, one_of(("supplier", "customer", "third party"))] = Field(
        description="Who declares the reports"
    )
    stated_missing: Annotated[
        Literal["unknown", "failed"] | None, one_of(("unknown", "failed"))
    ] = optional(
        "The outcome of a service level without a report of the snapshot; by default what "
        "unmeasured says for the supplier's own reports, and unknown for the others",
        alias="missing",
    )
    commit: Annotated[str, AfterValidator(_commit)] = Field(
        "", description="The commit of reports that name none, as the customer knows it"
    )

    @field_validator("declared_by")
    @classmethod
    def _at_one_place(cls, party: str, info: ValidationInfo) -> str:
        given = [key for key in PLACES if info.data.get(key)]
        if len(given) > 1:
            raise wrong(f"belongs to one source, but {' and '.join(given)} are two: keep one")
        if not given and all(key in info.data for key in PLACES):
            raise wrong(
                "belongs to a source without a place: give path (in the repository), file (beside "
                "this contract) or url"
            )
        return party

    @property
    def kind(self) -> Literal["path", "file", "url"]:
        """Which of the three places it is."""
        return "path" if self.path else "file" if self.file else "url"

    @property
    def place(self) -> str:
        """The place, as the contract writes it."""
        return self.path or self.file or self.url

    @property
    def by_commit(self) -> bool:
        """Whether the place says of which commit a report speaks."""
        return bool(self.path) or COMMIT in self.place


class FindingsSource(Source):
    """Where the findings of another analyzer are found, as SARIF 2.1.0."""

    tool: Text = Field(
        "", description="The tool that the report must be of, by the name it gives itself"
    )


class CoverageSource(Source):
    """Where the coverage of tests is found: Cobertura, JaCoCo, LCOV, or JSON of coverage.py."""

    languages: tuple[Text, ...] = Field(
        (), description="The languages that the tests are to cover; by default all"
    )


SECTIONS: tuple[SectionName, ...] = ("findings", "coverage")
