"""Arguments go in; messages and an exit code come out. One file a command."""

from booklet.cli.main import main

__all__ = ["main"]
