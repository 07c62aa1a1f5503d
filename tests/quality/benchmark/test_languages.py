"""Which language a system is written in."""

from quality.benchmark.languages import by_language, language_of


def test_one_reader_reads_two_languages_and_headers_go_with_the_larger() -> None:
    rows = [("cpp", ".c", 700), ("cpp", ".h", 250), ("cpp", ".cc", 50)]
    assert by_language(rows) == {"c": 950, "cpp": 50}
    assert language_of(rows) == "c"
    assert language_of([("cpp", ".c", 50), ("cpp", ".h", 250), ("cpp", ".cc", 700)]) == "cpp"
    assert language_of([("cpp", ".h", 250)]) == "cpp"  # a library of headers alone


def test_dialects_are_one_language() -> None:
    rows = [("typescript", ".ts", 400), ("tsx", ".tsx", 200), ("javascript", ".js", 100)]
    assert language_of(rows) == "javascript"


def test_seventy_percent_is_enough_and_less_is_not() -> None:
    assert language_of([("python", ".py", 70), ("go", ".go", 30)]) == "python"
    assert language_of([("python", ".py", 69), ("go", ".go", 31)]) == ""


def test_a_language_without_public_systems_is_none() -> None:
    assert language_of([("rust", ".rs", 100)]) == ""
    assert language_of([]) == ""
