"""Names that are there."""

import collections
import json
import os
import sys
from os import getcwd

try:
    import tomllib
except ImportError:
    tomllib = None

try:
    from os import getcwdu as current
except ImportError:
    current = getcwd


class Basket:
    def __init__(self, **options):
        self.items = []
        self.__dict__.update(options)

    def add(self, item):
        self.items.append(item)
        self.kept.append(item)


class Counted:
    """A mixin: what it lacks, another base class has."""

    def count(self):
        return len(self.rows())


class Plain:
    def __init__(self):
        self.value = 1
        if hasattr(self, "later"):
            print(self.later)

    def set(self, name, value):
        setattr(self, name, value)
        return self.anything


class Open:
    def __getattr__(self, name):
        return name

    def any(self):
        return self.anything


class Parent:
    def run(self):
        return self.step()


class Child(Parent):
    def step(self):
        return 1


def where():
    if sys.platform == "win32":
        os.startfile("a")
    return os.path.join(getcwd(), "a", current())


def load(path):
    with open(path, encoding="utf-8") as file:
        content = file.read()
    return json.loads(content), tomllib


def group(rows):
    result = collections.defaultdict(list)
    for key, value in rows:
        result[key].append(value)
    return result


def shout(name):
    return "Hello {}".format(name).upper(), Child().run(), Plain().set("a", 1), Open().any()
