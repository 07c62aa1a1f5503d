"""What the command refuses to overwrite."""

from pathlib import Path

from quality.cli.app import run


def test_evidence_is_not_written_over_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "acme.contract.yaml"
    assert run(["init", str(path)]) == 0
    before = path.read_bytes()
    assert run(["evidence", str(path), "--output", str(path), "--period", "2026-Q3"]) == 2
    assert path.read_bytes() == before
