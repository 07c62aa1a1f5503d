"""git as a tool that nobody configures: neither the user, nor the machine, nor the supplier.

GitPython starts the commands; the environment, the limits and the end of every child are ours.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shlex
import shutil
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from subprocess import PIPE, Popen, TimeoutExpired
from typing import TYPE_CHECKING

from collectors.git.address import Address
from quality.errors import MeasureError

if TYPE_CHECKING:
    from git import Git

PROTOCOLS = "https:ssh:file"
TIMEOUT = 600  # seconds of wall time a clone or fetch may take
FILE_BYTES = 4 << 30  # a pack of ten years of honest work can pass 1 GiB
MEMORY_BYTES = 8 << 30  # address space, where git maps its packs
# What else in the caller's environment may reach git: how to find programs, proxies, the
# authorities of an own https server, the keys of ssh. All other variables are taken away.
PASSED_ON = {
    "PATH", "SSH_AUTH_SOCK", "USER", "LOGNAME", "TMPDIR",
    "http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH",
}  # fmt: skip

CONFIGURATION = Path(__file__).with_name("gitconfig")

# Variables that any shell can forget; some refuse to forget those about themselves.
PLAIN = re.compile("(?!BASH|SHELLOPTS$|E?UID$|PPID$|LINENO$)[A-Za-z_][A-Za-z0-9_]*")

# With this, git leaves a branch as it was and ends with status 0.
REJECTED = "warning: rejected "

# How the lines begin that say most, best first.
MARKS = (
    "error: object|remote: fatal|ERROR:|ssh: |Host key|.*Permission denied [(]",
    f"fatal: (?!Could not read from)|{REJECTED}",
    "fatal:|error:",
    "",
)

# What git says (a pattern) and what the user does about it.
REMEDIES = (
    ("is shallow|shallow roots",
     "the source is a shallow clone: run `git fetch --unshallow` there"),
    ("could not read (user|pass)|authentication failed|error: 40[13]|invalid cred",
     "set {token} to a token that may read it"),
    ("permission denied \\(", "load a key that may read it into ssh-agent"),
    ("host key verif", "connect once with ssh to accept the host's key"),
    ("error: 30[1278]", "the host redirects: give the final URL (it often ends in .git)"),
    ("not finished after", "it took too long: try again, or mirror a smaller repository"),
    ("(resolve|connect to|resolve hostname) |timed out|connection refused",
     "check the network, or use --offline with the mirror as it is"),
    ("transport '.*' not allowed", "use https, ssh, file:// or a path"),
    ("fsck error|error: object ",
     "git's check refuses the source's objects: let the supplier repair them"),
    ("repository corruption", "the source is damaged: run `git fsck` there"),
    ("mismatched algorithms",
     "another repository stands there: let an amendment name where the code is delivered now"),
    ("out of memory|mmap failed", "it needs more memory than a measurement may take"),
    ("no space left|file too large",
     "free disk space, or mirror a smaller repository (4 GiB a pack)"),
)  # fmt: skip


class GitFailedError(Exception):
    """git failed; the text is what it wrote to stderr, not yet fit for a user's eyes."""

    @property
    def line(self) -> str:
        """The line that says most, without git's mark, cut to a readable length."""
        lines = [line.strip() for line in str(self).splitlines() if line.strip()]
        found = (line for mark in MARKS for line in lines if re.match(mark, line))
        line = re.sub("^(remote: )?(fatal|error|warning): *", "", next(found, "no reason given"))
        return line[:300].rstrip(".")

    def remedy(self, address: Address) -> str:
        """What the user can do when ``address`` could not be cloned or fetched."""
        said = str(self)
        found = (then for pattern, then in REMEDIES if re.search(pattern, said, re.IGNORECASE))
        text = next(found, "check the url and that you may read it")
        return text.format(token=address.token_variable)


class SafeGit:
    """Runs git commands for one repository's address."""

    def __init__(self, folder: Path, address: Address, protocols: str = PROTOCOLS) -> None:
        """``folder``: where the commands run, and never inside a repository. ``protocols``: by
        which git may fetch, joined by colons; "none" for none at all."""
        self._git = _gitpython(folder)
        environment = _environment(address) | {"GIT_ALLOW_PROTOCOL": protocols}
        self._git.update_environment(**environment)

    def run(self, *args: str | Path) -> bytes:
        """A command's output (GitFailedError if it fails or takes longer than TIMEOUT)."""
        with self.open(*args) as process:
            try:
                output, errors = process.communicate(timeout=TIMEOUT)
            except TimeoutExpired:
                raise GitFailedError(f"fatal: not finished after {TIMEOUT} s") from None
        said = errors.decode(errors="replace").strip()
        if process.returncode or any(line.startswith(REJECTED) for line in said.splitlines()):
            raise GitFailedError(said or f"fatal: git ended with status {process.returncode}")
        return output

    def at(self, folder: Path, *args: str | Path) -> bytes:
        """A command's output on the bare repository ``folder``. Named explicitly, for
        safe.bareRepository forbids to find one by looking."""
        return self.run(f"--git-dir={folder}", *args)

    @contextlib.contextmanager
    def open(self, *args: str | Path) -> Iterator[Popen[bytes]]:
        """A command under way, with pipes; it and all its children are dead when the block ends."""
        ours = self._git.environment()
        foreign = [name for name in os.environ if name not in PASSED_ON and name not in ours]
        command = [*_bounded(foreign), "git", *map(str, args)]
        started = self._git.execute(command, istream=PIPE, as_process=True, start_new_session=True)
        process = started.proc
        assert process is not None  # noqa: S101 - for the type checker
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            with contextlib.suppress(BrokenPipeError):
                process.__exit__(None, None, None)


def _gitpython(folder: Path) -> Git:
    try:
        from git import Git
    except ImportError:  # so GitPython says that there is no git
        raise MeasureError("git was not found: install git 2.39 or newer") from None
    logging.getLogger("git").setLevel(logging.WARNING)  # below, it logs command lines and stderr
    return Git(folder)


def _environment(address: Address) -> dict[str, str]:
    real_home = shlex.quote(os.environ.get("HOME", "/"))
    environment = {
        "HOME": os.devnull,  # no .netrc, no .config
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "C",
        "TZ": "UTC",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": str(CONFIGURATION),
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "/bin/false",
        "SSH_ASKPASS": "/bin/false",
        "GIT_SSH_COMMAND": f"HOME={real_home} ssh -oBatchMode=yes -oConnectTimeout=30"
        " -oServerAliveInterval=15 -oPermitLocalCommand=no -oClearAllForwardings=yes",
        "GIT_SSH_VARIANT": "ssh",
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LFS_SKIP_SMUDGE": "1",
    }
    if address.authorization:  # neither argv nor a file ever sees it
        origin = "/".join(address.url.split("/", 3)[:3])
        environment |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{origin}/.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: {address.authorization}",
        }
    return environment


def _bounded(foreign: Sequence[str]) -> list[str]:
    """What bounds the command that follows, takes the ``foreign`` variables out of its environment,
    which GitPython only adds to, and lets it die with us even by kill -9 where the machine has
    setpriv(1).

    A shell does so, since Python code between fork and exec forbids vfork, and to copy this
    process costs ten times a short git. A limit that is tighter already stays. SIGXFSZ is ignored
    so that git says "file too large" and not nothing.
    """
    plain = [name for name in foreign if PLAIN.fullmatch(name)]
    others = [f"--unset={name}" for name in foreign if name not in plain]
    shell = (
        f"{{ unset {' '.join(plain)}; ulimit -c 0; ulimit -t {2 * TIMEOUT};"
        f" ulimit -f {FILE_BYTES // 512}; ulimit -v {MEMORY_BYTES // 1024};"
        " trap '' XFSZ; } 2>/dev/null; exec \"$@\""
    )
    dying = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    return ["sh", "-c", shell, "sh", *dying, *(["env", *others] if others else [])]
