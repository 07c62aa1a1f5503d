"""An API that fails, limits, lies and leads away: what is asked again, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from collectors.records import download
from quality.errors import NoReportError, UnreachableError
from tests.collectors.records.servers import Answer, Asked, Told, serving


def scripted(*answers: Any) -> Told:
    """Answers one after the other; the last one again and again."""
    rest = list(answers)
    return lambda path, query: rest.pop(0) if len(rest) > 1 else rest[0]


def fails(asked: Asked, why: str) -> None:
    with pytest.raises(UnreachableError, match=why) as error:
        asked.server().get("x", {})
    assert str(error.value).isprintable()


def test_what_stands_at_a_path_and_query_comes_with_the_token_of_the_host() -> None:
    with serving(scripted([1]), below="/api/v4/projects/7") as asked:
        assert asked.server().get("issues", {"a": "b c&d", "labels": "x=y"}) == b"[1]"
        asked.server(WORKMANSHIP_TOKEN_127_0_0_1="abc", WORKMANSHIP_TOKEN_OTHER="no").get("", {})
        asked.server("Token token={}", WORKMANSHIP_TOKEN_127_0_0_1="abc").get("", {})
        asked.server(WORKMANSHIP_TOKEN_127_0_0_1="me:abc").get("", {})
    assert asked.paths == ["/api/v4/projects/7/issues", *["/api/v4/projects/7"] * 3]
    assert asked.queries[0] == {"a": "b c&d", "labels": "x=y"}
    assert asked.tokens == [None, "Bearer abc", "Token token=abc", "Basic bWU6YWJj"]
    assert asked.waited == []


LIMITS = [
    (Answer(status=429, headers={"Retry-After": "17"}), 18),
    (Answer(status=429, headers={"Retry-After": "Mon, 02 Mar 2026 09:15:30 GMT"}), 31),
    (Answer(status=403, headers={"X-RateLimit-Remaining": "0",
                                 "X-RateLimit-Reset": "1772442960"}), 61),
    (Answer(status=429, headers={"RateLimit-Reset": "1772442910"}), 11),
    (Answer(status=403, headers={"Retry-After": "60"}), 61),
    (Answer(status=503, headers={"Retry-After": "5"}), 6),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "seconds"), LIMITS)
def test_a_limit_is_waited_for_as_long_as_the_server_says(limit: Answer, seconds: int) -> None:
    with serving(scripted(limit, {"ok": 1})) as asked:
        assert asked.server().get("x", {}) == b'{"ok": 1}'
    assert asked.waited == [seconds]


FAILURES = [
    Answer(status=500), Answer(status=502), Answer(status=429), Answer(b"[1", length=400),
    Answer(status=503, headers={"Retry-After": "soon"}),
]  # fmt: skip


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_is_asked_again_later_each_time(failure: Answer) -> None:
    with serving(scripted(failure, failure, failure, [1])) as asked:
        assert asked.server().get("x", {}) == b"[1]"
    assert len(asked.paths) == 4
    for wait, most in zip(asked.waited, (1, 2, 4), strict=True):
        assert most / 2 <= wait <= most


def test_patience_ends() -> None:
    with serving(scripted(Answer(status=500))) as asked:
        fails(asked, r"the server fails \(HTTP 500\), 6 times: what came is kept")
    assert len(asked.paths) == 6
    with serving(scripted(Answer(status=429, headers={"Retry-After": "86400"}))) as asked:
        fails(asked, "asks to wait 86,400 s")
    assert asked.waited == []


def test_a_run_has_an_end() -> None:
    with serving(scripted(Answer(status=500))) as asked:
        server, ticks = asked.server(), iter([0.0, 0.0, 4_000.0, 8_000.0])
        server.clock = lambda: next(ticks)
        with pytest.raises(UnreachableError, match="not finished after 3,600 s"):
            server.get("x", {})
    assert len(asked.paths) == 3


@pytest.fixture(scope="module")
def moved() -> Iterator[Asked]:
    def told(path: str, query: dict[str, str]) -> Any:
        places = {
            "here": f"{asked.url}/there",
            "away": asked.url.replace("127.0.0.1", "localhost") + "/there",
            "file": "file:///etc/passwd",
            "round": f"{asked.url}/round",
        }
        return Answer(status=302, headers={"Location": places[path]}) if path in places else [1]

    with serving(told) as asked:
        yield asked


def test_a_redirect_is_followed_on_the_same_host_only(moved: Asked) -> None:
    assert moved.server().get("here", {}) == b"[1]"
    for path, why in (("away", "redirects to http://localhost"), ("file", "an address that"),
                      ("round", "an address that is not followed")):  # fmt: skip
        with pytest.raises(UnreachableError, match=why):
            moved.server().get(path, {})


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(status=401), "no permission .*: set WORKMANSHIP_TOKEN_127_0_0_1"),
        (Answer(status=403), "no permission"),
        (Answer({"errorMessages": ["no field \x1b[31m projekt"]}, 400),
         "refuses the query .*400.*no field .* projekt"),
        (Answer(b"<html>", kind="text/html"), "answers with text/html, not with JSON"),
        (Answer(status=418), "the server fails"),
    ],
)  # fmt: skip
def test_what_does_not_get_better_is_not_asked_again(answer: Answer, why: str) -> None:
    with serving(scripted(answer)) as asked:
        fails(asked, why)
    assert len(asked.paths) == 1


def test_what_is_not_there_is_missing() -> None:
    with serving(scripted(Answer(status=404))) as asked, pytest.raises(NoReportError):
        asked.server().get("x", {})


def test_an_answer_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "LARGEST", 4_999)
    with serving(scripted(Answer(b"x" * 5_000))) as asked:
        fails(asked, "an answer is larger than 4,999 bytes")


def test_nobody_there_is_asked_again_too() -> None:
    asked = Asked(url="http://127.0.0.1:9")
    fails(asked, "no answer: .*, 6 times")
    assert len(asked.waited) == 5
