"""What can go wrong when a service is asked; each kind is a class, so that callers can treat them differently."""

from __future__ import annotations


class ServiceError(Exception):
    """A service gave nothing that can be used: who was asked, what went wrong, what to do; nothing has been changed."""

    def __init__(self, service: str, message: str, hint: str = "") -> None:
        """Say which service it was, and what is wrong."""
        super().__init__(message)
        self.service, self.hint = service, hint

    def __str__(self) -> str:
        """Return the line that a user reads."""
        return f"{self.service}: {self.args[0]}{f'; {self.hint}' if self.hint else ''}"


class OfflineError(ServiceError):
    """The network is not to be used, and the answer has not been kept."""


class NotFoundError(ServiceError):
    """The service does not know what it was asked for."""


class UnreachableError(ServiceError):
    """The service cannot be reached, has no time, or fails: the same request may succeed later."""


class RefusedError(ServiceError):
    """The service answered with what is refused: too much, of another kind, from another host, or broken."""
