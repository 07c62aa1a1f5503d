"""Expressions that are always the same, fail, or mean something else."""

import logging
import math
import os
import re

log = logging.getLogger(__name__)


def compare(a, b, name):
    if a is 5:  # planted: is-with-number
        return 1
    if name is "root":  # planted: is-with-string
        return 2
    if a == a:  # planted: compares-with-itself
        return 3
    if b.width != b.width:  # planted: attribute-with-itself
        return 4
    if name == "a" or "b":  # planted: or-with-constant
        return 5
    if a == math.nan:  # planted: compares-with-nan
        return 6
    if len(name) >= 0:  # planted: length-never-negative
        return 7
    if a or a:  # planted: operands-alike
        return 8
    if a > 5 and a < 3:  # planted: never-true
        return 9
    a == 10  # planted: comparison-as-statement
    return not a == b


def unpack(row):
    first, second = 1, 2, 3  # planted: unpacks-too-many
    left, right = (first,)  # planted: unpacks-too-few
    x, y = pair()  # planted: unpacks-call
    return left, right, x, y, second


def pair():
    return 1, 2, 3


def texts(user, count):
    log.info("%s has %s", user)  # planted: logging-argument-missing
    log.info("%s done", user, count)  # planted: logging-argument-too-many
    a = "{name} of {place}".format(name=user)  # planted: format-key-missing
    b = "%d items" % "many"  # planted: format-wrong-type
    c = f"nothing here"  # planted: f-string-without-value
    d = "Hello {user}"  # planted: f-forgotten
    e = user.strip("http://")  # planted: strip-of-a-word
    f = "total: " + 5  # planted: adds-text-and-number
    g = "\d+"  # planted: backslash-in-string
    return a, b, c, d, e, f, g


def tables():
    colours = {"red": 1, "green": 2, "red": 3}  # planted: key-twice
    members = {1, 2, 1}  # planted: value-twice
    names = [
        "ann",
        "bob"  # planted: comma-forgotten
        "eve",
    ]
    pair = (1, 2)
    third = pair[2]  # planted: index-outside
    return colours, members, names, third


def order(values):
    values = values.sort()  # planted: result-of-sort
    copy = [3, 1].sort()  # planted: result-of-literal-sort
    return values, copy


def clean(text):
    return re.sub("a", "b", text, re.IGNORECASE)  # planted: flags-as-count


def pattern():
    return re.compile("(a")  # planted: broken-pattern


def read(path):
    return open(path, "rw", encoding="utf-8")  # planted: impossible-mode


def numbers():
    total = +-+-1
    total =+ 1  # planted: assigns-plus
    ++total  # planted: increment-of-c
    total = total  # planted: assigns-to-itself
    return total


def environment():
    os.environ["DEBUG"] = 1  # planted: number-in-environment
    return os.getenv("HOME", 5)  # planted: number-as-environment-default


def kind(value):
    return isinstance(value, "str")  # planted: isinstance-of-text


def nothing():
    log.info("x")


def use():
    value = nothing()  # planted: result-of-nothing
    return value


def keys(table):
    for key, value in {"a": 1}:  # planted: dict-without-items
        table[key] = value
    return table
