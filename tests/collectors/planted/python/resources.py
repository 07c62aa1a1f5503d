"""What is opened, started or held, and never given back."""

import subprocess
import tempfile
import threading
from functools import lru_cache

import requests


def first_line(path):
    file = open(path, encoding="utf-8")  # planted: file-never-closed
    return file.readline()


def build():
    subprocess.run(["make"])  # planted: exit-code-ignored


def fetch(url):
    return requests.get(url)  # planted: request-without-timeout


def place():
    return tempfile.mktemp()  # planted: predictable-temporary-name


class Store:
    def __init__(self):
        self.lock = threading.Lock()
        self.rows = {}

    def put(self, key, value):
        self.lock.acquire()  # planted: lock-without-release
        self.rows[key] = value

    @lru_cache(maxsize=None)  # planted: cache-keeps-instances
    def get(self, key):
        return self.rows[key]


def locale_dependent(path):
    with open(path) as file:  # planted: encoding-of-the-machine
        return file.read()


def debug(value):
    breakpoint()  # planted: debugger-left
    return value


def parallel(command):
    return subprocess.Popen(command, preexec_fn=print)  # planted: code-between-fork-and-exec
