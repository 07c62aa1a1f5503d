"""A period with a past, in money, of which evidence is made; and what can be done to a bundle."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from quality.cli.app import run
from quality.evidence import envelope
from quality.evidence.archive import MANIFEST, pack, unpack
from quality.evidence.envelope import Envelope
from quality.evidence.making import make
from quality.store.database import Store
from tests.conftest import Desk, Kept
from tests.quality.ledgers import BRANCHY, FINDING, SIMPLE
from tests.repositories import Repository

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LEVELS = (
    "{id: TQ-1, name: Complex code, class: critical, indicator: complexity.nloc_share, above: 3, "
    "expected: 5, minimum: 8, allocation: 60}",
    "{id: TQ-2, name: Errors, class: critical, indicator: errors.density, expected: 0.1, "
    "minimum: 0.5, allocation: 40}",
    "{id: TQ-3, name: Copies, class: key, indicator: duplication.share, expected: 90}",
)
MONEY = """\
charges:
  currency: EUR
  amounts: [{from: 2026-01-01, amount: 200000}]
  at_risk: 12
credits:
  repeated: [{failures: 2, within: 4, multiplier: 1.5}]
"""
PLAIN = "".join(f"def f{n}(a):\n    return a\n" for n in range(20))  # 40 NLOC
COMPLEX = BRANCHY + BRANCHY.replace("g", "k")  # 16 NLOC above the limit


@dataclass
class Case:
    """A contract of four quarters so far, of which the third is judged."""

    desk: Desk
    repository: Repository
    commits: tuple[str, ...]
    bundle: bytes

    def make(self, period: str = "2026-Q3", key: Ed25519PrivateKey | None = None) -> bytes:
        session = self.desk.session
        (request,) = session.requests(period)
        with Store(session.database, read_only=True) as store:
            return make(store, request, session.mirrors, key)


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Q1 and Q2 fail TQ-1, Q3 fails both levels; nothing is closed."""
    desk = Desk(tmp_path_factory.mktemp("evidence"), now=NOW)
    billing = desk.repository("billing", {"a.py": PLAIN, "b.py": COMPLEX},
                              at="2026-02-01T00:00:00Z")  # fmt: skip
    first = billing.tip()
    second = billing.commit({"docs/notes.md": "words"}, at="2026-05-01T00:00:00Z")
    third = billing.commit({"c.py": FINDING, "tests/test_a.py": SIMPLE}, at="2026-08-01T00:00:00Z")
    desk.contract(["billing"], LEVELS, starts="2026-01-01", more=MONEY)
    desk.measure()
    found = Case(desk, billing, (first, second, third), b"")
    found.bundle = found.make()
    return found


@pytest.fixture(scope="session")
def kept(case: Case) -> Kept:
    return Kept(case.desk)


@pytest.fixture
def changing(kept: Kept, desk: Desk) -> Iterator[Desk]:
    """The folder of the case for a test that changes it."""
    kept.lay_out(desk)
    yield desk
    kept.lay_out(desk)


@pytest.fixture
def bundle(case: Case, tmp_path: Path) -> Path:
    """The bundle of the third quarter, unsigned."""
    path = tmp_path / "acme.zip"
    path.write_bytes(case.bundle)
    return path


def a_key(number: int = 1) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def key_files(folder: Path, number: int = 1) -> tuple[Path, Path]:
    """The PEM files of a key and of its public half."""
    key, both = a_key(number), (folder / f"{number}.pem", folder / f"{number}.pub.pem")
    both[0].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    both[1].write_bytes(
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    return both


Edit = Callable[[dict[str, bytes]], object]


def tampered(path: Path, edit: Edit, *, restate: bool = False, keep: bool = True) -> Path:
    """A bundle with other entries. ``restate``: its manifest names the new digests, as a forger's
    does; ``keep``: and bears the old signatures."""
    entries = unpack(path)
    edit(entries)
    if restate:
        old = envelope.read(entries.pop(MANIFEST))
        new = Envelope(envelope.statement(entries, envelope.predicate_of(old)))
        entries[MANIFEST] = (
            Envelope(new.payload, old.signatures) if keep else Envelope(new.payload)
        ).text()
    path.write_bytes(pack(entries))
    return path


def rewritten(name: str, change: Callable[[Any], object]) -> Edit:
    """Another content of an entry of JSON; ``change`` works on the data."""

    def edit(entries: dict[str, bytes]) -> None:
        data = json.loads(entries[name])
        change(data)
        entries[name] = (json.dumps(data, sort_keys=True, separators=(",", ":")) + "\n").encode()

    return edit


def replaced(name: str, old: str, new: str) -> Edit:
    def edit(entries: dict[str, bytes]) -> None:
        assert old.encode() in entries[name], entries[name][:500]
        entries[name] = entries[name].replace(old.encode(), new.encode(), 1)

    return edit


def verified(
    capsys: pytest.CaptureFixture[str], path: Path, *words: str, folder: Path | None = None
) -> tuple[int, str]:
    """Exit code, and all that ``workmanship verify`` says, from an empty folder."""
    capsys.readouterr()
    empty = folder or path.parent / "elsewhere"
    empty.mkdir(exist_ok=True)
    with chdir(empty):
        code = run(["verify", str(path), "--quiet", "--jobs", "1", *words])
    out, err = capsys.readouterr()
    log = empty / ".workmanship" / "log"
    assert not log.exists(), log.read_text()
    return code, out + err
