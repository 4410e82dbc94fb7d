"""The permission table: what every address answers to every role. A new address without a row fails the suite."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.world import ROLES

# Whole packages of other people's addresses, each guarded by one row of ours for its front door.
GUARDED_BY_FRONT_DOOR = ("wagtail", "unnamed cms/")


@dataclass(frozen=True)
class Row:
    """What an address answers.

    `allow` roles get `ok`; roles in `hidden` get 404; a stranger gets `stranger` (302: to the log-in page)
    unless allowed; everybody else gets `deny`. `args` builds the reverse() arguments from the things that the
    rooms' `build(world)` made; `data` the POST body.
    """

    allow: str = ""  # names by spaces; "everyone" or "members" (everyone but the stranger)
    ok: int = 200
    deny: int = 403
    hidden: str = ""
    stranger: int = 302
    method: str = "get"
    args: Callable[[dict[str, Any]], list[Any]] = field(default=lambda things: [])
    data: Callable[[dict[str, Any]], dict[str, Any]] = field(default=lambda things: {})
    headers: dict[str, str] = field(default_factory=dict)

    def expected(self, role: str) -> int:
        allowed = {"everyone": set(ROLES), "members": set(ROLES) - {"stranger"}}.get(str(self.allow)) or set(
            str(self.allow).split()
        )
        unknown = (allowed | set(self.hidden.split())) - set(ROLES)
        assert not unknown, f"unknown roles in a row: {unknown}"
        if role in allowed:
            return self.ok
        if role == "stranger":
            return self.stranger
        return 404 if role in self.hidden.split() else self.deny


def addresses() -> Iterator[str]:
    """The qualified name of every address of the site; an unnamed one as its pattern."""

    def walk(resolver: URLResolver, namespace: str, prefix: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            here = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                inner = ":".join(filter(None, [namespace, pattern.namespace]))
                yield from walk(pattern, inner, here)
            elif isinstance(pattern, URLPattern):
                yield ":".join(filter(None, [namespace, pattern.name])) if pattern.name else f"unnamed {here}"

    for name in walk(get_resolver(), "", ""):
        if not name.startswith(GUARDED_BY_FRONT_DOOR):
            yield name
