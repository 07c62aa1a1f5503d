"""The web address of a line of code at a commit, built from checked parts only.

A template is an https address with ``{path}``, ``{commit}`` and, where it knows lines, ``{line}``:
the contract gives it, or it follows from the repository's own address at a known forge.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from quality.model.address import SCHEME, is_path, place_of

HELD = re.compile(r"\{([^{}]*)\}")
_TEMPLATE = re.compile(
    r"https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?/[!-~]*", re.ASCII
)
_FORBIDDEN = re.compile(r"[\"'<>\\^`|]")
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
NEEDED, KNOWN = {"path", "commit"}, {"path", "commit", "line"}


def wrong_template(template: str) -> str:
    """What is wrong with a template, as the end of a sentence; "": nothing."""
    held = HELD.findall(template)
    if not _TEMPLATE.fullmatch(template) or _FORBIDDEN.search(template):
        return "is not an https address in printable ASCII without a user name"
    if re.search(r"[{}]", HELD.sub("", template)):
        return "has a brace that belongs to no {path}, {commit} or {line}"
    if unknown := [name for name in held if name not in KNOWN]:
        return f"knows no {{{unknown[0]}}}: use {{path}}, {{commit}} and {{line}}"
    if set(held) >= NEEDED:
        return ""
    return "needs {path} and {commit}"


def link(template: str, commit: str | None, path: str, line: int | None = None) -> str:
    """The address of a file's line at a commit; "": there is none, or a part of it is not what it
    should be. Paths are those that a snapshot lists: where a name was no UTF-8 it stands there
    written out, with backslashes, and leads nowhere."""
    if not template or wrong_template(template) or not _COMMIT.fullmatch(commit or ""):
        return ""
    if "\\" in path or any(part in {"", ".", ".."} for part in path.split("/")):
        return ""
    try:
        values = {"path": quote(path, safe="/~"), "commit": commit, "line": str(max(1, line or 1))}
    except UnicodeEncodeError:  # a lone surrogate
        return ""
    return HELD.sub(lambda match: values[match[1]] or "", template)


def template_of(url: str, stated: str = "") -> str:
    """The template of a repository: the one that the contract states, else its forge's; "": nobody
    knows it, or the repository lies on this machine."""
    if stated:
        return "" if wrong_template(stated) else stated
    scheme = SCHEME.match(url)
    if is_path(url) or (scheme and scheme[1].lower() not in {"https", "ssh"}):
        return ""
    host, *parts = place_of(url).split("/")
    if not scheme or scheme[1].lower() == "ssh":
        host = host.partition(":")[0]  # the port of ssh is none of the web's
    if any(part in {"", ".", ".."} for part in parts):
        return ""
    forge = next((make for known, make in FORGES if known.fullmatch(host)), None)
    found = forge(host, [quote(part, safe="~") for part in parts]) if forge else ""
    return "" if wrong_template(found) else found


def _github(host: str, parts: list[str]) -> str:
    return f"https://{host}/{'/'.join(parts)}/blob/{{commit}}/{{path}}#L{{line}}"


def _gitlab(host: str, parts: list[str]) -> str:
    return f"https://{host}/{'/'.join(parts)}/-/blob/{{commit}}/{{path}}#L{{line}}"


def _bitbucket(host: str, parts: list[str]) -> str:
    return f"https://{host}/{'/'.join(parts)}/src/{{commit}}/{{path}}#lines-{{line}}"


def _gitea(host: str, parts: list[str]) -> str:
    return f"https://{host}/{'/'.join(parts)}/src/commit/{{commit}}/{{path}}#L{{line}}"


def _azure(host: str, parts: list[str]) -> str:
    """``dev.azure.com/ORGANIZATION/PROJECT/_git/NAME``, by ssh ``v3/ORGANIZATION/PROJECT/NAME``;
    the older host names the organization itself."""
    if parts[:1] == ["v3"] and len(parts) == 4:
        parts = [*parts[1:3], "_git", parts[3]]
        if host.startswith("vs-ssh."):
            host, parts = f"{parts[0]}.visualstudio.com", parts[1:]
        else:
            host = "dev.azure.com"
    if "_git" not in parts:
        return ""
    return (
        f"https://{host}/{'/'.join(parts)}?path=/{{path}}&version=GC{{commit}}"
        "&line={line}&lineEnd={line}&lineStartColumn=1&lineEndColumn=1"
    )


FORGES: tuple[tuple[re.Pattern[str], Callable[[str, list[str]], str]], ...] = (
    (re.compile(r"(?:www\.)?github\.com|github\.(?!com\.).+"), _github),
    (re.compile(r"gitlab\.(?!com\.).+"), _gitlab),
    (re.compile(r"bitbucket\.org"), _bitbucket),
    (re.compile(r"codeberg\.org|(?:gitea|forgejo)\..+"), _gitea),
    (re.compile(r"(?:ssh\.)?dev\.azure\.com|(?:vs-ssh|[a-z0-9-]+)\.visualstudio\.com"), _azure),
)
"""The hosts whose addresses are known, and how each of them names a line at a commit."""
