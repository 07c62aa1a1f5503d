"""Expressions that mean what they say."""

import logging
import math
import os
import re

log = logging.getLogger(__name__)


def compare(a, b, name):
    if a == 5 or a is None:
        return 1
    if name == "root" or name in ("a", "b"):
        return 2
    if a is b or b.width != b.height:
        return 4
    if math.isnan(a):
        return 6
    return not a == b


def pair():
    return 1, 2


def either(flag):
    if flag:
        return 1, 2
    return 1, 2, 3


def unpack(flag):
    first, second = 1, 2
    left, *right = (first, 2, 3)
    x, y = pair()
    p, q = either(flag)
    return left, right, x, y, second, p, q


def texts(user, count):
    log.info("%s has %s", user, count)
    a = "{name} of {place}".format(name=user, place=count)
    b = "%d items" % count
    d = f"Hello {user}"
    e = user.removeprefix("http://").strip("/ ")
    f = "total: " + str(5)
    g = r"\d+"
    return a, b, d, e, f, g


def tables():
    colours = {"red": 1, "green": 2}
    members = {1, 2}
    names = ["ann", "bob", "eve"]
    two = (1, 2)
    return colours, members, names, two[1]


def order(values):
    values.sort()
    copy = sorted([3, 1])
    return values, copy


def clean(text):
    return re.sub("a", "b", text, flags=re.IGNORECASE), re.compile("(a)")


def read(path):
    with open(path, "rb") as file:
        return file.read()


def numbers():
    total = -1
    total += 1
    return total


def environment():
    os.environ["DEBUG"] = "1"
    return os.getenv("HOME", "5")


def kind(value):
    return isinstance(value, (str, int))


def keys(table):
    for key, value in {"a": 1}.items():
        table[key] = value
    return table
