"""The workspace file ``workmanship.yaml``: which contracts there are, and where what they need and
what they give lies. Commands work from it without arguments.

It can name no program and no host, for it may lie in a folder that somebody else has filled; and
the merge gate, which runs in the supplier's checkout, does not read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from quality.contract.file import decoded, read_bytes
from quality.contract.ledger.ledger import stem
from quality.contract.problems import empty_values, told, twice
from quality.contract.text.problem import ContractError, all_of, broken, problem
from quality.contract.text.section import Section, Text, optional
from quality.contract.text.values import between, shown, wrong
from quality.contract.text.yaml import Document, read_yaml
from quality.files import WORKSPACE, workspace_file
from quality.model.memory import HINT, bytes_of

MOST = 10_000  # contracts of one pattern


def _pattern(text: str) -> str:
    if Path(text).is_absolute() or ".." in Path(text).parts or "**" in text:
        raise wrong(f"{shown(text)} must lie below this file's folder: write contracts/*.yaml, say")
    return text


def _place(text: str) -> str:
    if text.startswith(("/", "~")) or ".." in Path(text).parts:
        raise wrong(f"{shown(text)} must lie below this file's folder")
    return text


def _size(text: str) -> str:
    if bytes_of(text) is None:
        raise wrong(f"{shown(text)} is not a size: {HINT}")
    return text


class Defaults(Section):
    """Options of all commands that have them; the command line goes before."""

    jobs: Annotated[int, AfterValidator(between(1, 1024, "must be at least 1"))] | None = optional(
        "Processes that measure at once"
    )
    memory: Annotated[Text, AfterValidator(_size)] | None = optional(
        "Memory that the database may take, such as 2GB"
    )
    offline: bool | None = optional("Use the mirrors as they are")
    strict: bool | None = optional("Let key service levels count like critical ones")
    quiet: bool | None = optional("No progress")
    verbose: bool | None = optional("Log each step, line by line")


class WorkspaceFile(Section):
    """A workspace file as a whole."""

    format: Literal["workmanship.workspace/1"]
    contracts: tuple[Annotated[Text, AfterValidator(_pattern)], ...] = Field(min_length=1)
    database: Annotated[Text, AfterValidator(_place)] | None = optional("The database")
    output: Annotated[Text, AfterValidator(_place)] | None = optional("The folder of the pages")
    defaults: Defaults = Defaults()


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace: its file, its contracts, and what commands take from it where the command line
    says nothing, by the option's name."""

    path: Path
    contracts: tuple[Path, ...]
    options: tuple[tuple[str, object], ...]


def workspace(folder: Path) -> Workspace | None:
    """The workspace that a folder lies in; None: neither it nor one above it has the file
    (ContractError with every problem in it, by file:line:column)."""
    path = workspace_file(folder)
    return None if path is None else _read(path)


def _read(path: Path) -> Workspace:
    document = read_yaml(decoded(read_bytes(path), path))
    found = list(document.troubles)
    if document.readable:
        if not isinstance(document.data, dict):
            raise broken(path, "holds no keys: it begins with `format: workmanship.workspace/1`")
        try:
            checked = WorkspaceFile.model_validate(document.data)
        except ValidationError as error:
            found += told(error, WorkspaceFile, document, ())
        found += empty_values(document, found)
        found += twice(document)
        if not found:
            return _workspace(path, checked, document)
    raise all_of(path, found)


def _workspace(path: Path, checked: WorkspaceFile, document: Document) -> Workspace:
    folder = path.parent
    contracts: dict[Path, None] = {}
    for number, pattern in enumerate(checked.contracts):
        matched = [each for each in sorted(folder.glob(pattern))[:MOST] if _is_contract(each)]
        if not matched:
            at = ("contracts", number)
            text = f"{shown(pattern)} matches no contract file in {folder}"
            raise ContractError((problem(path, at, document.place(at), text),))
        contracts |= dict.fromkeys(map(_shortest, matched))
    given: dict[str, object] = {
        "database": checked.database and str(folder / checked.database),
        "output": checked.output and str(folder / checked.output),
        **dict(checked.defaults),
    }
    stated = tuple((name, value) for name, value in given.items() if value is not None)
    return Workspace(path, tuple(contracts), stated)


def _is_contract(path: Path) -> bool:
    """Whether a file that a pattern matches can be a contract: what lies beside one is none, and
    amendments are found by their contract."""
    beside = path.name == WORKSPACE or path.name.endswith((".events.yaml", ".events.yml"))
    return path.is_file() and not beside and ".amendment-" not in stem(path)


def _shortest(path: Path) -> Path:
    """A path as a user would write it, from where he is."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def one_of(contracts: Sequence[Path]) -> str:
    """The contracts of a workspace in a line."""
    return ", ".join(map(str, contracts[:5])) + (", ..." if len(contracts) > 5 else "")
