"""A repository as editors have one, and servers that give it to others."""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_server

_WHO = {"GIT_AUTHOR_NAME": "editor", "GIT_AUTHOR_EMAIL": "editor@example.org"}
_WHO |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in _WHO.items()}
PATH = {"PATH": os.environ["PATH"]}
#: What git goes by here: nothing of the machine's.
PLAIN = {**PATH, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"}
_DAY = 86_400


class Repository:
    """A repository with a work tree, on the branch ``main``; each commit is a day younger than the last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seconds = 1_700_000_000
        path.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str, given: bytes | None = None) -> str:
        stamp = {f"GIT_{who}_DATE": f"{self._seconds} +0000" for who in ("AUTHOR", "COMMITTER")}
        done = subprocess.run(  # noqa: S603  # the tests' own words
            ["git", *words],  # noqa: S607  # wherever it is
            cwd=self.path,
            env={**PLAIN, **_WHO, **stamp},
            input=given,
            check=True,
            capture_output=True,
        )
        return done.stdout.decode().strip()

    def commit(self, files: Mapping[str, str | bytes | None], *, amend: bool = False, days: int = 1) -> str:
        """Write files, remove those that are None, and commit; the commit's name.

        It is so many ``days`` younger than the last one by its committer's clock, or older.
        """
        for name, data in files.items():
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if data is None:
                path.unlink()
            else:
                path.write_bytes(data if isinstance(data, bytes) else data.encode())
        self._seconds += days * _DAY
        self.git("add", "-A")
        return self.commit_index(amend=amend)

    def commit_index(self, *, amend: bool = False) -> str:
        """Commit what is staged; the commit's name."""
        self.git("commit", "-q", "--allow-empty", "-m", "issue", *(["--amend"] if amend else []))
        return self.git("rev-parse", "HEAD")

    def stage(self, mode: str, name: str, content: str) -> None:
        """Stage what a work tree need not have: a link, a submodule, a strange name."""
        blob = self.git("hash-object", "-w", "--stdin", given=content.encode())
        self.git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{name}")


class _Backend(BaseHTTPRequestHandler):
    """Git's own server program behind HTTP, as far as fetching goes."""

    root: Path
    authorization: str | None
    asked: list[str]
    meanwhile: Callable[[], None]

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

    def _answer(self, body: bytes) -> None:
        self.asked.append(self.path)
        type(self).meanwhile()
        if self.authorization and self.headers.get("Authorization") != self.authorization:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="forge"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        done = subprocess.run(
            ["git", "http-backend"],  # noqa: S607  # wherever it is
            env={
                **PLAIN,
                "GIT_PROJECT_ROOT": str(self.root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "REQUEST_METHOD": self.command,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            },
            input=body,
            check=False,
            capture_output=True,
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = [line.split(": ", 1) for line in head.decode().splitlines()]
        status = next((int(value[:3]) for name, value in headers if name == "Status"), 200)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def forge(
    root: Path, authorization: str | None = None, meanwhile: Callable[[], None] = lambda: None
) -> Iterator[tuple[str, list[str]]]:
    """The address of a server for the repositories in a folder, and the paths that it was asked for.

    ``meanwhile`` is called while somebody waits for an answer.
    """
    asked: list[str] = []
    given = {"root": root, "authorization": authorization, "asked": asked}
    handler = type("_", (_Backend,), {**given, "meanwhile": staticmethod(meanwhile)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def silent_server() -> Iterator[str]:
    """The address of a server that takes connections and never answers."""
    with create_server(("127.0.0.1", 0)) as socket:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}/digest.git"
