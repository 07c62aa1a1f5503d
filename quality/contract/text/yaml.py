"""YAML text to plain data with the place of every key and value, and nothing executed.

A strict part of YAML 1.2 (core schema): one document; no anchors, aliases or tags; numbers with
a point stay exact. All duplicate keys are found, not only the first.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import takewhile

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
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


Found = tuple[Location, Position, str]  # what is wrong; () where the text itself is broken
Mistake = tuple[Location, str]  # the same before its position in the file is known


@dataclass(slots=True)
class Document:
    """A text as data: dict, tuple, str, int, Decimal, bool, None. ``keys`` and ``values`` say
    where each key and value stands; ``data`` is None where the text is broken."""

    data: object = None
    keys: dict[Location, Position] = field(default_factory=dict)
    values: dict[Location, Position] = field(default_factory=dict)
    troubles: list[Found] = field(default_factory=list)

    @property
    def readable(self) -> bool:
        """Whether it can be judged further, whatever is wrong with it."""
        return all(location for location, _, _ in self.troubles)

    def place(self, location: Location) -> Position:
        """Where ``location`` stands, or else the nearest thing around it that exists."""
        while location and location not in self.values:
            location = location[:-1]
        return self.values.get(location, Position(1, 1))


class _Stop(Exception):  # noqa: N818 - control flow, never seen outside
    """The text cannot be read on, from a place and for a reason."""

    def __init__(self, place: Position, message: str) -> None:
        super().__init__(message)
        self.place = place


@lru_cache(maxsize=32)  # a contract is read again for its framework, its places, its amendments
def read_yaml(text: str) -> Document:
    """Read one YAML document, which nobody changes; what is wrong with it stands in
    ``troubles``."""
    document = Document()
    try:
        document.data = _Builder(document, YAML(typ="safe", pure=True).parse(text)).build()
    except _Stop as stop:
        document.troubles.append(((), stop.place, str(stop)))
    except ReaderError as error:
        at = text.find(chr(error.character)) if isinstance(error.character, int) else 0
        message = "a control character that YAML does not allow: delete it"
        document.troubles.append(((), _position(text, max(at, 0)), message))
    except (ValueError, OverflowError):  # an escape beyond Unicode
        escapes = re.finditer(r"\\U([0-9A-Fa-f]{8})", text)
        at = next((each.start() for each in escapes if int(each[1], 16) > sys.maxunicode), 0)
        document.troubles.append(((), _position(text, at), _NO_CHARACTER))
    except MarkedYAMLError as error:
        document.troubles.append(((), *_syntax(text, error)))
    except YAMLError:
        document.troubles.append(((), Position(1, 1), "is not valid YAML"))
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
                    message = "a second document starts here: keep one contract a file"
                    raise _Stop(_place(event), message)
                if event.version not in {None, (1, 2)}:
                    raise _Stop(Position(1, 1), "is read as YAML 1.2: remove the %YAML line")
            elif isinstance(event, NodeEvent):
                data = self.node(event, ())
        return data

    def node(self, event: Event, location: Location) -> object:
        place = _place(event)
        self.tally(place)
        if len(location) > MAX_DEPTH:
            raise _Stop(place, f"nested deeper than {MAX_DEPTH} levels: this is not a contract")
        self.document.values[location] = place
        if getattr(event, "anchor", None) is not None:  # an alias is an event with an anchor
            message = "anchors (&) and aliases (*) are not allowed: write the value out"
            self.document.troubles.append((location, place, message))
        elif getattr(event, "tag", None) is not None:
            message = "tags (!) are not allowed: write text in quotes"
            self.document.troubles.append((location, place, message))
        if isinstance(event, MappingStartEvent):
            return self.mapping(location)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(location)
        if isinstance(event, ScalarEvent):
            return self.scalar(event, location)
        return None

    def mapping(self, location: Location) -> dict[str, object]:
        result: dict[str, object] = {}
        for event in self.inside():
            place = _place(event)
            if not isinstance(event, ScalarEvent):
                raise _Stop(place, "a key must be a plain word: a *, [ or { here needs quotes")
            key = _characters(event)
            inner = (*location, key)
            if key in result:
                first = self.document.keys[inner].line
                message = f"occurs twice, first on line {first}: remove one"
                self.document.troubles.append((inner, place, message))
                self.skip()
                continue
            result[key] = None
            self.document.keys[inner] = place
            result[key] = self.node(next(self.events), inner)
        return result

    def sequence(self, location: Location) -> tuple[object, ...]:
        return tuple(
            self.node(event, (*location, number)) for number, event in enumerate(self.inside())
        )

    def inside(self) -> Iterator[Event]:
        """The events up to the end of the list or group that has begun."""
        return takewhile(lambda event: not isinstance(event, CollectionEndEvent), self.events)

    def skip(self) -> None:
        """Pass over the value of a duplicate key."""
        depth = 0
        for event in self.events:
            self.tally(_place(event))
            depth += isinstance(event, CollectionStartEvent)
            depth -= isinstance(event, CollectionEndEvent)
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


def _position(text: str, at: int) -> Position:
    return Position(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


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


def _syntax(text: str, error: MarkedYAMLError) -> tuple[Position, str]:
    """What ruamel says, in plain words; its own text would quote the line, secrets and all."""
    mark = error.problem_mark or error.context_mark
    place = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
    problem = str(error.problem or "")
    lines = text.splitlines()
    rest = lines[mark.line][mark.column :] if mark and mark.line < len(lines) else ""
    if rest.startswith("\t"):
        return place, "a tab: YAML is indented with spaces only"
    if "cannot start any token" in problem:
        return place, f"text that starts with {rest[:1]} must be in quotes"
    remedies = (remedy for start, remedy in _REMEDIES if start in problem)
    return place, next(remedies, "is not valid YAML here")
