"""Evidence that came back signed: kept in the database and beside the contract, and shown.

A signature cannot be forged, so either of the two places is enough. What a party signed is a
result: verdicts and amounts, under a contract, of commits. Where these are others now, it is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quality.contract.amendments import Family
from quality.contract.contract import Contract
from quality.contract.ledger.ledger import stem
from quality.errors import DisagreementError, MeasureError, UsageError
from quality.evidence import envelope
from quality.evidence.archive import MANIFEST
from quality.evidence.envelope import Envelope, entries_of
from quality.evidence.result import result
from quality.files import write
from quality.model.canonical import dumps
from quality.model.closing import Acknowledgement
from quality.model.evaluation import Evaluation
from quality.store.acknowledgements import add, bodies
from quality.store.database import Store


def folder_of(contract: Path) -> Path:
    """Where they lie: ``acme.contract.yaml`` has ``acme.acknowledged/`` beside."""
    return contract.with_name(f"{stem(contract)}.acknowledged")


def keep(store: Store, families: Sequence[Family], path: Path, now: datetime) -> Path:
    """Keep the signatures of a bundle that came back, and return the file beside the contract
    (UsageError: it is not signed, or of no contract given)."""
    entries, manifest = entries_of(path)
    about = envelope.predicate_of(manifest)
    contract, period = _of(about)
    family = next((each for each in families if each.base.id == contract), None)
    if family is None:
        raise UsageError(f"{path} is the evidence of contract {contract}, which is not given")
    if not manifest.signatures:
        raise UsageError(f"{path} is not signed: there is nothing to keep")
    known = {(found.digest, key) for _, found in _read(store, family.base) for key in found.signers}
    name = f"{period}-{manifest.digest.removeprefix('sha256:')[:12]}"
    file = folder_of(family.base.path) / f"{name}-{len(manifest.signatures)}.json"
    if known.issuperset((manifest.digest, key) for key in manifest.signers) and file.exists():
        return file
    came = now.astimezone(UTC).replace(microsecond=0).isoformat()
    body = dumps({"envelope": json.loads(entries[MANIFEST]), "received_at": came})
    add(store, contract, period, body)
    write(file, body)
    return file


def with_acknowledgements(
    store: Store, families: Sequence[Family], evaluations: Sequence[Evaluation]
) -> tuple[Evaluation, ...]:
    """The same evaluations with who signed evidence of them."""
    found = {each.base.id: (each, [*_read(store, each.base)]) for each in families}
    return tuple(
        replace(each, acknowledgements=tuple(_shown(each, *found[each.contract_id])))
        for each in evaluations
    )


def _shown(
    evaluation: Evaluation, family: Family, found: Sequence[tuple[datetime, Envelope]]
) -> Iterator[Acknowledgement]:
    """Each key once a manifest, in the order in which they came."""
    now, seen = "", set()
    for came, manifest in sorted(found, key=lambda each: (each[0], each[1].digest)):
        about = envelope.predicate_of(manifest)
        if _of(about)[1] != evaluation.period.id:
            continue
        now = now or result(evaluation)
        for key in manifest.signers:
            if (manifest.digest, key) not in seen:
                seen.add((manifest.digest, key))
                party = family.in_force(evaluation.period).party_of(key)
                stands = about.get("result") == now
                yield Acknowledgement(key, manifest.digest, came, stands, party)


def _read(store: Store, contract: Contract) -> Iterator[tuple[datetime, Envelope]]:
    """What database and folder hold for a contract, whose signatures hold (MeasureError)."""
    folder = folder_of(contract.path)
    texts = {body: str(store.path) for body in bodies(store, contract.id)}
    try:
        for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
            texts.setdefault(path.read_bytes().decode("utf-8", "replace"), str(path))
    except OSError as error:
        raise MeasureError(f"cannot read {folder}: {error.strerror}") from error
    for text, place in texts.items():
        try:
            data = json.loads(text)
            came = datetime.fromisoformat(data["received_at"])
            found = envelope.read(dumps(data["envelope"]).encode())
            is_ours = _of(envelope.predicate_of(found))[0] == contract.id
        except (DisagreementError, ValueError, KeyError, TypeError, RecursionError):
            raise MeasureError(f"{place}: an acknowledgement in it was changed: restore it from "
                               f"the signed bundle") from None  # fmt: skip
        if is_ours:
            yield came, found


def _of(about: dict[str, Any]) -> tuple[str, str]:
    """The contract's id and the period that a manifest speaks of (DisagreementError)."""
    try:
        return str(about["contract"]["id"]), str(about["period"]["id"])
    except (KeyError, TypeError):
        raise DisagreementError(f"{MANIFEST} does not say of what it is the evidence") from None
