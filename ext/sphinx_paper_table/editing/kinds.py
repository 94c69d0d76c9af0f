"""The kinds of public names, apart from what changes them: the help of a command names them."""

from __future__ import annotations

from typing import Final

KINDS: Final = ("method", "group", "survey", "key", "tag", "benchmark", "venue")
"""What has a public name of its own, in the words of the command line and of the file of names."""
