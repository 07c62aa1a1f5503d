"""Where a repository lives: which URLs are obeyed, and how a token is kept out of sight."""

from __future__ import annotations

import base64
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from quality.errors import MeasureError
from quality.model.address import HELPER, SCHEME

# One variable a host: a token for all hosts would reach every supplier's server.
TOKEN = "WORKMANSHIP_TOKEN"  # noqa: S105 - the variable's name, not a token

_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_.])?|\[[0-9A-Fa-f:.]+\]")
_USER = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.+@\\-]*")
_SCP = re.compile(r"(?:([^@/:]*)@)?(\[[^\]/]*\]|[^/:]*):(.*)")

_URL = r"(?<![A-Za-z0-9+.-])([A-Za-z][A-Za-z0-9+.-]*://)"
_SECRETS = (
    # user:password@ (a password may hold any character), then token@, but not the user of ssh.
    (re.compile(rf"{_URL}[^\s/?#:@]*:(?!\d+/)[^\s'\"<>]*@"), r"\1***@"),
    (re.compile(rf"(?!ssh:){_URL}[^\s/?#'\"<>]*@"), r"\1***@"),
    (re.compile(r"((?:token|secret|passw(?:or)?d|api_?key)(?:%3D|[=:])\s*)[^\s&;,'\"]+", re.I),
     r"\1***"),
    (re.compile(r"(authorization:\s*)(?:(?:basic|bearer|token)\s+)?[^\s'\"]+", re.I), r"\1***"),
    (re.compile(r"\b(?:gh[oprsu]_|github_pat_|gl[a-z]{2,6}-)[A-Za-z0-9_-]{16,}"), "***"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """A repository's address without credentials. ``host`` is "" on the user's own disk;
    ``authorization`` is the https header's value, "" without a token."""

    url: str
    host: str
    authorization: str = field(default="", repr=False)

    @property
    def token_variable(self) -> str:
        """The environment variable that holds this host's token."""
        return token_variable(self.host)


def token_variable(host: str) -> str:
    """The environment variable that holds a host's token."""
    return f"{TOKEN}_{re.sub('[^A-Za-z0-9]', '_', host).upper()}"


def parse(name: str, url: str, environment: Mapping[str, str] = os.environ) -> Address:
    """The address of repository ``name``, its credentials taken from the URL or ``environment``.

    https, ssh (also user@host:path), file:// and paths; all else is refused (MeasureError), so
    that no URL can name a program, an option or a remote helper. A path starts at the current
    folder. A token is looked for in WORKMANSHIP_TOKEN_<HOST>, never sent to another host; it may
    be ``user:token`` where the host wants a certain user.
    """
    if not url or url != url.strip() or any(map(_hidden, url)):
        raise _refused(name, url, "remove white space and control characters around or in it")
    scheme = SCHEME.match(url)
    known = scheme is None or scheme[1] in {"https", "ssh", "file"}
    if url.startswith("-") or HELPER.match(url) or not known:
        raise _refused(name, url, "use https, ssh, file:// or a path")
    if scheme:
        if scheme[1] == "file":
            return Address(url, "")
        return _ssh(name, url) if scheme[1] == "ssh" else _https(name, url, environment)
    if scp := _SCP.fullmatch(url):
        user, host, path = scp.groups()
        if "@" in path.partition("/")[0]:
            raise _refused(name, "***", "ssh takes no password from a URL: write user@host:path")
        named = _HOST.fullmatch(host) and (user is None or _USER.fullmatch(user))
        if not named or not path or path.startswith("-"):
            raise _refused(name, url, "write user@host:path")
        return Address(url, host)
    return Address(str(Path(url).expanduser().absolute()), "")


def _https(name: str, url: str, environment: Mapping[str, str]) -> Address:
    parts, host = _split(name, url)
    if parts.query or parts.fragment or "?" in url or "#" in url:
        raise _refused(name, url, f"remove ?... and #... and put the token into {TOKEN}_<HOST>")
    if " " in url or "@" in parts.path:  # "@": perhaps a token with a slash in it
        raise _refused(name, url, "write blanks as %20, @ in a path as %40, / in a token as %2F")
    userinfo, _, place = parts.netloc.rpartition("@")
    address = Address(parts._replace(netloc=place).geturl(), host)
    user, _, password = userinfo.partition(":")
    secret = f"{unquote(user)}:{unquote(password)}" if userinfo else ""
    secret = secret or environment.get(address.token_variable, "").strip()
    if not secret:
        return address
    if ":" not in secret:  # GitHub and GitLab take any user beside a token
        secret = f"x-access-token:{secret}"
    encoded = base64.b64encode(secret.encode()).decode()
    return Address(address.url, host, f"Basic {encoded}")


def _ssh(name: str, url: str) -> Address:
    parts, host = _split(name, url)
    user, colon, _ = parts.netloc.rpartition("@")[0].partition(":")
    if colon:
        raise _refused(name, url, "ssh takes no password from a URL: use a key and ssh-agent")
    if user and not _USER.fullmatch(user):
        raise _refused(name, url, "write ssh://user@host/path")
    return Address(url, host)


def _split(name: str, url: str) -> tuple[SplitResult, str]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused(name, url, "host or port is wrong") from None
    place = parts.netloc.rpartition("@")[2]
    host = place.removesuffix(f":{port}") if port is not None else place.removesuffix(":")
    if not _HOST.fullmatch(host) or len(parts.path) < 2:
        raise _refused(name, url, "write https://host/path or ssh://user@host/path")
    return parts, host


def _refused(name: str, url: str, remedy: str) -> MeasureError:
    shown = redact(re.split("[?#]", url)[0])
    if "@" in url:  # whatever is wrong with it, a part may be a secret
        scheme = SCHEME.match(url)
        shown = f"{scheme.group() if scheme else ''}***"
    return MeasureError(f"{visible(name)}: url {visible(shown)} is not accepted: {remedy}")


def redact(text: str) -> str:
    """``text`` without credentials: user and password in URLs, token parameters, Authorization
    headers, and what looks like a GitHub or GitLab token."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return text


def visible(text: str) -> str:
    r"""``text`` on one line, every control, format and bidi character as the \xNN of its bytes."""
    return "".join(escaped(char) if _hidden(char) else char for char in text)


def visible_path(name: bytes) -> str:
    r"""A path of a tree as text, one text a path: bytes that are not UTF-8, control, format and
    bidi characters become \xNN, and so does the backslash itself."""
    text = name.decode("utf-8", "surrogateescape")
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text
    return "".join(escaped(char) if char == "\\" or _hidden(char) else char for char in text)


def escaped(char: str) -> str:
    r"""A character's UTF-8 bytes, each as \xNN."""
    undecoded = "\udc80" <= char <= "\udcff"
    encoded = char.encode("utf-8", "surrogateescape" if undecoded else "surrogatepass")
    return "".join(f"\\x{byte:02x}" for byte in encoded)


def _hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
