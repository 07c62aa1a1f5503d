"""A token opens a server's door, and leaves no trace."""

import base64
import functools
import http.server
import logging
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.collectors.git.histories import history, refusal
from tests.repositories import Repository


class Guarded(http.server.SimpleHTTPRequestHandler):
    """Serves a folder to those who send the right token."""

    wanted = "Basic " + base64.b64encode(b"me:SECRET").decode()

    def do_GET(self) -> None:
        if self.headers.get("Authorization") == self.wanted:
            super().do_GET()
        else:
            self.send_response(401)
            self.send_header("WWW-Authenticate", "Basic")
            self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def https(tmp_path: Path, repo: Repository, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The repository behind https and a token; the server's name and port."""
    if not shutil.which("openssl"):
        pytest.skip("openssl makes the server's certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    monkeypatch.setenv("GIT_SSL_CAINFO", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    handler = functools.partial(Guarded, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"localhost:{server.server_port}"
        server.shutdown()


def test_a_token_opens_the_door_and_leaves_no_trace(
    https: str,
    tmp_path: Path,
    repo: Repository,
    mirrors: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tip = repo.commit({"a.py": "1"})
    repo.git("update-server-info")
    arguments = tmp_path / "bin" / "git"
    arguments.parent.mkdir()
    arguments.write_text(
        f"""#!/bin/sh
printf '%s\\n' "$@" >> {tmp_path}/argv
exec {shutil.which("git")} "$@"
"""
    )
    arguments.chmod(0o755)
    monkeypatch.setenv("PATH", f"{arguments.parent}:{os.environ['PATH']}")
    caplog.set_level(logging.DEBUG)
    secrets = (b"SECRET", base64.b64encode(b"me:SECRET"), b"WRONG")

    line = refusal(lambda: history(mirrors, f"https://{https}/source"))
    assert line.endswith("set WORKMANSHIP_TOKEN_LOCALHOST to a token that may read it")
    wrong = refusal(lambda: history(mirrors, f"https://me:WRONG@{https}/source"))
    assert "WRONG" not in wrong
    assert history(mirrors, f"https://me:SECRET@{https}/source") == (tip,)
    monkeypatch.setenv("WORKMANSHIP_TOKEN_LOCALHOST", "me:SECRET")
    assert history(mirrors, f"https://{https}/source") == (tip,)

    written = [path for path in mirrors.rglob("*") if path.is_file()]
    assert len([path for path in mirrors.iterdir() if path.suffix == ".git"]) == 1
    for path in (*written, tmp_path / "argv"):
        assert not any(secret in path.read_bytes() for secret in secrets), path
    assert not any(secret.decode() in caplog.text for secret in secrets)
