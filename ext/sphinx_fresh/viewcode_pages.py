"""Source pages of ``sphinx.ext.viewcode``, which writes a module's page only when the module is newer than it.

Navigation, templates, checksums and links back to the documentation on that page go stale. A page whose fingerprint
differs from the record is removed before viewcode looks for it, so it is written again. Can go when viewcode asks more
than the modification time (`sphinx.ext.viewcode.should_generate_module_page`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .compat import viewcode_modules
from .digest import canonical, digest

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_DIRECTORY = "_modules"


def module_page_fingerprints(env: BuildEnvironment, site: str) -> dict[str, str]:
    """Page name → fingerprint of the source page of every module; *site* is what all pages show."""
    modules = viewcode_modules(env)
    names = " ".join(sorted(modules))
    return {
        f"{_DIRECTORY}/{name.replace('.', '/')}": digest(site, names, canonical(entry))
        for name, entry in modules.items()
        if entry
    }
