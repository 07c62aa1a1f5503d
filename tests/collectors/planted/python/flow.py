"""Statements that go another way than their author thinks."""

import asyncio
import logging
import threading

log = logging.getLogger(__name__)


def stop(reason):
    if not reason:
        raise "no reason"  # planted: raises-a-string
    raise NotImplemented  # planted: raises-notimplemented


def read(path):
    try:
        return open(path, encoding="utf-8").read()
    except OSError:
        return ""
    except FileNotFoundError:  # planted: handler-after-its-base
        return None


def guess(text):
    try:
        return int(text)
    except ValueError or TypeError:  # planted: except-with-or
        return 0


def quiet(action):
    try:
        action()
    except:  # planted: bare-except
        pass


def silent(action):
    try:
        action()
    except Exception:  # planted: swallows-everything
        pass


def final(action):
    try:
        return action()
    finally:
        return None  # planted: return-in-finally


def after(value):
    return value
    log.info("done")  # planted: unreachable


def buttons():
    made = []
    for number in range(3):
        made.append(lambda: number)  # planted: closure-over-loop-variable
    return made


def prune(items):
    for item in items:
        if not item:
            items.remove(item)  # planted: list-changed-in-its-loop
    return items


def drop(table):
    for key in table:
        if key.startswith("_"):
            del table[key]  # planted: dict-changed-in-its-loop
    return table


def collect(item, seen=[]):  # planted: mutable-default
    seen.append(item)
    return seen


def search(rows, wanted):
    for row in rows:
        if row == wanted:
            return row
    else:  # planted: else-without-break
        log.info("nothing")
    return None


async def fetch(url):
    return url


async def pages(urls):
    fetch(urls[0])  # planted: await-forgotten
    asyncio.sleep(1)  # planted: library-await-forgotten
    return urls


def wait():
    await fetch("a")  # planted: await-outside-async


def last(rows):
    for row in rows:
        log.debug(row)
    return row  # planted: loop-variable-after-loop


def start(action):
    worker = threading.Thread(action)  # planted: thread-without-target
    worker.start()


def convert(text):
    try:
        return float(text)
    except ValueError:
        raise RuntimeError("no number")  # planted: cause-lost


def sign(number):
    if number > 0:
        return 1
    elif number > 0:  # planted: condition-repeated
        return -1
    return 0


def fee(member):
    if member:  # planted: branches-alike
        return 5
    else:
        return 5


def check(value):
    assert (value > 0, "must be positive")  # planted: assert-on-tuple
    while False:  # planted: constant-condition
        value -= 1
    return value


def guarded(lock):
    with threading.Lock():  # planted: lock-of-its-own
        return lock


def inner():
    raise  # planted: raise-outside-handler
