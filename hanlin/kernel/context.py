"""Where the current request comes from, for the audit trail alone. Never who acts: that is an argument."""

from contextvars import ContextVar

_address: ContextVar[str] = ContextVar("address", default="")


def current_address() -> str:
    """The client's IP address, or empty outside a request."""
    return _address.get()


def remember_address(address: str) -> None:
    """Called once per request by the middleware."""
    _address.set(address[:45])
