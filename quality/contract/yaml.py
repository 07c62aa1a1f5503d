"""YAML text to plain data with the place of every key and value, and nothing executed.

A strict part of YAML 1.2 (core schema): one document; no anchors, aliases or tags; numbers with
a point stay exact. All duplicate keys are found, not only the first.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.reader import ReaderError

Location = tuple[str | int, ...]
MAX_DEPTH = 12
_NO_CHARACTER = "an escape that stands for no character: delete it"
MAX_VALUES = 10_000

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOLEAN = {"true": True, "True": True, "TRUE": True,
            "false": False, "False": False, "FALSE": False}  # fmt: skip
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the text; line and column are 1-based."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is wrong as YAML. ``location`` is empty where the text itself is broken."""

    location: Location
    place: Position
    message: str


@dataclass(slots=True)
class Document:
    """A text as data: dict, tuple, str, int, Decimal, bool, None. ``keys`` and ``values`` say
    where each key and value stands; ``data`` is None where the text is broken."""

    data: object = None
    keys: dict[Location, Position] = field(default_factory=dict)
    values: dict[Location, Position] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def place(self, location: Location) -> Position:
        """Where ``location`` stands, or else the nearest thing around it that exists."""
        while location and location not in self.values:
            location = location[:-1]
        return self.values.get(location, Position(1, 1))


class _Stop(Exception):  # noqa: N818 - control flow, never seen outside
    """The text cannot be read on; carries the trouble."""

    def __init__(self, place: Position, message: str) -> None:
        super().__init__(message)
        self.trouble = Trouble((), place, message)


def read_yaml(text: str) -> Document:
    """Read one YAML document; what is wrong with it stands in ``troubles``."""
    document = Document()
    try:
        document.data = _Builder(document, YAML(typ="safe", pure=True).parse(text)).build()
    except _Stop as stop:
        document.troubles.append(stop.trouble)
    except ReaderError as error:
        document.troubles.append(_unreadable_character(text, error))
    except (ValueError, OverflowError):  # an escape beyond Unicode
        document.troubles.append(_beyond_unicode(text))
    except MarkedYAMLError as error:
        document.troubles.append(_syntax(text, error))
    except YAMLError:
        document.troubles.append(Trouble((), Position(1, 1), "is not valid YAML"))
    return document


class _Builder:
    """Turns the parser's events into data, depth bounded."""

    def __init__(self, document: Document, events: Iterator[Event]) -> None:
        self.document = document
        self.events = events
        self.count = 0

    def build(self) -> object:
        data: object = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Stop(
                        _place(event), "a second document starts here: keep one contract a file"
                    )
                if event.version not in {None, (1, 2)}:
                    raise _Stop(Position(1, 1), "is read as YAML 1.2: remove the %YAML line")
            elif not isinstance(event, StreamStartEvent | StreamEndEvent | DocumentEndEvent):
                data = self.node(event, ())
        return data

    def node(self, event: Event, location: Location) -> object:
        place = _place(event)
        self.tally(place)
        if len(location) > MAX_DEPTH:
            raise _Stop(place, f"nested deeper than {MAX_DEPTH} levels: this is not a contract")
        self.document.values[location] = place
        if getattr(event, "anchor", None) is not None:  # an alias is an event with an anchor
            self.trouble(
                location, place, "anchors (&) and aliases (*) are not allowed: write the value out"
            )
        elif getattr(event, "tag", None) is not None:
            self.trouble(location, place, "tags (!) are not allowed: write text in quotes")
        if isinstance(event, MappingStartEvent):
            return self.mapping(location)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(location)
        if isinstance(event, ScalarEvent):
            return self.scalar(event, location)
        return None

    def mapping(self, location: Location) -> dict[str, object]:
        result: dict[str, object] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            place = _place(event)
            if not isinstance(event, ScalarEvent):
                raise _Stop(place, "a key must be a plain word: a *, [ or { here wants quotes")
            key = _characters(event)
            inner = (*location, key)
            if key in result:
                first = self.document.keys[inner].line
                self.trouble(inner, place, f"occurs twice, first on line {first}: remove one")
                self.skip()
                continue
            result[key] = None
            self.document.keys[inner] = place
            result[key] = self.node(next(self.events), inner)
        return result

    def sequence(self, location: Location) -> tuple[object, ...]:
        result: list[object] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            result.append(self.node(event, (*location, len(result))))
        return tuple(result)

    def skip(self) -> None:
        """Pass over the value of a duplicate key."""
        depth = 0
        for event in self.events:
            self.tally(_place(event))
            if isinstance(event, MappingStartEvent | SequenceStartEvent):
                depth += 1
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                depth -= 1
            if depth == 0:
                return

    def scalar(self, event: ScalarEvent, location: Location) -> object:
        text = _characters(event)
        if event.style is not None:
            return text
        if not text:
            # the parser places an empty value at the next token: the key is where to look
            self.document.values[location] = self.document.keys.get(location, _place(event))
        if text in _NULL:
            return None
        return _BOOLEAN[text] if text in _BOOLEAN else _number(text)

    def tally(self, place: Position) -> None:
        """Count the values, so that a hostile text cannot cost more than its share."""
        self.count += 1
        if self.count > MAX_VALUES:
            raise _Stop(place, f"more than {MAX_VALUES:,} values: this is not a contract")

    def trouble(self, location: Location, place: Position, message: str) -> None:
        self.document.troubles.append(Trouble(location, place, message))


def _number(text: str) -> int | Decimal | str:
    """A plain scalar by the core schema: 1_000 and 2026-01-01 are text there."""
    if _INTEGER.fullmatch(text):
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    if _NOT_FINITE.fullmatch(text):
        return Decimal(text.replace(".", ""))
    if _FLOAT.fullmatch(text):
        try:
            return Decimal(text)
        except InvalidOperation:  # an exponent beyond all reason
            return Decimal("Infinity")
    return text


def _characters(event: ScalarEvent) -> str:
    text: str = event.value
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise _Stop(_place(event), _NO_CHARACTER)
    return text


def _place(event: Event) -> Position:
    mark: StringMark = event.start_mark
    return Position(mark.line + 1, mark.column + 1)


def _beyond_unicode(text: str) -> Trouble:
    escapes = re.finditer(r"\\U([0-9A-Fa-f]{8})", text)
    at = next((each.start() for each in escapes if int(each[1], 16) > sys.maxunicode), 0)
    return Trouble((), _position(text, at), _NO_CHARACTER)


def _position(text: str, at: int) -> Position:
    return Position(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _unreadable_character(text: str, error: ReaderError) -> Trouble:
    at = text.find(chr(error.character)) if isinstance(error.character, int) else -1
    place = _position(text, max(at, 0))
    return Trouble((), place, "a control character that YAML does not allow: delete it")


_REMEDIES = (
    ("mapping values are not allowed", "a colon too many, or a line indented differently from "
     "its neighbours: put text that contains a colon in quotes"),
    ("found unexpected end of stream", "a quote is opened and never closed"),
    ("could not find expected ':'", "a key without a colon, or a line indented differently from "
     "its neighbours"),
    ("expected <block end>", "is indented differently from its neighbours, or a quote above it is "
     "not closed"),
    ("expected ',' or ']'", "a [ is opened and never closed, or a comma is missing"),
    ("expected ',' or '}'", "a { is opened and never closed, or a comma is missing"),
    ("escape", "a backslash in double quotes starts an escape: use single quotes"),
)  # fmt: skip


def _syntax(text: str, error: MarkedYAMLError) -> Trouble:
    """What ruamel says, in plain words; its own text would quote the line, secrets and all."""
    mark = error.problem_mark or error.context_mark
    place = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
    problem = str(error.problem or "")
    lines = text.splitlines()
    rest = lines[mark.line][mark.column :] if mark and mark.line < len(lines) else ""
    if rest.startswith("\t"):
        return Trouble((), place, "a tab: YAML is indented with spaces only")
    for start, remedy in _REMEDIES:
        if start in problem:
            return Trouble((), place, remedy)
    if "cannot start any token" in problem:
        return Trouble((), place, f"text that starts with {rest[:1]} must stand in quotes")
    return Trouble((), place, "is not valid YAML here")
