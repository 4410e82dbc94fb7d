"""Several writers at the same moment, each with a database connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run the works in threads that start together; gives what each returned or raised, in their order."""
    gate, found = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        gate.wait(10)
        try:
            found[place] = work()
        except Exception as error:  # noqa: BLE001  # the test judges it
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a writer waits for ever"
    return found


def kinds(found: list[Any]) -> list[str]:
    """The class names of what came back, sorted: `["Grant", "Refused"]`."""
    return sorted(type(one).__name__ for one in found)
