"""The repositories that the supplier delivers, and which of their files are not production code."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, field_serializer

from quality.contract.sections.baselines import Baseline
from quality.contract.text import references
from quality.contract.text.section import Identifier, Section, optional
from quality.model.address import is_path, place_of, without_credentials

Patterns = tuple[Annotated[str, AfterValidator(references.pattern)], ...]


class Repository(Section):
    """A repository that the supplier delivers: where it lies and which branch is delivered.

    ``url`` may carry a credential, so it is left out of the repr; no message may show it.
    """

    name: Identifier = Field(description="How reports name the repository")
    url: Annotated[str, AfterValidator(references.repository_url)] = Field(
        description="https://, ssh://, git@host:path, file:// or a path from this file's folder",
        repr=False,
    )
    branch: Annotated[str, AfterValidator(references.branch)] = Field(
        description="The branch that is delivered"
    )
    baseline: Baseline | None = optional("Its own baseline, in place of the contract's")
    web: Annotated[str, AfterValidator(references.web)] = Field(
        "",
        description="Where people see a line: https://host/{path}?at={commit}#{line}; of known "
        "forges it follows from url",
    )

    @field_serializer("url")
    def _publishable(self, url: str) -> str:
        return without_credentials(url)

    def source(self, contract_path: Path) -> str:
        """The URL as git takes it: a path is made absolute, from the contract file's folder."""
        if not is_path(self.url):
            return self.url
        base = contract_path.absolute().parent
        return os.path.normpath(base / Path(self.url).expanduser())

    def place(self, contract_path: Path) -> str:
        """The one spelling of where it lies, without credentials: what may be stored."""
        return place_of(self.source(contract_path))


class FilePatterns(Section):
    """Which files are not the supplier's production code; gitignore-style patterns."""

    tests: Patterns = Field(
        (
            "**/test/**", "**/tests/**", "**/Tests/**", "**/__tests__/**", "**/testdata/**",
            "**/spec/**/*_spec.rb", "**/*.Test/**", "**/*.Tests/**", "**/*.UnitTests/**",
            "**/*.IntegrationTests/**", "**/*Tests/*Tests.swift", "**/src/*Test/**",
            "**/test_*.py", "**/conftest.py", "**/*_test.go", "**/t/*.t",
            "**/*.test.[jt]s", "**/*.test.[jt]sx", "**/*.test.[cm][jt]s",
            "**/*.spec.[jt]s", "**/*.spec.[jt]sx", "**/*.spec.[cm][jt]s",
        ),
        description="Test code",
    )  # fmt: skip
    generated: Patterns = Field(
        (
            "**/*_pb2.py", "**/*_pb2.pyi", "**/*_pb2_grpc.py", "**/*.pb.go", "**/*.pb.gw.go",
            "**/*.pb.cc", "**/*.pb.h", "**/*_grpc.pb.go", "**/*_pb.js", "**/*_pb.d.ts",
            "**/*.g.cs", "**/*.g.i.cs", "**/*.designer.cs", "**/*.Designer.cs",
            "**/Migrations/*.Designer.cs", "**/Migrations/*ModelSnapshot.cs",
            "**/*.generated.*", "**/*_generated.*", "**/*.g.dart", "**/*.freezed.dart",
            "**/zz_generated.*", "**/moc_*.cpp", "**/ui_*.h", "**/qrc_*.cpp", "**/*.tab.[ch]",
            "**/lex.yy.c", "**/generated-sources/**",
        ),
        description="Code that a tool writes",
    )  # fmt: skip
    vendored: Patterns = Field(
        (
            "**/vendor/**", "**/_vendor/**", "**/node_modules/**", "**/bower_components/**",
            "**/third_party/**", "**/third-party/**", "**/thirdparty/**", "**/site-packages/**",
            "**/Pods/**", "**/*.min.js", "**/gradlew", "**/gradlew.bat",
            "**/gradle/wrapper/gradle-wrapper.jar", "**/mvnw", "**/mvnw.cmd",
            "**/.mvn/wrapper/maven-wrapper.jar",
        ),
        description="Code of third parties",
    )  # fmt: skip
