"""What may stand in a record's text, decided by what a name stands for: the class of a directive, a role's function.

docutils and Sphinx know many names for one thing: other cases, other languages, aliases, domains. They are looked up
as MyST does it, and compared with what the names of `survey.allowed` stand for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils.parsers.rst import directives, roles
from docutils.parsers.rst.languages import get_language
from sphinx.addnodes import pending_xref
from sphinx.roles import XRefRole

from sphinx_paper_table.compat.docutils import own_directive
from sphinx_paper_table.compat.myst_parser import make_document
from sphinx_paper_table.compat.sphinx import names_of_domains
from sphinx_paper_table.survey.allowed import NEVER, SETTINGS, Kind, TextSettings, by_name, external_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.environment import BuildEnvironment


class MeaningRules:
    """The rules of a build."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Look up what the allowed names stand for, before any page can give them another meaning."""
        self._env = env
        self._document = make_document()
        self._document.reporter.report_level = 4  # docutils tells where it has looked for a name
        self._language = get_language(env.config.language or "en", self._document.reporter)
        self._english = get_language("en", self._document.reporter)
        self._verdicts: dict[tuple[Kind, str], bool] = {}
        added = {kind: env.config[setting] for kind, setting in SETTINGS.items()}
        rules = by_name(tuple(added[Kind.DIRECTIVE]), tuple(added[Kind.ROLE]))
        self.names: Mapping[Kind, frozenset[str]] = rules.names
        self.settings = TextSettings(
            frozenset(map(str, env.config.myst_enable_extensions)),
            tuple(env.config.paper_table_math_commands),
            tuple(env.config.paper_table_image_hosts),
        )
        self._added = {kind: {name.lower() for name in names} - NEVER[kind] for kind, names in added.items()}
        self._declared = {kind: self._meanings(kind, rules.names[kind] - self._added[kind]) for kind in Kind}
        self._never = {kind: self._meanings(kind, NEVER[kind]) for kind in Kind}

    def _meanings(self, kind: Kind, names: Iterable[str]) -> list[Any]:
        found = [self._look_up(kind, name, self._english) for name in sorted(names)]
        if kind is Kind.DIRECTIVE:
            found += map(own_directive, names)
        return [meaning for meaning in found if meaning is not None]

    def permits(self, kind: Kind, name: str) -> bool:
        """Return whether *name* stands for something allowed, apart from what a single page defines."""
        known = self._verdicts.get((kind, name))
        if known is None:
            # Sphinx would look for the role of another site's in vain, and say so.
            is_external = kind is Kind.ROLE and bool(external_role(name.lower()))
            meaning = None if is_external else self._look_up(kind, name, self._language)
            known = self._verdicts[kind, name] = self.permits_meaning(kind, name, meaning)
        return known

    def permits_meaning(self, kind: Kind, name: str, meaning: Any) -> bool:
        """Return whether *meaning*, for which *name* stands at some place, is allowed."""
        if kind is Kind.ROLE and (external := external_role(name.lower())):
            return self._is_reference(external)
        if meaning is None or _is_one_of(meaning, self._never[kind]):
            return False
        return name.lower() in self._added[kind] or self.is_declared(kind, meaning)

    def is_declared(self, kind: Kind, meaning: Any) -> bool:
        """Return whether *meaning* is of the list that every project has."""
        return _is_one_of(meaning, self._declared[kind])

    def _is_reference(self, name: str) -> bool:
        """Return whether the role of a link to another site makes nothing but a link."""
        domain, _, role = name.rpartition(":")
        if not domain:
            return self.permits(Kind.ROLE, role)
        found = self._env.domains[domain].roles.get(role) if domain in self._env.domains else None
        return isinstance(found, XRefRole) and found.nodeclass is pending_xref

    def is_in_known_domain(self, name: str) -> bool:
        """Return whether Sphinx can look for *name* without a complaint: it has no domain, or one that exists."""
        domain, colon, _ = name.lower().partition(":")
        return not colon or domain in self._env.domains or bool(external_role(name.lower()))

    def _look_up(self, kind: Kind, name: str, language: Any) -> Any:
        if not self.is_in_known_domain(name):
            return None
        with names_of_domains(self._env):
            if kind is Kind.DIRECTIVE:
                return directives.directive(name, language, self._document)[0]
            reporter, domain = self._document.reporter, self._env.config.primary_domain
            found = roles.role(name, language, 0, reporter)[0]
            return found or (roles.role(f"{domain}:{name}", language, 0, reporter)[0] if domain else None)


def _is_one_of(meaning: Any, others: list[Any]) -> bool:
    """Compare by identity: some roles are not hashable."""
    return any(meaning is other for other in others)
