"""PostgreSQL and Redis for tests and benchmarks: the ones named in the surroundings, or our own on free ports.

python tools/services.py -- command …     runs the command with DATABASE_URL and REDIS_URL set
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import system


def free_port() -> int:
    """A TCP port of this machine that nobody uses now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _wait_for(port: int, what: str) -> None:
    for _ in range(300):
        with socket.socket() as sock:
            if sock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"{what} did not answer on port {port}")


@contextmanager
def _process(command: list[str], *, stop: signal.Signals, user: str | None = None) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, start_new_session=True)
    try:
        yield
    finally:
        process.send_signal(stop)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def postgres() -> Iterator[str]:
    """An address of PostgreSQL: DATABASE_URL, or a cluster of our own that is gone afterwards."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    folder, data, port = system.postgres_bin(), Path(tempfile.mkdtemp(prefix="hanlin-pg-")), free_port()
    user = None
    if os.geteuid() == 0:  # PostgreSQL will not run as root
        user = "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"
        shutil.chown(data, user)
    try:
        subprocess.run(
            [f"{folder}/initdb", "-D", data, "-U", "hanlin", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"],
            check=True, stdout=subprocess.DEVNULL, user=user,
        )  # fmt: skip
        settings = [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=200",
            f"unix_socket_directories={data}",
        ]
        command = [f"{folder}/postgres", "-D", str(data), "-p", str(port), "-h", "127.0.0.1"]
        with _process([*command, *(word for setting in settings for word in ("-c", setting))], stop=signal.SIGINT, user=user):
            _wait_for(port, "PostgreSQL")
            yield f"postgres://hanlin@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(data, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str]:
    """An address of Redis: REDIS_URL, or a server of our own that keeps nothing."""
    if url := os.environ.get("REDIS_URL"):
        yield url
        return
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with _process(command, stop=signal.SIGTERM):
        _wait_for(port, "Redis")
        yield f"redis://127.0.0.1:{port}/0"


def main() -> None:
    """Run the command after -- with both addresses set; end with its exit code."""
    command = sys.argv[sys.argv.index("--") + 1 :]
    with postgres() as database, redis() as cache:
        done = subprocess.run(command, env=os.environ | {"DATABASE_URL": database, "REDIS_URL": cache}, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
