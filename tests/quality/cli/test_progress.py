"""Progress: what a user sees while a measurement runs, by a clock of the test's own."""

import io

from rich.console import Console
from rich.progress import Progress

from quality.cli.progress import SILENCE, Bar


class Screen:
    """A bar on no terminal, with a clock that the test turns."""

    def __init__(self, verbose: bool = True) -> None:
        self.now, self.file = 100.0, io.StringIO()
        console = Console(file=self.file, soft_wrap=True)
        self.progress = Progress(console=console, disable=True)
        self.bar = Bar(self.progress, verbose, lambda: self.now)

    @property
    def share(self) -> float:
        return self.progress.tasks[0].completed

    def lines(self) -> list[str]:
        return self.file.getvalue().splitlines()


def test_the_bar_never_falls_back() -> None:
    screen = Screen()
    screen.bar.expect(10, 100)
    screen.bar.done(5, 60)
    assert screen.share == 0.6
    screen.bar.expect(30, 300)  # a gate learns later that it needs more
    assert screen.share == 0.6
    screen.bar.done(10, 100)
    assert screen.share == 0.6
    screen.bar.done(25, 240)
    assert screen.share == 1.0


def test_the_time_left_is_the_rest_at_the_speed_so_far() -> None:
    screen = Screen()
    screen.bar.expect(4, 400)
    screen.now += 30
    screen.bar.done(1, 100)
    assert screen.progress.tasks[0].fields["left"] == "ETA 0:01:30"
    screen.now += 10
    screen.bar.look()
    assert screen.progress.tasks[0].fields["left"] == "ETA 0:02:00"
    assert screen.progress.tasks[0].fields["count"] == "1/4, 0.0/s"  # one in 40 seconds
    screen.bar.done(2, 200)
    assert screen.progress.tasks[0].fields["count"] == "3/4, 0.1/s"


def test_a_line_comes_before_five_seconds_are_over_and_names_what_is_in_hand() -> None:
    screen = Screen()
    screen.bar.say("billing: reading the repository")
    screen.bar.expect(2, 200)
    screen.bar.follow(lambda: ["billing: src/[red]\x1b[2Ja.py (pylint)", "billing: b.py (lizard)"])
    for _ in range(10):
        screen.now += 1
        screen.bar.look()
    named = r"0 of 2 measured: billing: src/[red]\x1b[2Ja.py (pylint), billing: b.py (lizard)"
    assert screen.lines() == ["billing: reading the repository", named, named]
    assert SILENCE + 1 <= 5  # a look comes each second


def test_a_slow_repository_is_named_too() -> None:
    screen = Screen()
    screen.bar.say("billing: reading the repository")
    screen.now += SILENCE
    screen.bar.look()
    assert screen.lines() == ["billing: reading the repository"] * 2


def test_without_verbose_nothing_is_printed() -> None:
    screen = Screen(verbose=False)
    screen.bar.say("billing: reading the repository")
    screen.now += 60
    screen.bar.look()
    assert screen.lines() == []
