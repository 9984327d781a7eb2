"""What can go wrong, said so that a clerk knows what, where and what to do."""


class Trouble(Exception):  # noqa: N818 - it is the office's word, and it is shown to people as it stands
    """Something the office can mend. The message is one Chinese sentence: what, where, what to do."""


class FileRefused(Trouble):
    """Nothing of a file can be taken. `reason` is a file reason of the import contract."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


class WarehouseUnwritable(Trouble):
    """The warehouse folder could not be written: disk full, no right, or another load held it too long."""
