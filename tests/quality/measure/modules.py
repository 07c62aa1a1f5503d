"""Modules of Python to be measured, and the command line in a process of its own."""

import sys

MAIN = [sys.executable, "-c", "from quality.cli.app import main; main()"]


def module(number: int) -> str:
    return f"def f{number}(a):\n    if a:\n        return {number}\n    return undefined{number}\n"
