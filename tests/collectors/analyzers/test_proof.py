"""What pylint says of a file alone counts where the file proves it, and only there."""

from hashlib import sha1
from importlib import resources

import pytest

from collectors.analyzers import pylint
from quality.catalogue.recipes import load_recipe
from quality.model.facts import Blob, Finding

RECIPE = load_recipe("2026.2")
MISSING = "print(missing)\n"
Found = list[tuple[int, str]]
SHAPE = """\
class Shape:
    def __init__(self, side):
        self.side = side

    def area(self, unit):
        return self.side * unit
"""


PROVED: list[tuple[str, Found]] = [
    (f"{SHAPE}\n\nShape(1).area()\n", [(9, "E1120")]),
    (f"{SHAPE}\n    def all(self):\n        return self.areas()\n", [(9, "E1101")]),
    (f"{SHAPE}\nclass Square(Shape):\n    def all(self):\n        return self.aera(1)\n",
     [(10, "E1101")]),
    ("from os import getcwdd\ngetcwdd()\n", [(1, "E0611")]),
    ("import os.path\nos.path.joined('a')\n", [(2, "E1101")]),
    ("import json as j\nj.dump({})\n", [(2, "E1120")]),
    # its parameters have changed; that it needs two has not
    ("from shutil import copyfile\ncopyfile('a', dest='b')\n", [(2, "E1120")]),
    ("x = 5\nx()\n", [(2, "E1102")]),
    ("a, b = 1, 2, 3\nprint(a, b)\n", [(1, "W0632")]),
    ("def f():\n    return 1, 2\n\n\na, b, c = f()\nprint(a, b, c)\n", [(5, "W0632")]),
    ("def f():\n    raise 'text'\n", [(2, "E0702")]),
    ("try:\n    print()\nexcept 'text':\n    print()\n", [(3, "E0712")]),
    ("isinstance(input(), 'str')\n", [(1, "W1116")]),
    ("def f():\n    return 1\n\n\ndef f():\n    return 2\n", [(5, "E0102")]),
    ("class A:\n    def f(self):\n        return 1\n\n    def g(width):\n"
     "        return width * 2\n", [(5, "E0213")]),
    ("[].push(1)\n", [(1, "E1101")]),
    ("import abc\nclass A(abc.ABC):\n    @abc.abstractmethod\n    def f(self):\n"
     "        return 1\n\n\nA()\n", [(8, "E0110")]),
    ("'abc'[0] = 'x'\n", [(1, "E1137")]),
    ("def f():\n    return 1\n\n\ndef g():\n    if f:\n        return 2\n    return 3\n",
     [(6, "W0126")]),
]  # fmt: skip

SELF = "class A:\n    def __init__(self):\n        self.x = 1\n\n    def f(self):\n"
UNPROVED = [
    # what is called may be another thing
    "try:\n    from fast import f\nexcept ImportError:\n    def f(a):\n        return a\n\n\nf()\n",
    "from wrap import w\n\n\n@w\ndef f(a):\n    return a\n\n\nf()\n",
    "class A:\n    def __init__(self, a):\n        self.a = a\n\n    @classmethod\n"
    "    def make(cls):\n        return cls()\n",
    "class A:\n    def f(self, a):\n        raise NotImplementedError\n\n    def g(self):\n"
    "        return self.f()\n",
    "import shutil\nshutil.copytree('a', 'b', dirs_exist_ok=True)\n",
    "import inspect\nprint(inspect.get_annotations(print, format=1))\n",
    "import sys\nimport textwrap\nif sys.version_info > (9, 1):\n    textwrap.dedent('a', tabs=1)\n",
    "def f(a):\n    return a\n\n\ntry:\n    f()\nexcept TypeError:\n    print()\n",
    "from meta import M\n\n\nclass A(metaclass=M):\n    def __init__(self, a):\n"
    "        self.a = a\n\n\nA()\n",
    # who has the member may be another class
    "from base import B\n\n\nclass A(B):\n    def f(self):\n        return self.missing()\n",
    "class Mixin:\n    def f(self):\n        return self.missing()\n",
    "class A:\n    def f(self):\n        return self.missing()\n",
    f"{SELF}        setattr(self, 'y' * self.x, 1)\n        return self.y\n",
    f"{SELF}        return self.y\n\n\nA().y = 5\n",
    f"{SELF}        return self.y\n\n    def __getattr__(self, name):\n        return name\n",
    f"{SELF}        return self.y if hasattr(self, 'y') else 1\n",
    f"{SELF}        return self.y()\n\n\nclass B(A):\n    def y(self):\n        return 1\n",
    f"from other import O\n\n\n{SELF}        return self.y()\n\n\nclass B(A, O):\n    z = 1\n",
    f"{SELF}        self.x.start(self)\n        return self.given\n",
    "class A:\n    def __init__(self, **more):\n        super().__init__(**more)\n\n"
    "    def f(self):\n        return self.parent()\n",
    # the library has it elsewhere, or makes it as it runs
    "import os\nos.startfile('a')\n",
    "import string\nprint(string.letters)\n",
    "from itertools import izip\nprint(izip)\n",
    "import socket\nprint(socket.AddressFamily)\n",
    "import time\nprint(time.clock())\n",
    "print({}.has_key(1), {}.iteritems())\n",
    # names of Python 2, of star imports, of what is installed by other means
    "print(unicode(1), xrange(2), raw_input(), basestring, long(1))\n",
    "from other import *\nprint(missing)\n",
    "print(_('text'))\n",
    # names that the program writes as it runs
    "for o in ('a', 'b'):\n    globals()[o] = 1\nprint(missing)\n",
    "def f(**more):\n    globals().update(more)\n    return missing\n",
    "globals()['missing'] = 1\nprint(missing)\n",
    "names = globals()\nnames['a' * 2] = 1\nprint(missing)\n",
    "from other import fill\nfill(globals())\nprint(missing)\n",
    "from other import fill\nfill(names=vars())\nprint(missing)\n",
    "locals().update({'a': 1})\nprint(missing)\n",
    "with open('a') as file:\n    exec(file.read())\nprint(missing)\n",
    "def f(code):\n    exec(code, globals())\n    return missing\n",
    "import sys\nsetattr(sys.modules[__name__], 'a' * 2, 1)\nprint(missing)\n",
    "import sys\nsys.modules[__name__].missing = 1\nprint(missing)\n",
    "import sys\nthis = sys.modules[__name__]\nthis.missing = 1\nprint(missing)\n",
    "import sys\nsys.modules[__name__].__dict__['a' * 2] = 1\nprint(missing)\n",
    "import sys\nvars(sys.modules[__name__]).update(a=1, missing=2)\nprint(missing)\n",
    "from importlib import import_module\nm = import_module(__name__)\nprint(missing, m)\n",
    "import builtins\nbuiltins.missing = 1\nprint(missing)\n",
    "import builtins as b\nsetattr(b, 'missing', 1)\nprint(missing)\n",
    "import builtins\nbuiltins.__dict__['missing'] = 1\nprint(missing)\n",
    "__builtins__['missing'] = 1\nprint(missing)\n",
    "__builtins__.missing = 1\nprint(missing)\n",
    "import sys\nsys._getframe().f_globals['a' * 2] = 1\nprint(missing)\n",
    # what is given may be another value
    "class A:\n    last = None\n\n    def f(self):\n        a, b = self.last\n        return a, b\n",
    "def f(flag):\n    return (1, 2) if flag else (1, 2, 3)\n\n\na, b = f(1)\nprint(a, b)\n",
    "e = None\nfor e in [ValueError()]:\n    print(e)\nraise e\n",
    # two definitions on purpose
    "import sys\nif sys.argv:\n    def f():\n        return 1\nelse:\n    def f():\n        return 2\n",
    "from other import register\n\n\n@register\ndef f():\n    return 1\n\n\n@register\ndef f():\n"
    "    return 2\n",
    # methods that are none
    "class A:\n    def w(function):\n        return function\n\n    @w\n    def f(self):\n"
    "        return 1\n",
    "class A:\n    def f(self):\n        return 1\n\n    def g(text):\n        return text\n\n\n"
    "A.g('a')\n",
]
UNTOUCHED = [
    "globals()['other'] = 1\n",
    "globals().update(other=1)\n",
    "print(globals()['other'], globals().get('other'), 'other' in globals(), **globals())\n",
    "for each in list(globals()):\n    del globals()[each]\n",
    "print('%(a)s' % globals(), [each for each in vars()])\n",
    "def f(code):\n    exec(code)\n    locals()['missing'] = 1\n    return vars()\n",
    "exec('a = 1', {})\n",
    "import sys\nprint(sys.modules[__name__].__doc__, vars(sys.modules[__name__])['a'])\n",
    "import sys\nsys.modules[__name__] = sys.modules['os']\n",
    "import sys\ngetattr(sys.modules[__name__], 'a' * 2)\nsys.modules['other'].missing = 1\n",
    "import builtins\nbuiltins.other = builtins.print\nsetattr(builtins, 'another', 1)\n",
    "import timeit\ntimeit.timeit('f()', globals=globals())\n",
]


@pytest.fixture(scope="module")
def rules() -> dict[str, Found]:
    """What is found in each text of this module, ten read at once: pylint takes most of its time
    to start, and neighbours change nothing (see test_pylint)."""
    texts = [code for code, _ in PROVED] + UNPROVED + [f"{code}{MISSING}" for code in UNTOUCHED]
    blobs = {sha1(text.encode()).hexdigest(): text for text in texts}
    asked = [Blob(oid, "python", text.encode()) for oid, text in blobs.items()]
    listed = {rule.id for rule in RECIPE.listed("errors")}
    found = {}
    for start in range(0, len(asked), pylint.BATCH):
        for facts in pylint.measure(asked[start : start + pylint.BATCH], RECIPE):
            assert facts.reason is None
            rows = [row for row in facts.rows if isinstance(row, Finding)]
            counted = [(row.line, row.rule) for row in rows if row.rule in listed]
            found[blobs[facts.blob]] = sorted(counted)
    return found


@pytest.mark.parametrize(("code", "found"), PROVED)
def test_what_a_file_proves(rules: dict[str, Found], code: str, found: Found) -> None:
    assert rules[code] == found


@pytest.mark.parametrize("code", UNPROVED)
def test_what_no_file_can_prove(rules: dict[str, Found], code: str) -> None:
    assert rules[code] == []


@pytest.mark.parametrize("code", UNTOUCHED)
def test_a_name_that_nothing_writes_is_missing(rules: dict[str, Found], code: str) -> None:
    assert rules[code + MISSING] == [(code.count("\n") + 1, "E0602")]


def test_the_tables_of_other_versions_are_sorted_and_name_each_owner_once() -> None:
    text = resources.files("collectors.analyzers").joinpath("pylint_process/elsewhere.txt")
    lines = [line.split() for line in text.read_text("ascii").splitlines()]
    owners = [owner for owner, *_ in lines]
    assert owners == sorted(set(owners))
    assert all(names == sorted(set(names)) != [] for _, *names in lines)
    table = {owner: set(names) for owner, *names in lines}
    assert {"unicode", "xrange", "raw_input", "basestring", "long"} <= table["builtins"]
    assert {"startfile", "getcwdu"} <= table["os"]
    assert {"has_key", "iteritems"} <= table["builtins.dict"]
