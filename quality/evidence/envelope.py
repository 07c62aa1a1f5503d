"""The manifest: the digests of all entries as an in-toto statement, in a DSSE envelope that the
parties sign.

A signature carries its public key, so that everybody can tell whether it is one; whose key that is
only who knows the key can tell.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality.errors import DisagreementError, UsageError
from quality.evidence import keys
from quality.evidence.archive import MANIFEST, Entries, unpack
from quality.model.canonical import compact, dumps

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:workmanship:evidence:1"
MOST_SIGNATURES = 16


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature over the manifest; ``key``: the public key that it is said to be of, as DER."""

    key: bytes
    signature: bytes

    @property
    def key_id(self) -> str:
        """What names the key."""
        return keys.key_id(self.key)


@dataclass(frozen=True, slots=True)
class Envelope:
    """The manifest's bytes, and who signed them, in the order of signing."""

    payload: bytes
    signatures: tuple[Signature, ...] = ()

    @property
    def digest(self) -> str:
        """What names the manifest, whoever signed it."""
        return f"sha256:{hashlib.sha256(self.payload).hexdigest()}"

    @property
    def signers(self) -> tuple[str, ...]:
        """The keys that signed it; all signatures hold, or reading it fails."""
        return tuple(each.key_id for each in self.signatures)

    def signed_by(self, key: Ed25519PrivateKey) -> Envelope:
        """The same with one more signature; as it is where the key has signed it before."""
        if keys.key_id(keys.half(key)) in self.signers:
            return self
        found = Signature(keys.half(key), keys.sign(key, _signed(self.payload)))
        return replace(self, signatures=(*self.signatures, found))

    def text(self) -> bytes:
        """The envelope as the bundle holds it."""
        signatures = [
            {"keyid": each.key_id, "publicKey": _text(each.key), "sig": _text(each.signature)}
            for each in self.signatures
        ]
        content = {
            "payload": _text(self.payload), "payloadType": PAYLOAD_TYPE, "signatures": signatures
        }  # fmt: skip
        return dumps(content).encode()


def statement(entries: Entries, predicate: Mapping[str, Any]) -> bytes:
    """The manifest of a bundle's entries; ``predicate``: of what they are the evidence."""
    subjects = [
        {"name": name, "digest": {"sha256": hashlib.sha256(entries[name]).hexdigest()}}
        for name in sorted(entries)
        if name != MANIFEST
    ]
    content = {
        "_type": STATEMENT, "predicate": predicate, "predicateType": PREDICATE, "subject": subjects
    }  # fmt: skip
    return compact(content).encode()


def entries_of(path: Path) -> tuple[dict[str, bytes], Envelope]:
    """A bundle's entries, and its manifest, which names them as they are (UsageError: it is no
    bundle; DisagreementError: it was changed)."""
    entries = unpack(path)
    if MANIFEST not in entries:
        raise UsageError(f"{path} is not an evidence bundle: it has no {MANIFEST}")
    try:
        return entries, opened(entries)
    except DisagreementError as error:
        raise DisagreementError(f"{path}: {error}") from None


def opened(entries: Entries) -> Envelope:
    """The envelope of a bundle, whose signatures hold and whose digests are those of its entries
    (DisagreementError with the place)."""
    if MANIFEST not in entries:
        raise DisagreementError(f"it has no {MANIFEST}")
    envelope = read(entries[MANIFEST])
    try:
        content = json.loads(envelope.payload)
        stated = {each["name"]: each["digest"]["sha256"] for each in content["subject"]}
        predicate = content["predicate"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DisagreementError(f"{MANIFEST} holds no statement") from None
    for name in sorted(entries.keys() - {MANIFEST} - stated.keys()):
        raise DisagreementError(f"{name} was added: {MANIFEST} does not name it")
    for name, digest in stated.items():
        if name not in entries:
            raise DisagreementError(f"{str(name)[:80]} was removed: {MANIFEST} names it")
        if hashlib.sha256(entries[name]).hexdigest() != digest:
            raise DisagreementError(f"{name} was changed: it has not the digest in {MANIFEST}")
    if statement(entries, predicate) != envelope.payload:
        raise DisagreementError(f"{MANIFEST} is not written as a bundle's is")
    return envelope


def predicate_of(envelope: Envelope) -> dict[str, Any]:
    """Of what an opened envelope says it is the evidence (DisagreementError)."""
    found = json.loads(envelope.payload)["predicate"]
    if not isinstance(found, dict):
        raise DisagreementError(f"{MANIFEST} does not say of what it is the evidence")
    return found


def read(text: bytes) -> Envelope:
    """An envelope whose signatures hold (DisagreementError)."""
    try:
        content = json.loads(text)
        payload = _bytes(content["payload"])
        found = [(_bytes(s["publicKey"]), _bytes(s["sig"]), s["keyid"])
                 for s in content["signatures"]]  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DisagreementError(f"{MANIFEST} is not an envelope") from None
    envelope = Envelope(payload, tuple(Signature(key, sig) for key, sig, _ in found))
    if envelope.text() != text:
        raise DisagreementError(f"{MANIFEST} is not written as a bundle's is")
    if len(found) > MOST_SIGNATURES or len({*envelope.signers}) < len(found):
        raise DisagreementError(f"{MANIFEST} is signed twice by one key, or too often")
    for each in envelope.signatures:
        if not keys.signed(each.key, each.signature, _signed(payload)):
            raise DisagreementError(
                f"{MANIFEST}: the signature of key {each.key_id} is not of this manifest"
            )
    return envelope


def _signed(payload: bytes) -> bytes:
    """What is signed: DSSE's pre-authentication encoding."""
    kind = PAYLOAD_TYPE.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
