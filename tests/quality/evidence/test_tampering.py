"""A bundle under attack: whatever is changed is refused, with the place."""

from __future__ import annotations

import json
import random
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from quality.evidence import archive
from quality.evidence.archive import MANIFEST, pack, unpack
from tests.quality.evidence.conftest import (
    Case,
    Edit,
    a_key,
    key_files,
    replaced,
    rewritten,
    tampered,
    verified,
)

pytestmark = pytest.mark.slow
Said = pytest.CaptureFixture[str]


# ---------------------------------------------------------------- bytes


def test_a_changed_byte_of_any_part_is_refused_with_its_place(bundle: Path, capsys: Said) -> None:
    """One byte of each entry's content, of the container's headers between them, and of its end."""
    whole = bundle.read_bytes()
    with zipfile.ZipFile(bundle) as zipped:
        infos = zipped.infolist()
    chance = random.Random(1)
    for info in infos:
        begin = info.header_offset + 30 + len(info.filename)
        for position in (begin, begin + chance.randrange(info.compress_size)):
            changed = bytearray(whole)
            changed[position] ^= 1 << chance.randrange(8)
            bundle.write_bytes(changed)
            code, said = verified(capsys, bundle)
            assert code == 1, info.filename
            assert (info.filename in said) or "a byte was changed" in said
    for _ in range(60):
        changed = bytearray(whole)
        changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        bundle.write_bytes(changed)
        code, said = verified(capsys, bundle)
        assert code in (1, 2)
        assert len(said.splitlines()) == 1


def test_a_changed_byte_of_a_content_names_its_entry(bundle: Path, capsys: Said) -> None:
    """The container is made anew around it, as an editor of ZIP files does."""
    for name in unpack(bundle):
        original = bundle.read_bytes()

        def flip(entries: dict[str, bytes], name: str = name) -> None:
            content = bytearray(entries[name])
            content[len(content) // 2] ^= 1
            entries[name] = bytes(content)

        code, said = verified(capsys, tampered(bundle, flip))
        assert (code, name in said, len(said.splitlines())) == (1, True, 1), said
        bundle.write_bytes(original)


SHUFFLES: dict[str, tuple[Edit, str]] = {
    "removed": (lambda e: e.pop("counts.jsonl"), "counts.jsonl was removed"),
    "added": (lambda e: e.update({"facts/more.jsonl": b"[]\n"}), "facts/more.jsonl was added"),
    "swapped": (
        lambda e: e.update({"rows/TQ-1.json": e["rows/TQ-2.json"],
                            "rows/TQ-2.json": e["rows/TQ-1.json"]}),
        "rows/TQ-1.json was changed",
    ),
    "emptied": (lambda e: e.update({"facts/lizard.jsonl": b""}), "facts/lizard.jsonl was changed"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHUFFLES)
def test_entries_are_those_of_the_manifest(bundle: Path, capsys: Said, name: str) -> None:
    edit, words = SHUFFLES[name]
    code, said = verified(capsys, tampered(bundle, edit))
    assert (code, words in said) == (1, True), said


# ---------------------------------------------------------------- signatures


@pytest.fixture
def signed(case: Case, tmp_path: Path) -> Path:
    path = tmp_path / "signed.zip"
    path.write_bytes(case.make(key=a_key(1)))
    return path


def test_who_signed_it_is_shown(signed: Path, tmp_path: Path, capsys: Said) -> None:
    _, public = key_files(tmp_path, 1)
    code, said = verified(capsys, signed)
    assert (code, "whose key that is, only --key can tell" in said) == (0, True)
    code, said = verified(capsys, signed, "--key", str(public))
    assert (code, f"{public}" in said, "only --key can tell" in said) == (0, True, False)


def test_another_key_than_the_one_asked_for(signed: Path, tmp_path: Path, capsys: Said) -> None:
    _, other = key_files(tmp_path, 2)
    code, said = verified(capsys, signed, "--key", str(other))
    assert (code, f"it is not signed by {other}" in said) == (1, True)


def test_a_bundle_whose_signatures_were_taken_off(
    signed: Path, tmp_path: Path, capsys: Said
) -> None:
    _, public = key_files(tmp_path, 1)
    path = tampered(signed, lambda entries: None, restate=True, keep=False)
    assert verified(capsys, path)[0] == 0, "it is whole, and nobody's"
    assert verified(capsys, path, "--key", str(public))[0] == 1


def test_recomputed_digests_under_the_old_signature(signed: Path, capsys: Said) -> None:
    edit = replaced("README.txt", "evidence", "Evidence")
    code, said = verified(capsys, tampered(signed, edit, restate=True))
    assert (code, "is not of this manifest" in said) == (1, True), said


def test_a_signature_that_names_another_key(signed: Path, capsys: Said) -> None:
    def edit(data: dict[str, list[dict[str, str]]]) -> None:
        data["signatures"][0]["keyid"] = "sha256:" + "0" * 64

    code, _ = verified(capsys, tampered(signed, rewritten(MANIFEST, edit)))
    assert code == 1


# ---------------------------------------------------------------- what follows from what


LIES: dict[str, tuple[Edit, str]] = {
    "an amount": (
        rewritten("evaluation.json", lambda d: d["credits"].update(total="12000.00")),
        'evaluation.credits.total: the bundle says "12000.00", its counts give "24000.00"',
    ),
    "an outcome": (
        rewritten("evaluation.json", lambda d: d["service_levels"][0].update(outcome="met")),
        'evaluation.service_levels[TQ-1].outcome: the bundle says "met", its counts give "failed"',
    ),
    "a count": (
        replaced("counts.jsonl", ",16,59,false]", ",1,59,false]"),
        "the bundle says 1/59, its facts give 16/59",
    ),
    "a count that is passed off as given": (
        replaced("counts.jsonl", ",16,59,false]", ",1,59,true]"), "(given)"),
    "facts": (
        replaced("facts/lizard.jsonl", '"g",', '"h",'),
        "by lizard: not those that blobs.jsonl names",
    ),
    "a finding that is gone": (
        lambda e: e.update({"facts/pylint.jsonl": b""}), "counts give"),
    "a file that is gone": (
        rewritten("snapshots.json", lambda d: d.pop()), "snapshots.json: does not follow"),
    "the contract": (
        replaced("contract/contract.yaml", "minimum: 8", "minimum: 80"), "counts give"),
    "the rows": (
        rewritten("rows/TQ-2.json", lambda d: d["rows"].clear()),
        "rows/TQ-2.json: does not follow from the facts",
    ),
    "the recipe": (
        rewritten("recipe.json", lambda d: d["rules"].pop()), "recipe.json: this is not what"),
    "the reading": (
        lambda e: e.update({"records/snapshots.jsonl": e["records/snapshots.jsonl"].replace(
            b"2026-11-22", b"2026-10-01")}),
        "evaluation.snapshots[billing].read_at",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LIES)
def test_a_forger_who_recomputes_the_digests(bundle: Path, capsys: Said, name: str) -> None:
    """Nobody signed, so the manifest can be made anew: what does not follow is found."""
    edit, words = LIES[name]
    code, said = verified(capsys, tampered(bundle, edit, restate=True))
    assert (code, words in said) == (1, True), said


def test_words_of_the_manifest_itself(bundle: Path, capsys: Said) -> None:
    from quality.evidence import envelope
    from quality.evidence.envelope import Envelope

    entries = unpack(bundle)
    about = envelope.predicate_of(envelope.read(entries.pop(MANIFEST)))
    entries[MANIFEST] = Envelope(envelope.statement(entries, {**about, "outcome": "met"})).text()
    bundle.write_bytes(pack(entries))
    code, said = verified(capsys, bundle)
    assert (code, 'manifest.outcome: says "met", and it is "failed"' in said) == (1, True), said


def test_no_text_of_a_bundle_makes_a_line_of_its_own(bundle: Path, capsys: Said) -> None:
    """A finding quotes what is wrong, and what is wrong says that all is well."""
    lie = "x\nagrees    all of it\x1b[2J\u2028signed    by everybody"
    for name in ("evaluation.json", "recipe.json", "snapshots.json"):
        original = bundle.read_bytes()

        def edit(data: Any) -> None:
            part = data[0] if isinstance(data, list) else data
            part["id" if "id" in part else next(iter(part))] = lie

        code, said = verified(capsys, tampered(bundle, rewritten(name, edit), restate=True))
        assert code in (1, 3)
        assert not [
            x for x in said.splitlines() if x.startswith(("agrees    all", "signed    by e"))
        ]
        assert "\x1b" not in said
        bundle.write_bytes(original)


# ---------------------------------------------------------------- no bundle at all


def _zip(path: Path, *entries: tuple[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as zipped:
        for name, content in entries:
            zipped.writestr(zipfile.ZipInfo(name), content, kind)
    return path


HOSTILE = {
    "empty": lambda path: path.write_bytes(b""),
    "no archive": lambda path: path.write_bytes(b"PK\x03\x04" + b"x" * 500),
    "an empty archive": _zip,
    "a traversal": lambda path: _zip(path, ("../../etc/passwd", b"x")),
    "an absolute path": lambda path: _zip(path, ("/etc/passwd", b"x")),
    "a backslash": lambda path: _zip(path, ("a\\b", b"x")),
    "no manifest": lambda path: path.write_bytes(pack({"a.json": b"{}"})),
    "a bomb": lambda path: _zip(path, ("a.json", b"0" * (300 << 20))),
    "a folder": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_bundle_is_one_line(tmp_path: Path, capsys: Said, name: str) -> None:
    path = tmp_path / "hostile.zip"
    HOSTILE[name](path)
    code, said = verified(capsys, path)
    assert (code, len(said.splitlines()), "hostile.zip" in said) == (2, 1, True), said


def test_a_bundle_that_was_packed_anew_was_changed(bundle: Path, capsys: Said) -> None:
    """Whoever edits an entry with the tools of every machine loses the digest of the archive."""
    with zipfile.ZipFile(bundle) as archive:
        entries = [(each, archive.read(each)) for each in archive.infolist()]
    with zipfile.ZipFile(bundle, "w") as archive:  # an archive without a comment
        for info, content in entries:
            archive.writestr(info, content.replace(b"failed", b"met"))
    code, said = verified(capsys, bundle)
    assert (code, "manifest.json" in said, len(said.splitlines())) == (1, True, 1), said


def test_a_bomb_whose_header_lies_is_never_inflated(bundle: Path, capsys: Said) -> None:
    """The entry says that it is small: no more is inflated than it says."""
    content = pack({"a.json": b"0" * (64 << 20)})
    for at in (22, content.index(b"PK\x01\x02") + 24):
        content = content[:at] + struct.pack("<I", 10) + content[at + 4 :]
    bundle.write_bytes(content)
    assert verified(capsys, bundle)[0] == 1


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_that_is_there_twice(bundle: Path, capsys: Said) -> None:
    entries = unpack(bundle)
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in [*entries, MANIFEST]:
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = 0o100644 << 16, zipfile.ZIP_DEFLATED
            zipped.writestr(info, entries[name])
    code, said = verified(capsys, bundle)
    assert (code, "is there twice" in said) == (2, True), said


WRONG = {
    "counts.jsonl": b'["a","-","x","","y",1,2]\n',
    "commits.jsonl": b"[1,2,3]\n",
    "blobs.jsonl": b"{}\n",
    "snapshots.json": b"7\n",
    "recipe.json": b'{"id":3}\n',
    "evaluation.json": b"[" * 100_000,
    "tools.json": b"[7,{},null]\n",
    "facts/lizard.jsonl": b'["a","python","lizard",null,null,{"functions":[[1]]}]\n',
    "records/snapshots.jsonl": b'["source"]\n',
    "records/observations.jsonl": b"[[[]]]\n",
    "contract/contract.yaml": b"format: 7\n",
    "rows/TQ-1.json": b"null\n",
}


@pytest.mark.parametrize("name", WRONG)
def test_data_of_other_types_is_a_disagreement(bundle: Path, capsys: Said, name: str) -> None:
    path = tampered(bundle, lambda e: e.update({name: WRONG[name]}), restate=True)
    code, said = verified(capsys, path)
    assert code in ((0, 1) if name == "tools.json" else (1,)), said
    assert "unexpected" not in said
    if code == 1:
        assert len(said.splitlines()) < 60


def test_random_rows_end_in_a_line(bundle: Path, capsys: Said) -> None:
    """Each value of each entry replaced by one of another type."""
    chance = random.Random(7)
    original = bundle.read_bytes()
    entries = unpack(bundle)
    names = [name for name in entries if name.endswith((".jsonl", ".json")) and name != MANIFEST]
    for _ in range(20):
        name = chance.choice(names)
        lines = entries[name].splitlines()
        number = chance.randrange(len(lines))
        data = json.loads(lines[number])
        key = chance.choice(list(data) if isinstance(data, dict) else range(len(data)))
        data[key] = chance.choice([None, -1, 10**40, "x", [], {}, [[]], True, 1.5])
        lines[number] = json.dumps(data).encode()
        text = b"\n".join(lines) + b"\n"
        path = tampered(bundle, lambda e, n=name, t=text: e.update({n: t}), restate=True)
        code, said = verified(capsys, path)
        assert code in (0, 1, 3), (name, key, said)
        assert "unexpected" not in said, (name, key, said)
        bundle.write_bytes(original)


def test_limits_hold(bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setattr(archive, "MOST_ENTRIES", 3)
    assert verified(capsys, bundle)[0] == 2
