"""Files of a gigabyte, read in bounded memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.examples import table

SCRIPT = """
import io, resource, sys
from collectors.records.systems import SYSTEMS
from collectors.records.text import UnreadableError
from quality.model.records import Asked

resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))

class Long(io.RawIOBase):
    '''A file that is made as it is read.'''
    def __init__(self, head, row, size):
        self._head, self._block = head, row * (1 + (1 << 20) // len(row))
        self._rest, self._size, self._at = head, size, 0
    def readable(self): return True
    def seekable(self): return True
    def seek(self, at, whence=0):
        assert at == 0 and whence == 0
        self._at, self._rest = 0, self._head
        return 0
    def tell(self): return self._at
    def readinto(self, into):
        if not self._rest:
            if self._at >= self._size: return 0
            self._rest = self._block
        part = self._rest[:len(into)]
        self._rest = self._rest[len(part):]
        into[:len(part)] = part
        self._at += len(part)
        return len(part)

kind, head, row, size = sys.argv[1], sys.argv[2].encode(), sys.argv[3].encode(), int(sys.argv[4])
row = row.decode("unicode_escape").encode(); head = head.decode("unicode_escape").encode()
file = io.BufferedReader(Long(head, row, size))
try:
    print(sum(1 for _ in SYSTEMS[kind].read(file, Asked("tickets", {}))))
except UnreadableError as error:
    print(error)
"""
GIGABYTE = 1 << 30
LONG = "x" * 900


def said(kind: str, head: str, row: str, size: int = GIGABYTE) -> str:
    """What is read of a file that repeats a row."""
    command = [sys.executable, "-c", SCRIPT, kind, head, row, str(size)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
    return done.stdout.strip() or done.stderr[-500:]


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("kind", "head", "row", "rows"),
    [
        ("csv", r"id,created,title\n", rf'7,2026-03-02T09:15:00Z,"{LONG}"\n', 1_140_000),
        ("csv", r"id,at,event,title\n", rf"7,2026-03-02T09:15:00Z,created,{LONG}\n", 1),
        ("json", "", rf'{{"id":7,"created":"2026-03-02T09:15:00Z","title":"{LONG}"}}\n', 1_070_000),
    ],
)
def test_a_gigabyte_is_read_in_bounded_memory(kind: str, head: str, row: str, rows: int) -> None:
    size = GIGABYTE if rows > 1 else GIGABYTE // 8
    assert int(said(kind, head, row, size)) >= rows * 0.95


@pytest.mark.parametrize(
    ("kind", "head", "row", "why"),
    table(
        [
            ("csv", r"id,created\n", "x", "a row is too long"),
            ("csv", r"id,created\n", ",", "a row is too long"),
            ("csv", r'id,created\n"', r"x\n", "a field that is too long"),
            ("csv", r"id,created\n", r'"\n",', "a row is too long"),
            ("csv", r"id,created\n", r"\x00", "a row is too long"),
            ("json", "[", "[", "nested too deeply"),
            ("json", '[{"id":"', "x", "a value is longer than"),
            ("json", "", " ", "it ends in the middle"),
            ("jira", '{"issues":[{"key":"', "x", "a value is longer than"),
        ],
        {1},
    ),
)
def test_what_never_ends_is_left(kind: str, head: str, row: str, why: str) -> None:
    assert why in said(kind, head, row, 1 << 28)
