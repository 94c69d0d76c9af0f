r"""Which addresses may become links: decided here for every text, field, inventory, builder and export.

What contributors write is linked when it leads to a web page, a file server, a mailbox or a place of the site itself.
Whatever else browsers know (``javascript:``, ``data:``, ``file:``, ``blob:``) or programs register stays text. ``doi:``
and ``tel:`` are not linked either: no browser resolves the first, and no survey needs the second.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

LINKED: Final = frozenset({"http", "https", "mailto", "ftp"})
"""The schemes of addresses that are linked."""
WEB: Final = frozenset({"http", "https"})
UNSAFE_TEX_LINK: Final = re.compile(r"\\(?:url|href)(?![A-Za-z])(?!\{https?://[^\s{}<>\"]*\})")
r"""``\url`` and ``\href`` in BibTeX that lead to no web address."""
_IGNORED: Final = str.maketrans("", "", "\t\n\r")
_AT_ENDS: Final = "".join(map(chr, range(0x21)))
"""Characters that browsers remove from an address before they parse it (https://url.spec.whatwg.org/#url-parsing)."""
_NOT_IN_ADDRESS: Final = re.compile(r"[\s<>\"\x00-\x20\x7f]")
_PLAIN: Final = re.compile(r"https?://[a-z0-9-]{1,60}+(?:\.[a-z0-9-]{1,60}+){1,9}+(?:/[\w./~-]*+)?", re.ASCII)
"""Addresses as most are."""
_SCHEME: Final = re.compile(r"^([^/?#:]*):")


def _bare(address: str) -> str:
    return address.strip(_AT_ENDS).translate(_IGNORED)


def scheme_of(address: str) -> str:
    """Return the scheme of *address* as browsers read it, in lower case; empty for a relative address."""
    scheme = _SCHEME.match(_bare(address))
    return scheme[1].lower() if scheme else ""


def is_linkable(address: str) -> bool:
    """Return whether *address* may become a link: its scheme is one of `LINKED`, or it has none.

    One that cannot be parsed may not: themes and other extensions parse addresses, and their error ends the build.
    """
    try:
        urlsplit(address)
    except ValueError:
        return False
    return scheme_of(address) in LINKED or _SCHEME.match(_bare(address)) is None


def refusal(address: str) -> tuple[str, str]:
    """Return what is wrong with an address that is not linked, and a remedy."""
    message = f"an address with '{scheme_of(address)[:20]}:' has no place here"
    return message, "only https, http, mailto and ftp addresses, and those within the site, become links"


def is_web_address(address: str) -> bool:
    """Return whether *address* is a whole http or https address without characters that end attributes or words."""
    if _PLAIN.fullmatch(address):
        return True
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in WEB and bool(parts.hostname) and _NOT_IN_ADDRESS.search(address) is None


def host_of(address: str) -> str | None:
    """Return the host, with its port if there is one, that *address* is asked of; None when it is the site's own.

    An address that no browser could read, or of another scheme than the web's, has the empty string as its host.
    """
    bare = _bare(address).replace("\\", "/")
    scheme = scheme_of(bare)
    if not scheme and not bare.startswith("//"):
        return None
    try:
        return urlsplit(bare).netloc.lower() if scheme in {"", *WEB} else ""
    except ValueError:
        return ""
