"""What a domain function raises when it will not do what was asked."""


class Refused(Exception):
    """A request that the rules do not allow, in words that the person can act on.

    `str(error)` is shown to the person; it is already translated.
    """


class IllegalMove(Refused):
    """The row's state does not lead to the one asked for."""


class StaleState(Refused):
    """Somebody moved the row between our read and our write."""
