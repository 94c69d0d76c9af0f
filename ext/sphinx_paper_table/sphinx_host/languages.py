"""Where the site is in each of its languages, as other sites must be told: by whole addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from sphinx.config import Config

DEFAULT: Final = "x-default"
"""What search engines show to readers of none of the languages, see
https://developers.google.com/search/docs/specialty/international/localized-versions#xdefault."""


def absolute_bases(config: Config) -> dict[str, str]:
    """Return the addresses of the site by language, and that of the first language for all others as `DEFAULT`.

    Addresses relative to this build are completed with ``html_baseurl``; without it there is nothing to tell.
    """
    here = f"{config.html_baseurl.rstrip('/')}/" if config.html_baseurl else ""
    languages = config.paper_table_languages.items()
    found = {code.replace("_", "-"): urljoin(here, language["url"].rstrip("/") + "/") for code, language in languages}
    if not found or not all(urlsplit(address).netloc for address in found.values()):
        return {}
    return {**found, DEFAULT: next(iter(found.values()))}
