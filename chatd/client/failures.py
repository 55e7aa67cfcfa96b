"""Why something failed: one tree.

Failure
├── Unreachable     no connection, or no answer in time: temporary
├── SignedOut       no token is to be had any more, or the server refuses a new one
├── Closed          the server has ended the connection for good; `code` says why
├── NotLoaded       a file is larger than wanted, or not at the server
├── Overrun         somebody did not take what they were told, or sends more than can wait
└── Refused         the server's answer; `chatd.client.errors` has a class for each of its errors
"""

from __future__ import annotations

from typing import ClassVar


class Failure(Exception):
    """Root of the tree. `temporary`: the same call may succeed later, after `retry_after` seconds if that is told."""

    temporary = False
    retry_after = 0.0

    def __init__(self, message: str, *, code: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class Unreachable(Failure):
    """The server could not be reached, or did not answer in time. Whether it has done what was asked is not known."""

    temporary = True


class SignedOut(Failure):
    """There is no token any more with which to come in."""


class Closed(Failure):
    """The server has ended the connection for good, with this close code."""


class NotLoaded(Failure):
    """A file has more bytes than are wanted, or is at an address that is not the server's."""


class Overrun(Failure):
    """More waits than may wait."""


class Refused(Failure):
    """The server's error: `code` is its number, `status` that of HTTP, 0 on the stream."""

    codes: ClassVar[tuple[int, ...]] = ()
    _by_code: ClassVar[dict[int, type[Refused]]] = {}

    def __init__(
        self, message: str, *, code: int = 0, status: int = 0, temporary: bool = False, retry_after: float = 0.0
    ) -> None:
        super().__init__(message, code=code)
        self.status = status
        self.temporary = temporary
        self.retry_after = retry_after

    def __init_subclass__(cls) -> None:
        for code in cls.codes:
            cls._by_code.setdefault(code, cls)

    @classmethod
    def of(cls, code: int) -> type[Refused]:
        """The class of the error with this number, on the stream or over HTTP."""
        return cls._by_code.get(code, Refused)


def only(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The one exception that a group holds; the group, when there are several."""
    found: BaseException = group
    while isinstance(found, BaseExceptionGroup) and len(found.exceptions) == 1:
        found = found.exceptions[0]
    return found
