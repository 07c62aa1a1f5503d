"""Statements that go where they seem to."""

import asyncio
import logging
import threading

log = logging.getLogger(__name__)
lock = threading.Lock()


def stop(reason):
    if not reason:
        raise ValueError("no reason")
    raise NotImplementedError


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise RuntimeError("unreadable") from error


def guess(text):
    try:
        return int(text)
    except (ValueError, TypeError):
        return 0


def final(action):
    try:
        return action()
    finally:
        log.info("done")


def buttons():
    return [lambda number=number: number for number in range(3)]


def prune(items, table):
    for item in list(items):
        if not item:
            items.remove(item)
    for key in list(table):
        if key.startswith("_"):
            del table[key]
    for key in table:
        table[key] = 1
    for key in table:
        if key == "last":
            del table[key]
            break
    return items


def collect(item, seen=None):
    seen = seen if seen is not None else []
    seen.append(item)
    return seen


def search(rows, wanted):
    for row in rows:
        if row == wanted:
            found = row
            break
    else:
        found = None
    return found


async def fetch(url):
    await asyncio.sleep(1)
    return url


async def pages(urls):
    return await fetch(urls[0])


def start(action):
    worker = threading.Thread(target=action)
    worker.start()
    with lock:
        return worker


def sign(number):
    if number > 0:
        return 1
    if number < 0:
        return -1
    return 0


def check(value):
    assert value > 0, "must be positive"
    while value:
        value -= 1
    return value
