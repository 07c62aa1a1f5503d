"""A nursery: a process that loads once what every measurement needs, and forks for each request.

It reads the head of a request, which holds no content, and forks; the child bounds itself and
reads the content, so that nothing of a supplier's ever reaches the nursery, and every child begins
as the others did. When a child is gone the nursery tells the client why, as the last message.

Its standard input is its lifeline: at its end, which the kernel sees to when the parent dies, the
nursery kills its children and goes. A child dies with the nursery, also in the middle of a call
into C that never comes back.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from collectors.nursery.messages import framed, read_json, write_json
from quality.errors import MeasureError

Head = dict[str, Any]
LIFELINE = 0
IDLE_SECONDS = 300  # then it goes, and the next request starts another
GONE = getattr(select, "POLLRDHUP", 0)  # the client has left; Linux only
MACHINES = os.EX_TEMPFAIL  # a child's exit code: it is the machine's trouble, not the content's
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG; Linux only


def serve(
    door: socket.socket,
    prepare: Callable[[Head], bool],
    child: Callable[[Head, socket.socket], None],
) -> NoReturn:
    """Serve requests until nobody wants more. ``door``: each message there hands in a request's
    connection. ``prepare``: load what a request needs before its child is forked, True if that was
    anything new (MeasureError: the client is told to stop); ``child``: answer one in a process of
    its own, in an empty folder of its own."""
    _Nursery(door, prepare, child).run()


class _Nursery:
    def __init__(
        self,
        door: socket.socket,
        prepare: Callable[[Head], bool],
        child: Callable[[Head, socket.socket], None],
    ) -> None:
        self._door, self._prepare, self._child = door, prepare, child
        self._home = Path.cwd()
        self._children: dict[int, socket.socket] = {}
        self._poll = select.poll()

    def run(self) -> NoReturn:
        woken, waker = os.pipe()
        for end in (woken, waker):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # the client's to answer
            signal.signal(asked, signal.SIG_IGN)
        for source in (self._door.fileno(), LIFELINE, woken):
            self._poll.register(source, select.POLLIN)
        while True:
            ready = {source for source, _ in self._poll.poll(IDLE_SECONDS * 1000)}
            if LIFELINE in ready or not (ready or self._children):
                self._end()
            if woken in ready:
                os.read(woken, 4096)
            self._reap(ready)
            if self._door.fileno() in ready:
                _, connections, *_ = socket.recv_fds(self._door, 1, 1)
                for connection in connections:  # none where we have no descriptor left
                    self._admit(socket.socket(fileno=connection))

    def _admit(self, connection: socket.socket) -> None:
        try:
            head = read_json(connection)
            if self._prepare(head):
                gc.collect()
                gc.freeze()  # what is loaded is shared with the children, not copied by their gc
        except MeasureError as error:
            with suppress(OSError):
                write_json(connection, {"stop": str(error)})
            connection.close()
            return
        except EOFError:
            connection.close()
            return
        parent = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            with suppress(OSError):
                write_json(connection, {"stop": f"no process can be forked: {error.strerror}"})
            connection.close()
            return
        if pid == 0:
            self._live(parent, head, connection)
        self._children[pid] = connection
        if GONE:
            self._poll.register(connection, GONE)

    def _live(self, parent: int, head: Head, connection: socket.socket) -> NoReturn:
        code = 1
        try:
            die_with(parent)
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._door.close()
            for other in self._children.values():
                other.close()
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, LIFELINE)
            folder = self._home / str(os.getpid())
            folder.mkdir()
            os.chdir(folder)
            self._child(head, connection)
            code = 0
        except OSError:  # a full disk, say
            code = MACHINES
        finally:
            os._exit(code)

    def _reap(self, ready: set[int]) -> None:
        for pid, connection in list(self._children.items()):
            if connection.fileno() in ready:
                self._poll.unregister(connection)
                os.kill(pid, signal.SIGKILL)  # it is not reaped yet, so the id is still its own
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                del self._children[pid]
                with suppress(KeyError):
                    self._poll.unregister(connection)
                last = framed(json.dumps({"ended": status}).encode())
                with suppress(OSError):
                    connection.send(last, socket.MSG_DONTWAIT)
                connection.close()
                shutil.rmtree(self._home / str(pid), ignore_errors=True)

    def _end(self) -> NoReturn:
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)
        for pid in self._children:
            os.waitpid(pid, 0)
        shutil.rmtree(self._home, ignore_errors=True)
        sys.exit(0)


def die_with(parent: int) -> None:
    """Have the kernel kill this process when ``parent``, which started it, is gone."""
    with suppress(OSError, AttributeError):  # no Linux: its limits end it
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
