"""The ``paper`` domain: which page shows which survey, group and method, under which anchor.

The one door to what is kept in Sphinx's environment. All of it is keyed by document name, so that a page that is
read again, or read by another process, replaces exactly its own share (``-j4`` reports what ``-j1`` does).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from sphinx_paper_table.citations.roles import IN_RECORD
from sphinx_paper_table.compat.sphinx import inventory_of, named_inventory_of
from sphinx_paper_table.reading.page_rules import KINDS, Owned, check_owners, note_unknown
from sphinx_paper_table.sphinx_host.other_sites import check_remote, remote_targets
from sphinx_paper_table.sphinx_host.session import session_of
from sphinx_paper_table.sphinx_host.translation import _
from sphinx_paper_table.store import Packed
from sphinx_paper_table.survey.elsewhere import is_elsewhere, parted
from sphinx_paper_table.survey.located import Located, Position
from sphinx_paper_table.survey.problems import Code, Problem, Problems
from sphinx_paper_table.survey.query import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_paper_table.survey.query import Query

TAG: Final = "tag"
"""Where an index explains a tag: for links on cards only, neither in the inventory nor for roles."""
CHOICE: Final = "chooser"
"""The page where readers choose methods to compare; there is one at most, without a name."""
INDEX: Final = "index"
"""The list of all methods by name, for links on our pages only; there is one at most, without a name."""
DRAWN: Final = "drawn"
"""Where a method stands in the lineage of a survey: for links on cards only, too."""
PART: Final = "part"
"""What a page shows of a whole survey, as ``lineage SURVEY`` or ``results SURVEY``: for the bar of the survey, too."""
HEAD: Final = "head"
"""The page with the head of a survey: that of the survey, where no table shows the whole of it."""
_PRIORITY_OF_ALIAS: Final = -1
"""Hides former names from the search while intersphinx still finds them."""


class Target(NamedTuple):
    """An object of the domain: what it is called, and where readers find it.

    A tuple, as the environment has thousands and tuples are unpickled fastest.
    """

    kind: str
    name: str
    title: str
    docname: str
    anchor: str
    line: int = 0
    is_alias: bool = False


@dataclass(frozen=True, slots=True)
class ViewRecord:
    """What one directive showed: enough to know whether its page must be read again, or written again.

    *query* is what it asked, *fingerprint* what it was told; *linked* are the objects, as (kind, name), that it links
    to, *cited* the cite keys that it shows.
    """

    query: Query[Any]
    fingerprint: str
    line: int
    linked: Packed[tuple[str, str]] = field(default_factory=Packed)
    cited: Packed[str] = field(default_factory=Packed)

    @classmethod
    def of(
        cls,
        query: Query[Any],
        fingerprint: str,
        line: int,
        linked: Iterable[tuple[str, str]] = (),
        cited: Iterable[str] = (),
    ) -> ViewRecord:
        """Return the record of a view, with plain names in it: their places in source files would be kept too."""
        names = sorted({(kind, str(name)) for kind, name in linked})
        return cls(query, fingerprint, line, Packed(names), Packed(sorted(set(map(str, cited)))))


@dataclass(slots=True)
class DomainPage:
    """The share of one document."""

    targets: Packed[Target] = field(default_factory=Packed)
    views: list[ViewRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    references: list[tuple[str, str, Position]] = field(default_factory=list)
    private_texts: list[tuple[str, str, int]] = field(default_factory=list)
    _places: str = ""

    @property
    def places(self) -> str:
        """A digest of where readers find the objects of the page, known from build to build once it is read."""
        if not self._places:
            self._places = digest([(target.kind, target.name, target.anchor) for target in self.targets])
        return self._places


@dataclass(slots=True)
class Labels:
    """The labels of all objects, and `PaperDomain.places` when they were found."""

    places: str = ""
    known: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Page and anchor, by label; that of an author leads elsewhere."""


class PaperRole(XRefRole):
    """``{paper}`` and ``{paper:method}``, ``{paper:group}``, ``{paper:survey}``: the target's name, linked."""

    def __init__(self) -> None:
        """Set the names as running text, not as code."""
        super().__init__(innernodeclass=nodes.inline, warn_dangling=True)

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: nodes.Element,
        has_explicit_title: bool,  # noqa: FBT001 (Sphinx's signature)
        title: str,
        target: str,
    ) -> tuple[str, str]:
        """Note the question, so that it is checked at every build and not only when the page is written."""
        if refnode.get("reftype") == "paper":
            refnode["refdomain"], refnode["reftype"] = "paper", "any"
        if IN_RECORD not in env.temp_data:
            source, line = self.get_source_info()
            place = Position(str(source or env.doc2path(env.docname)), line or 0)
            paper_domain(env).page(env.docname).references.append((refnode["reftype"], target, place))
        return super().process_link(env, refnode, has_explicit_title, title, target)


class PaperDomain(Domain):
    """Surveys, groups and methods."""

    name = "paper"
    label = "Literature surveys"
    object_types: ClassVar[dict[str, ObjType]] = {
        "method": ObjType(_("entry"), "method", "any", searchprio=0),
        "group": ObjType(_("group"), "group", "any", searchprio=2),
        "survey": ObjType(_("survey"), "survey", "any", searchprio=-1),
    }
    """A survey's page is found by its own title. Its anchor is its kind and name, and that Sphinx's search would make
    from kind and *title*, and lead nowhere."""
    roles: ClassVar[dict[str, Any]] = {kind: PaperRole() for kind in (*KINDS, "any")}
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}, "facts": ("", {}), "labels": Labels()}

    @property
    def pages(self) -> dict[str, DomainPage]:
        """The share of every document."""
        return cast("dict[str, DomainPage]", self.data["pages"])

    @property
    def labels(self) -> Labels:
        """The labels of all objects."""
        return cast("Labels", self.data["labels"])

    def page(self, docname: str) -> DomainPage:
        """Return the share of one document, to be added to."""
        return self.pages.setdefault(docname, DomainPage())

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002, FBT001, FBT002 (Sphinx's)
        """Return what search results and links say that an object is: "method", without the name of the domain."""
        return str(type.lname)

    def note_target(self, target: Target) -> None:
        """Note that a document has an object."""
        self.page(target.docname).targets.append(target)

    def clear_doc(self, docname: str) -> None:
        """Forget a document's share."""
        self.pages.pop(docname, None)
        self.data["facts"][1].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        self.pages.update({name: page for name, page in otherdata["pages"].items() if name in docnames})

    def places(self) -> str:
        """Return a digest of where readers find everything: while it is the same, so is what `index` says of that."""
        return digest([(docname, page.places) for docname, page in sorted(self.pages.items())])

    def targets(self) -> Iterator[Target]:
        """Yield every object; documents in the order of their names, so that the first of two is always the same."""
        for docname in sorted(self.pages):
            yield from self.pages[docname].targets

    def index(self) -> dict[tuple[str, str], Target]:
        """Return the objects by kind and name; of several with one name the first.

        A survey whose groups stand on pages of their own is found at its head.
        """
        found: dict[tuple[str, str], Target] = {}
        for target in self.targets():
            found.setdefault((target.kind, target.name), target)
        for (kind, name), target in [*found.items()]:
            if kind == HEAD:
                found.setdefault(("survey", name), target._replace(kind="survey"))
        return found

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield what goes into ``objects.inv`` and the search."""
        for target in locations(self.env).values():
            if target.kind not in KINDS:
                continue
            priority = _PRIORITY_OF_ALIAS if target.is_alias else self.object_types[target.kind].attrs["searchprio"]
            yield target.name, target.title, target.kind, target.docname, target.anchor, priority

    def resolve_xref(  # noqa: PLR0913, PLR0917 (Sphinx's signature)
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Link a role's target; its text is the object's title unless the author gave another."""
        found = find(locations(env), typ, target)
        if found is None:
            return None
        if not node.get("refexplicit"):
            contnode = nodes.inline("", found.title, classes=["paper", found.kind])
        return make_refnode(builder, fromdocname, found.docname, found.anchor, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Answer the ``any`` role."""
        found = find(locations(env), "any", target)
        reference = self.resolve_xref(env, fromdocname, builder, "any", target, node, contnode)
        return [(f"paper:{found.kind}", reference)] if found and reference else []


Locations = dict[tuple[str, str], Target]


def find(index: Locations, kind: str, name: str) -> Target | None:
    """Return the object of this kind, or of the first kind that has the name."""
    kinds = KINDS if kind in {"any", "paper"} else (kind,)
    return next((target for wanted in kinds if (target := index.get((wanted, name)))), None)


def paper_domain(env: BuildEnvironment) -> PaperDomain:
    """Return the domain of *env*."""
    return cast("PaperDomain", env.get_domain("paper"))


def locations(env: BuildEnvironment) -> Locations:
    """Return where everything is; computed once a build, after all pages are read."""
    session = session_of(env)
    if session.locations is None:
        session.locations = paper_domain(env).index()
    return cast("Locations", session.locations)


def check_pages(env: BuildEnvironment) -> Iterable[Problem]:
    """Return what is wrong between pages: names that nothing has, methods without a page or with two."""
    domain, problems = paper_domain(env), Problems()
    for docname in sorted(domain.pages):
        problems.extend(domain.pages[docname].problems)
    _check_references(domain, problems)
    check_remote(env, remote_targets(env), problems)
    findings = session_of(env).findings
    owners = partial(_check_owners, domain)
    problems.extend(findings.of_pages("owners", owners) if findings is not None else owners())
    return problems.sorted()


def _check_references(domain: PaperDomain, problems: Problems) -> None:
    for page in domain.pages.values():
        for kind, name, place in page.references:
            index = locations(domain.env)  # made once, and not where no page has a reference
            if find(index, kind, name) is not None or _is_external(domain.env, name):
                continue
            if is_elsewhere(name):
                check_remote(domain.env, [Located(name, place)], problems)
            else:
                note_unknown(kind, name, place, index, problems)


def is_of_another_site(env: BuildEnvironment, problem: Problem) -> bool:
    """Return whether all that is wrong is a name that another project has: a text of a record links there."""
    return bool(problem.missing) and (
        problem.missing in inventory_of(env).get("cite:citation", {})
        if problem.code is Code.UNKNOWN_CITATION
        else _is_external(env, problem.missing)
    )


def _is_external(env: BuildEnvironment, name: str) -> bool:
    """Return whether another project's inventory has the name, alone or behind its own."""
    project, own = parted(name)
    inventory = named_inventory_of(env, project) if project else inventory_of(env)
    return any(own in inventory.get(f"paper:{kind}", {}) for kind in KINDS)


def _check_owners(domain: PaperDomain) -> tuple[Problem, ...]:
    problems = Problems()
    paths = {docname: str(domain.env.doc2path(docname)) for docname in domain.pages}
    owned = [
        Owned(target.name, target.docname, Position(paths[target.docname], target.line))
        for target in domain.targets()
        if target.kind == "method" and not target.is_alias
    ]
    check_owners(owned, session_of(domain.env).catalogue, problems)
    return problems.sorted()


def silence_missing(_app: Sphinx, domain: Domain | None, _node: pending_xref) -> bool | None:
    """Keep Sphinx from reporting our references a second time, and only when the page happens to be written."""
    return True if isinstance(domain, PaperDomain) else None


def setup_domain(app: Sphinx) -> None:
    """Register the domain and the short role."""
    app.add_domain(PaperDomain)
    app.add_role("paper", PaperRole())
    app.connect("warn-missing-reference", silence_missing)
