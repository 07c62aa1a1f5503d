"""What a bundle holds, and that who has nothing else comes to the same verdicts and amounts."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from quality.errors import MeasureError
from quality.evidence import records
from quality.evidence.archive import pack, unpack
from quality.evidence.content import EVALUATION
from quality.store.database import Store
from tests.quality.evidence.conftest import Case, tampered, verified
from tests.repositories import run_git


def test_the_bundle_says_what_was_judged_and_counted(case: Case, bundle: Path) -> None:
    entries = unpack(bundle)
    evaluation = json.loads(entries[EVALUATION])
    values = {
        level["id"]: (level["measured"]["numerator"], level["measured"]["denominator"])
        for level in evaluation["service_levels"]
    }
    # by hand: 20 x 2 + 2 x 8 + 3 NLOC, of which g, k are above CCN 3; one error in 59 lines
    assert (values["TQ-1"], values["TQ-2"]) == ((16, 59), (1, 59))
    # by hand: 24,000 at risk; TQ-1 fails for the third time, 14,400 x 1.5; TQ-2 first, 9,600:
    # 31,200 are capped at 24,000
    assert evaluation["credits"]["total"] == "24000.00"
    counts = [json.loads(line) for line in entries["counts.jsonl"].splitlines()]
    assert [row[5:] for row in counts if row[:4] == [case.commits[2], "-",
            "complexity.nloc_share", "3"]] == [[16, 59, False]]  # fmt: skip
    rows = json.loads(entries["rows/TQ-2.json"])["rows"]
    assert [row[:3] for row in rows] == [["billing", "c.py", 3]]
    assert run_git(case.repository.folder, "rev-parse", f"{case.commits[2]}^{{tree}}") in (
        each["tree"] for each in json.loads(entries["snapshots.json"])
    )


def test_the_manifest_is_an_in_toto_statement_in_a_dsse_envelope(bundle: Path) -> None:
    """Read with nothing of ours."""
    entries = unpack(bundle)
    envelope = json.loads(entries.pop("manifest.json"))
    assert envelope["payloadType"] == "application/vnd.in-toto+json"
    statement = json.loads(base64.b64decode(envelope["payload"]))
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert {each["name"]: each["digest"]["sha256"] for each in statement["subject"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in entries.items()
    }


def test_the_same_database_gives_the_same_bytes(case: Case) -> None:
    assert case.make() == case.bundle


def test_nothing_is_handed_out_that_cannot_be_judged_again(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry is forgotten, as a later release might: the making itself finds it."""
    from quality.evidence import making

    monkeypatch.setattr(making.records, "records", lambda *_: {})
    with pytest.raises(MeasureError, match="cannot be judged again from its evidence"):
        case.make()


def test_a_content_has_the_digest_of_its_facts(bundle: Path) -> None:
    entries = unpack(bundle)
    lines = {
        hashlib.sha256(line + b"\n").hexdigest(): json.loads(line)[:3]
        for name, content in entries.items() if name.startswith("facts/")
        for line in content.splitlines()
    }  # fmt: skip
    stated = [json.loads(line) for line in entries["blobs.jsonl"].splitlines()]
    assert {row[3]: row[:3] for row in stated} == lines


def test_it_tells_nothing_of_the_machine(case: Case, bundle: Path) -> None:
    secrets = [str(case.desk.folder), str(Path.home()), os.uname().nodename, str(Path.cwd())]
    for name, content in unpack(bundle).items():
        text = content.decode()
        if name == "manifest.json":
            text += base64.b64decode(json.loads(content)["payload"]).decode()
        assert not [each for each in secrets if each in text], name
    with zipfile.ZipFile(
        bundle
    ) as archive:  # what is compressed may hold any few letters by chance
        clear = [archive.comment] + [
            part for each in archive.infolist()
            for part in (each.filename.encode(), each.comment, each.extra)
        ]  # fmt: skip
    assert not [each for each in secrets if any(each.encode() in part for part in clear)]


@pytest.mark.slow
def test_who_has_nothing_else_comes_to_the_same(
    case: Case, bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = verified(capsys, bundle)
    assert code == 0, said
    assert "differs" not in said
    assert "3 verdicts judged again from the counts: failed, credits of EUR 24,000.00" in said
    assert "signed    by nobody" in said
    assert "given     the counts of 2026-Q1: " in said
    assert "not seen  billing: whether its code gives these facts" in said


@pytest.mark.slow
def test_on_another_machine(bundle: Path, tmp_path: Path) -> None:
    """Another home, time zone and locale, no git, no network variable, a folder without a
    database: the same lines."""
    said = []
    for name, zone, language in (("one", "UTC", "C"), ("two", "Pacific/Apia", "tr_TR.UTF-8")):
        home = tmp_path / name
        home.mkdir()
        environment = {"HOME": str(home), "TZ": zone, "LANG": language, "LC_ALL": language,
                       "PATH": "/nowhere", "TMPDIR": str(home)}  # fmt: skip
        command = [str(Path(sys.executable).with_name("workmanship")), "verify", str(bundle)]
        done = subprocess.run(command, cwd=home, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
        assert list(home.iterdir()) == []
    assert said[0] == said[1]


def test_every_table_of_the_database_has_its_place_in_a_bundle(tmp_path: Path) -> None:
    """A table that no rule of ``records`` knows is left out: give it one, or name it ELSEWHERE."""
    with Store(tmp_path / "x.duckdb") as store:
        assert records.unknown(store) == frozenset()


def test_the_container_follows_from_the_entries(case: Case, bundle: Path) -> None:
    assert pack(unpack(bundle)) == case.bundle
    assert tampered(bundle, lambda entries: None).read_bytes() == case.bundle


def test_the_guide_tells_of_every_entry(bundle: Path) -> None:
    guide = (Path(__file__).parents[3] / "quality/evidence/README.md").read_text("utf-8")
    for name in unpack(bundle):
        folder, slash, _ = name.partition("/")
        assert name == "README.txt" or f"`{folder}{slash}`" in guide, name
