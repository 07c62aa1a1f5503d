"""The catalogue of signs: what can lift a value without better code, and no service level judges.

A sign accuses nobody: honest code shows them too. It names the places at which a reader should look
before he believes a value. The places come from the query of the same name in
``quality/store/sql/signs``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignRow:
    """One row of the catalogue: ``title`` heads the places, ``meaning`` says which number they move
    and what a reader should ask."""

    id: str
    title: str
    meaning: str


_CATALOGUE = (
    SignRow("moved", "Code that left production",
            "Production files of the period before that now lie among tests, generated or vendored "
            "files, or in a form that no reader knows: no service level judges them any more."),
    SignRow("shrunk", "A fifth of the code gone",
            "The production code lost more than a fifth of its lines since the period before. Ask "
            "where it went: a repository that the contract does not name is judged by nobody."),
    SignRow("grown", "Half as much code again",
            "The production code gained half of its lines or more since the period before, which "
            "lowers every share and density if what came is simple. Ask whose code it is."),
    SignRow("tiny", "Mostly tiny functions",
            "Functions of at most three lines hold more than half of all functions' lines, which "
            "lowers every share of bad functions: padding, or one function cut into many."),
    SignRow("dense", "Very long lines",
            "Functions with more than 30 tokens a line: on so few lines they hardly weigh in a "
            "share of lines, however complex they are."),
    SignRow("sparse", "Lines with next to nothing on them",
            "Functions of at least 40 lines with fewer than 3 tokens a line: such lines cost "
            "nothing and raise every denominator."),
    SignRow("outside", "Lines in no function",
            "Files of at least 500 lines of code of which less than a tenth is in functions: long "
            "literals and tables dilute every density, and what they steer is judged nowhere. And "
            "code of which such files, however small, hold more than half."),
    SignRow("choices", "Choices that no branch shows",
            "Functions with 20 comparisons or more beyond twice their decisions: as arithmetic, "
            "indices or filters they decide as much as ifs would, and no complexity counts them."),
    SignRow("texts", "Code in texts",
            "Production files whose strings hold 10 branches or more, of SQL, a page or a program: "
            "whatever runs them, no analyzer reads them."),
    SignRow("keywords", "Keywords behind macros",
            "Macros that are nothing but a keyword of control flow: a function of another file "
            "that uses them looks as if it had no branches."),
    SignRow("loaded", "Data that is run as code",
            "Production files that include or run a file that is data by its suffix: no service "
            "level judges what stands in it."),
    SignRow("unseen", "Code that nobody looks at",
            "Files that can hold logic and no analyzer reads, links and submodules: no service "
            "level but unseen.share counts them, and its explanation says why each one does."),
    SignRow("claimed", "Claims to be generated",
            "Production files whose first lines say that a tool wrote them. The claim changes no "
            "number: only the contract's patterns take generated code out."),
    SignRow("excluded", "Code that patterns take out",
            "Generated and vendored code, where it is a tenth of all code but tests or more: no "
            "service level judges it. Ask who wrote it, and what changed in it."),
    SignRow("tested", "Complex functions among the tests",
            "Functions of test files with a cyclomatic complexity above 20: a test rarely has one, "
            "and what production code runs no service level judges here."),
    SignRow("imported", "Production code among the tests",
            "Production files that import a test file: what they run no service level judges. Move "
            "it out of the tests, or mend the contract's patterns."),
    SignRow("twins", "Names that look alike",
            "Paths that differ by case or Unicode normal form only: on some machines one of them "
            "hides the other. All of them are measured."),
)  # fmt: skip

SIGNS = {sign.id: sign for sign in _CATALOGUE}
