"""The stand-in on a port of 127.0.0.1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from threading import Thread

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from config.time import now
from tests.standin.control import control
from tests.standin.faults import may_fail
from tests.standin.phone import Desk, phone
from tests.standin.rest import api, refusal
from tests.standin.standin import TOKEN, Standin


class Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Nothing: the stand-in keeps a log of its own."""


def provider(standin: Standin, desk: Desk | None = None) -> Flask:
    """`desk`: with a telephone's page as well."""
    app = Flask("standin", static_folder=None)
    app.extensions["standin"] = standin
    may_fail(app)
    app.register_blueprint(api)
    app.register_blueprint(control)
    if desk is not None:
        app.extensions["desk"] = desk
        app.register_blueprint(phone)
    app.register_error_handler(404, lambda _: refusal(404, 20404, "The requested resource was not found"))
    return app


@contextmanager
def a_standin(port: int = 0, *, token: str = TOKEN, desk: Desk | None = None) -> Iterator[Standin]:
    """One that serves for as long as the block lasts. `port` 0: a free one."""
    standin = Standin(token)
    server = make_server("127.0.0.1", port, provider(standin, desk), threaded=True, request_handler=Quiet)
    standin.url = f"http://127.0.0.1:{server.server_port}"
    threads = [Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)]
    threads.append(Thread(target=_goes_on, args=(standin,), daemon=True))
    for thread in threads:
        thread.start()
    try:
        yield standin
    finally:
        standin.let_go.set()
        server.shutdown()
        for thread in threads:
            thread.join()
        server.server_close()


def _goes_on(standin: Standin) -> None:
    while not standin.let_go.wait(0.2):
        if standin.by_itself:
            happens(standin, now())


def happens(standin: Standin, at: datetime) -> None:
    """By itself: texts are sent, then delivered; callbacks go out; whoever doesn't answer is rung no longer."""
    following = {"queued": "sent", "sent": "delivered"}
    for text in [text for text in standin.messages if text["status"] in following]:
        standin.becomes(text["sid"], following[text["status"]])
    standin.webhooks.go_out(all_of_them=False)
    for leg in [line for line in list(standin.lines.values()) if line.has_rung_out(at)]:
        standin.soon(partial(leg.ends, "no-answer"))
