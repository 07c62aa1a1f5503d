"""Ed25519 keys: the files that hold them, what names them, and what they sign."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from quality.errors import UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

MOST = 10_000  # bytes of a key's file


def private_key(path: Path) -> Ed25519PrivateKey:
    """The private key of a PEM file (UsageError)."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    content = _read(path)
    if b"ENCRYPTED" in content:
        raise UsageError(f"{path} is encrypted: decrypt it with `openssl pkey -in {path.name}`")
    try:
        key = load_pem_private_key(content, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise UsageError(f"{path} holds no private key: {_MAKE}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(f"{path} is another kind of key: {_MAKE}")
    return key


def public_key(path: Path) -> bytes:
    """The public key of a PEM file, as DER (UsageError)."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    content = _read(path)
    if b"PRIVATE" in content:
        raise UsageError(f"{path} holds a private key: name the public one, made by "
                         f"`openssl pkey -in {path.name} -pubout`")  # fmt: skip
    try:
        key = load_pem_public_key(content)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise UsageError(f"{path} holds no public key") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError(f"{path} is another kind of key: {_MAKE}")
    return _der(key)


_MAKE = "make one with `openssl genpkey -algorithm ed25519 -out key.pem`"


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        raise UsageError(f"cannot read the key {path}: {reason}") from None


def sign(key: Ed25519PrivateKey, content: bytes) -> bytes:
    """A key's signature over some bytes: the same each time."""
    return key.sign(content)


def half(key: Ed25519PrivateKey) -> bytes:
    """The public half of a key, as DER."""
    return _der(key.public_key())


def key_id(der: bytes) -> str:
    """What names a public key: the digest of its DER."""
    return f"sha256:{hashlib.sha256(der).hexdigest()}"


def signed(der: bytes, signature: bytes, content: bytes) -> bool:
    """Whether a signature over some bytes is of this public key."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        key = load_der_public_key(der)
        if not isinstance(key, Ed25519PublicKey) or _der(key) != der:
            return False
        key.verify(signature, content)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return True


def _der(key: Ed25519PublicKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
