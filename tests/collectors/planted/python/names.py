"""Names and attributes that are not there, or there for nothing."""

import collections
import json  # planted: unused-import
import logging
import os
import sys
from os import getcwdd  # planted: imports-missing-name

log = logging.getLogger(__name__)
counter = 0


class Basket:
    def __init__(self):
        self.items = []

    def add(self, item):
        self.item.append(item)  # planted: attribute-misspelt

    def total(self):
        return self.sum()  # planted: method-missing


class Gift(Basket):
    def wrap(self):
        return self.pack()  # planted: inherited-method-missing


def where():
    return os.path.joined(getcwdd(), "a")  # planted: module-attribute-missing


def load(path):
    with open(path, encoding="utf-8") as file:
        content = file.read()
    return content, contents.split()  # planted: variable-misspelt


def parse(text):
    return re.findall("[a-z]+", text)  # planted: import-forgotten


def count():
    counter += 1  # planted: local-before-assignment
    return counter


def shout(name):
    return "Hello {}".format(name).uppercase()  # planted: string-method-missing


def largest(values):
    result = [].push(values)  # planted: list-method-missing
    return result


def tidy(values):
    del values
    return values  # planted: used-after-deletion


def first_error(lines):
    for line in lines:
        if line.startswith("E"):
            found = line
    print(unfound, file=sys.stderr)  # planted: undefined-in-print
    return found


def group(rows):
    result = collections.defaultdictionary(list)  # planted: library-name-missing
    for key, value in rows:
        result[key].append(value)
    return result


def retry(action):
    try:
        action()
    except OSError as error:
        log.warning("failed: %s", error)
    return error  # planted: exception-name-after-handler


def average(values):
    amount = len(values)
    total = sum(values)  # planted: value-never-used
    return amount
