"""The other party's signature: made over what agrees, kept by us, and shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from quality.cli.app import run
from quality.evidence.archive import unpack
from quality.evidence.envelope import read
from quality.evidence.keys import half, key_id
from reports.scorecard import json as told
from reports.scorecard.page import html
from tests.conftest import Desk
from tests.quality.evidence.conftest import Case, a_key, key_files, rewritten, tampered, verified

pytestmark = pytest.mark.slow

Said = pytest.CaptureFixture[str]


def acknowledged(capsys: Said, *words: str) -> tuple[int, str]:
    capsys.readouterr()
    code = run(["acknowledge", *words])
    return code, "".join(capsys.readouterr())


def shown(desk: Desk) -> list[dict[str, object]]:
    session = desk.session
    evaluations = session.evaluate(session.requests("2026-Q3"))
    found = json.loads(told.render(evaluations))
    return list(found.get("acknowledgements", ()))


def test_both_parties_sign_the_same_manifest(case: Case, tmp_path: Path, capsys: Said) -> None:
    path = tmp_path / "acme.zip"
    path.write_bytes(case.make(key=a_key(1)))
    before = read(unpack(path)["manifest.json"])
    theirs, public = key_files(tmp_path, 2)
    code, said = acknowledged(capsys, str(path), "--key", str(theirs))
    assert (code, "send it back" in said) == (0, True), said
    after = read(unpack(path)["manifest.json"])
    assert (after.payload, after.signatures[:1]) == (before.payload, before.signatures)
    assert len(after.signatures) == 2
    _, ours = key_files(tmp_path, 1)
    code, said = verified(capsys, path, "--key", str(ours), "--key", str(public))
    assert (code, said.count("signed    by key")) == (0, 2)
    once = path.read_bytes()
    assert acknowledged(capsys, str(path), "--key", str(theirs))[0] == 0
    assert path.read_bytes() == once, "a key signs once"


def test_nobody_signs_what_does_not_agree(bundle: Path, tmp_path: Path, capsys: Said) -> None:
    edit = rewritten("evaluation.json", lambda d: d["credits"].update(total="1.00"))
    tampered(bundle, edit, restate=True)
    before = bundle.read_bytes()
    key, _ = key_files(tmp_path, 2)
    code, said = acknowledged(capsys, str(bundle), "--key", str(key))
    assert (code, "was not signed" in said) == (1, True), said
    assert bundle.read_bytes() == before


def test_what_came_back_is_kept_and_shown(changing: Desk, bundle: Path, tmp_path: Path,
                                          capsys: Said) -> None:  # fmt: skip
    key, _ = key_files(tmp_path, 2)
    contract = str(changing.contracts[0])
    assert acknowledged(capsys, str(bundle), "--contract", contract)[0] == 2, "it is not signed"
    assert shown(changing) == []
    assert acknowledged(capsys, str(bundle), "--key", str(key))[0] == 0
    code, said = acknowledged(capsys, str(bundle), "--contract", contract)
    assert (code, "acme.acknowledged" in said) == (0, True), said
    (one,) = shown(changing)
    signer = read(unpack(bundle)["manifest.json"]).signers[0]
    assert (one["key"], one["stands"]) == (signer, True)
    session = changing.session
    evaluations = session.evaluate(session.requests("2026-Q3"))
    pages = "".join(text for _, text in html.pages(evaluations, ()))
    assert f"Evidence of this result is signed by key {signer}" in pages
    assert session.evaluate(session.requests("2026-Q2"))[0].acknowledgements == ()

    assert acknowledged(capsys, str(bundle), "--contract", contract)[0] == 0
    assert shown(changing) == [one], "once, however often it is kept"
    shutil.rmtree(changing.folder / "acme.acknowledged")
    assert shown(changing) == [one], "the database has it"


def test_the_contract_says_whose_key_it_is(changing: Desk, tmp_path: Path, capsys: Said) -> None:
    theirs, _ = key_files(tmp_path, 2)
    contract = changing.contracts[0]
    names = f"signing_keys: {{supplier: ['{key_id(half(a_key(2)))}']}}\n"
    contract.write_text(contract.read_text() + names)
    path = tmp_path / "named.zip"
    words = ("--period", "2026-Q3", "--output", str(path))
    assert run(["evidence", str(contract), *words]) == 0
    acknowledged(capsys, str(path), "--key", str(theirs), "--contract", str(contract))
    assert "the supplier's, as the contract in it says" in verified(capsys, path)[1]
    (one,) = shown(changing)
    assert (one["party"], one["stands"]) == ("supplier", True)


def test_the_folder_alone_tells_it_too(changing: Desk, bundle: Path, tmp_path: Path,
                                       capsys: Said) -> None:  # fmt: skip
    key, _ = key_files(tmp_path, 2)
    acknowledged(capsys, str(bundle), "--key", str(key), "--contract", str(changing.contracts[0]))
    before = shown(changing)
    changing.session.database.unlink()
    changing.measure()
    assert shown(changing) == before != []


def test_another_result_than_the_one_that_was_signed(
    changing: Desk, bundle: Path, tmp_path: Path, capsys: Said
) -> None:
    key, _ = key_files(tmp_path, 2)
    contract = changing.contracts[0]
    acknowledged(capsys, str(bundle), "--key", str(key), "--contract", str(contract))
    contract.write_text(contract.read_text().replace("minimum: 8", "minimum: 9"))
    (one,) = shown(changing)
    assert one["stands"] is False


def test_an_acknowledgement_that_was_changed_is_an_error(
    changing: Desk, bundle: Path, tmp_path: Path, capsys: Said
) -> None:
    key, _ = key_files(tmp_path, 2)
    contract = str(changing.contracts[0])
    acknowledged(capsys, str(bundle), "--key", str(key), "--contract", contract)
    (file,) = (changing.folder / "acme.acknowledged").iterdir()
    data = json.loads(file.read_text())
    data["envelope"]["payload"] = "e30="
    file.write_text(json.dumps(data))
    capsys.readouterr()
    assert run(["evaluate", contract, "--period", "2026-Q3"]) == 3
    assert "an acknowledgement in it was changed" in capsys.readouterr().err


def test_evidence_of_another_contract(bundle: Path, changing: Desk, capsys: Said,
                                      tmp_path: Path) -> None:  # fmt: skip
    key, _ = key_files(tmp_path, 2)
    acknowledged(capsys, str(bundle), "--key", str(key))
    contract = changing.contracts[0]
    contract.write_text(contract.read_text().replace("id: ACME", "id: OTHER"))
    code, said = acknowledged(capsys, str(bundle), "--contract", str(contract))
    assert (code, "which is not given" in said) == (2, True), said


def test_a_wrong_command_line(bundle: Path, tmp_path: Path, capsys: Said) -> None:
    _, public = key_files(tmp_path, 2)
    for words in ([], ["--key", str(public)], ["--key", "/nowhere"], ["--key", str(tmp_path)]):
        code, said = acknowledged(capsys, str(bundle), *words)
        assert (code, len(said.splitlines())) == (2, 1), said
