"""``workmanship.yaml``: commands without arguments, and mistakes with their place."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import pytest

from quality.cli.app import run
from tests.conftest import Desk, Kept

HEAD = "format: workmanship.workspace/1\n"
Said = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def two_contracts(shared_desk: Desk) -> Kept:
    """Two contracts in a folder of their own; the repositories are measured."""
    whole, shared_desk.folder = shared_desk.folder, shared_desk.folder / "contracts"
    shared_desk.folder.mkdir()
    for name in ("acme", "blue"):
        shared_desk.repository(name, {"a.py": "def f(a):\n    return a\n"})
        shared_desk.contract([name], name=name)
    shared_desk.database = whole / "kept/m.duckdb"
    shared_desk.measure()
    shared_desk.folder = whole
    return Kept(shared_desk)


@pytest.fixture
def desk(desk: Desk, two_contracts: Kept) -> Desk:
    """The two contracts as they were measured."""
    two_contracts.lay_out(desk)
    return desk


def write(desk: Desk, text: str) -> Path:
    path = desk.folder / "workmanship.yaml"
    path.write_text(HEAD + text)
    return path


def said(capsys: Said, folder: Path, *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    with chdir(folder):
        code = run(list(words))
    return code, *capsys.readouterr()


WHOLE = """\
contracts: [contracts/*.contract.yaml]
database: kept/m.duckdb
output: out
defaults: {strict: true, quiet: true, jobs: 1}
"""


def test_every_command_works_without_arguments(desk: Desk, capsys: Said) -> None:
    write(desk, WHOLE)
    inside = desk.folder / "contracts"
    for folder in (desk.folder, inside):
        _, out, err = said(capsys, folder, "evaluate", "--period", "2026-Q3", "--verbose")
        assert ("ACME" in out, "BLUE" in out, "not measured" in out + err) == (True, True, False)
        assert said(capsys, folder, "check")[0] == 0
    assert said(capsys, inside, "report", "--period", "2026-Q3")[0] in (0, 1)
    assert (desk.folder / "out/index.html").exists()
    assert said(capsys, inside, "measure", "--offline")[0] == 0
    assert not (inside / "out").exists()


def test_the_command_line_goes_before(desk: Desk, capsys: Said) -> None:
    write(desk, WHOLE)
    one = str(Path("contracts/acme.contract.yaml"))
    code, out, _ = said(capsys, desk.folder, "evaluate", one, "--period", "2026-Q3", "--verbose")
    assert ("ACME" in out, "BLUE" in out) == (True, False)
    words = ("evaluate", one, "--period", "2026-Q3", "--database", "other.duckdb")
    code, out, _ = said(capsys, desk.folder, *words)
    assert (code, "run `workmanship measure`" in out) == (3, True)


def test_defaults_hold_for_commands_that_have_them(desk: Desk, capsys: Said) -> None:
    """A key service level fails: ``strict`` makes that exit code 1."""
    from tests.quality.cli.commands import BRANCHY
    from tests.quality.cli.test_cli import FAILS_KEY

    folder = desk.folder / "strict"
    folder.mkdir()
    one = Desk(folder)
    one.repository("code", {"a.py": BRANCHY})
    one.contract(["code"], FAILS_KEY)
    one.measure()
    for strict, code in (("false", 0), ("true", 1)):
        write(one, f"contracts: [acme.contract.yaml]\ndefaults: {{strict: {strict}}}\n")
        assert said(capsys, folder, "evaluate", "--period", "2026-Q3")[0] == code


def test_one_contract_is_taken_where_there_is_one(desk: Desk, capsys: Said) -> None:
    write(desk, WHOLE)
    code, _, err = said(capsys, desk.folder, "explain", "--service-level", "TQ-1")
    assert (code, "name one of the workspace's contracts: contracts/acme" in err) == (2, True)
    write(desk, WHOLE.replace("/*", "/acme*"))
    words = ("explain", "--service-level", "TQ-1", "--period", "2026-Q3")
    assert said(capsys, desk.folder, *words)[0] == 0


WRONG = {
    "contracts: 7": "2:12: contracts: ",
    "contracts: []": "2:12: contracts: ",
    "contracts: [nothing/*.yaml]": '2:13: contracts[0]: "nothing/*.yaml" matches no contract file',
    "contracts: [/etc/*.yaml]": '2:13: contracts[0]: "/etc/*.yaml" must lie below this',
    "contracts: [../*.yaml]": '2:13: contracts[0]: "../*.yaml" must lie below this',
    "contracts: [contracts/*.yaml]\ndatabase: /etc/x": '3:11: database: "/etc/x" must lie below',
    "contracts: [contracts/*.yaml]\nengine: dask://x": "3:1: engine: is not a known key here",
    "contracts: [contracts/*.yaml]\ndefaults: {engine: x}": "3:12: defaults.engine: is not",
    "contracts: [contracts/*.yaml]\ndefaults: {jobs: many}": "3:18: defaults.jobs: ",
    "contracts: [contracts/*.yaml]\ndefaults: {memory: lots}": '3:20: defaults.memory: "lots"',
    "contracts: [contracts/*.yaml]\ncontracts: [x]": "3:1: contracts: ",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_mistake_has_its_place(desk: Desk, capsys: Said, text: str) -> None:
    path = write(desk, text + "\n")
    code, out, err = said(capsys, desk.folder, "evaluate")
    assert (code, out) == (2, "")
    assert err.startswith(f"{path}:{WRONG[text]}"), err


def test_without_a_workspace_a_contract_must_be_named(tmp_path: Path, capsys: Said) -> None:
    for command in ("evaluate", "check", "measure", "explain"):
        words = (command, "--service-level", "x") if command == "explain" else (command,)
        code, out, err = said(capsys, tmp_path, *words)
        assert (code, out, len(err.splitlines())) == (2, "", 1)
        assert "there is no workmanship.yaml here" in err


def test_the_gate_reads_no_workspace(desk: Desk, capsys: Said) -> None:
    """It runs in the supplier's checkout, whose files decide nothing."""
    write(desk, WHOLE)
    code, _, err = said(capsys, desk.folder, "gate")
    assert (code, "matches" in err) == (2, False)
    (desk.folder / "workmanship.yaml").write_text("rubbish: [")
    assert said(capsys, desk.folder, "gate")[2] == err
    assert said(capsys, desk.folder, "doctor")[0] in (0, 3)


def test_amendments_and_ledgers_beside_a_contract_are_no_contracts(
    desk: Desk, capsys: Said
) -> None:
    (desk.folder / "contracts/acme.events.yaml").write_text(
        "format: workmanship.events/1\ncontract: ACME\nentries: []\n"
    )
    write(desk, WHOLE.replace("*.contract.yaml", "*.yaml"))
    assert said(capsys, desk.folder, "check")[0] == 0
