"""The papers of a bundle: contract, amendments, ledger, journal and records, under names of the
bundle's own, without credentials.

Where a repository lies on a machine is nobody's business: what a bundle tells of such a place is
the address as the contract writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from quality.closing.journal import journal_path
from quality.closing.records import closed_folder
from quality.contract.amendments import Family, load_families
from quality.contract.contract import Contract
from quality.contract.file import parse_contract
from quality.contract.ledger.ledger import ledger_path
from quality.contract.sections.repositories import Repository
from quality.errors import DisagreementError, MeasureError, UsageError
from quality.evidence.archive import Entries
from quality.model.address import is_path, without_credentials

CONTRACT, AMENDMENT = "contract/contract.yaml", "contract/amendment-{}.yaml"
RECORDS = "contract/contract.closed/"
_BASE = Path(CONTRACT)
LEDGER, JOURNAL = str(ledger_path(_BASE)), str(journal_path(_BASE))
_NAME = re.compile(r"contract/(?:contract|amendment-\d{1,3})\.yaml|"
                   r"contract/contract\.(?:events\.yaml|journal\.jsonl|closed/[\w-]{1,20}\.json)|"
                   r"contract/[\w-][\w.-]{0,99}\.ics",
                   re.ASCII)  # fmt: skip
_USER = re.compile(r"(https?://)[^\s/?#'\"<>@]*(?::[^\s/?#'\"<>@]*)?@")


def papers(family: Family) -> dict[str, bytes]:
    """The entries that hold a contract's papers (UsageError: a credential cannot be left out)."""
    base = family.base
    found = {CONTRACT: _published(base)}
    for number, each in enumerate(family.contracts[1:], 1):
        found[AMENDMENT.format(number)] = _published(each)
    for name, path in ((LEDGER, ledger_path(base.path)), (JOURNAL, journal_path(base.path))):
        if path.exists():
            found[name] = _bytes(path)
    for each in family.contracts:
        for name in filter(None, (calendar.holidays_file for calendar in each.calendars)):
            if not _NAME.fullmatch(f"contract/{name}"):
                raise UsageError(f"{each.path}: put {name} beside the contract, and name it .ics, "
                                 "so that a bundle can hold it")  # fmt: skip
            found[f"contract/{name}"] = _bytes(each.path.absolute().parent / name)
    folder = closed_folder(base.path)
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        found[f"{RECORDS}{path.name}"] = _bytes(path)
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MeasureError(f"cannot read {path}: {error.strerror}") from None


def _published(contract: Contract) -> bytes:
    """A contract file's bytes without the credentials in its addresses: what it says, and so its
    digest, is the same."""
    text = _bytes(contract.path).decode("utf-8-sig")
    for repository in contract.repositories:
        text = text.replace(repository.url, without_credentials(repository.url))
    content = _USER.sub(r"\1", text).encode()
    told = parse_contract(content, contract.path)
    kept = [each.name for each in told.repositories if each.url != without_credentials(each.url)]
    if kept or told.digest != contract.digest:
        raise UsageError(f"{contract.path}: a credential in it cannot be left out: give it by "
                         f"WORKMANSHIP_TOKEN_<HOST>")  # fmt: skip
    return content


def unfolded(entries: Entries, folder: Path, python: str) -> Family:
    """The contract of a bundle, laid out in an empty folder; ``python``: the version that measured
    where the contract pins none (DisagreementError, ContractError: it cannot be read)."""
    for name in entries:
        if name.startswith("contract/"):
            if not _NAME.fullmatch(name):
                raise DisagreementError(f"{name} is none of a contract's papers")
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(entries[name])
    names = [name for name in sorted(entries) if "/amendment-" in name]
    if CONTRACT not in entries:
        raise DisagreementError(f"{CONTRACT} is not there")
    families = load_families([folder / name for name in (CONTRACT, *names)])
    if len(families) != 1:
        raise DisagreementError(f"{CONTRACT}: its amendments amend another contract")
    (family,) = families
    return replace(family, contracts=tuple(_pinned(each, python) for each in family.contracts))


def _pinned(contract: Contract, python: str) -> Contract:
    return contract if contract.python else contract.model_copy(update={"python": python})


@dataclass(frozen=True, slots=True)
class Addresses:
    """What a bundle calls the places of a contract's repositories, and where they lie here."""

    named: tuple[tuple[str, str], ...]  # place here, name in the bundle
    folder: str

    def name(self, place: str) -> str:
        """A place's name in the bundle."""
        return dict(self.named).get(place) or self.hidden(place)

    def place(self, name: str) -> str:
        """Where what the bundle names so lies here; an unknown name is itself."""
        return next((place for place, known in self.named if known == name), name)

    def hidden(self, text: str) -> str:
        """A text without our own folders."""
        for here, name in self.named:
            if here.startswith("/"):
                text = name.join(re.split(rf"{re.escape(here)}(?![\w.-])", text))
        return text.replace(f"{self.folder}/", "")

    def hide(self, data: Any) -> Any:
        """Plain data whose texts are without our own folders."""
        if isinstance(data, str):
            return self.hidden(data)
        if isinstance(data, list | tuple):
            return [self.hide(each) for each in data]
        if isinstance(data, dict):
            return {key: self.hide(each) for key, each in data.items()}
        return data


def addresses(contracts: Sequence[Contract]) -> Addresses:
    """The addresses of a contract with its amendments."""
    named: dict[str, str] = {}
    for contract, repository in _repositories(contracts):
        place = repository.place(contract.path)
        own = repository.url if is_path(repository.url) else place
        named.setdefault(place, own)
    folder = str(contracts[0].path.absolute().parent)
    longest = sorted(named.items(), key=lambda pair: (-len(pair[0]), pair))
    return Addresses(tuple(longest), folder)


def _repositories(contracts: Iterable[Contract]) -> Iterable[tuple[Contract, Repository]]:
    return ((each, repository) for each in contracts for repository in each.repositories)
