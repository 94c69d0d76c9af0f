"""Rules that span records and files: one owner per id, no loose ends, no circles, no method older than its source."""

from __future__ import annotations

import graphlib
from collections import defaultdict
from functools import partial
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sphinx_paper_table.reading.duplicates import check_duplicates
from sphinx_paper_table.reading.markup import check_text
from sphinx_paper_table.reading.status_checks import check_status
from sphinx_paper_table.survey.addresses import is_web_address
from sphinx_paper_table.survey.allowed import DEFAULT
from sphinx_paper_table.survey.anchors import anchor_of
from sphinx_paper_table.survey.corrections import address_like, cite_keys_in, id_like
from sphinx_paper_table.survey.elsewhere import is_elsewhere
from sphinx_paper_table.survey.entities import Benchmark, Group, Paper, Placement, Record, Survey
from sphinx_paper_table.survey.fields import Markup
from sphinx_paper_table.survey.located import Located, Position, position_of
from sphinx_paper_table.survey.markdown import role_targets
from sphinx_paper_table.survey.problems import Code, Problems, nearest
from sphinx_paper_table.survey.provenance import is_before, is_secondary, known_since
from sphinx_paper_table.survey.texts import shown, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sphinx_paper_table.survey.allowed import Rules
    from sphinx_paper_table.survey.catalogue import Catalogue
    from sphinx_paper_table.survey.entities import Relation, Result

R = TypeVar("R", bound=Record)
IN_TRANSLATION: Final = "in the translation, "
"""The beginning of messages about translated texts."""

_MOST_CYCLES: Final = 50
_WORDS_OF_A_REASON: Final = 3
"""Circles that are looked for: each takes a pass over all relations."""


def check_between(catalogue: Catalogue, problems: Problems, rules: Rules = DEFAULT) -> None:
    """Note what is wrong between the surveys of *catalogue*, and with its vocabulary; see `check_survey` for each."""
    for text, markup in shown(catalogue.vocabulary):
        check_text(text, markup, problems, rules)
    check_cycles(catalogue, problems)
    _check_anchors(catalogue, problems)
    check_shared_keys(catalogue, problems)


def check_shared_keys(catalogue: Catalogue, problems: Problems) -> None:
    """Note, as advice, records whose own publication is that of an earlier one: a paper may bring two methods."""
    owners: dict[str, str] = {}
    for name, key in catalogue.first_keys.items():
        owner = owners.setdefault(key, name)
        if owner != name:
            paper, first = catalogue.papers[name], catalogue.papers[owner]
            place = first.id.position
            message = f"'{paper.id}' and '{first.id}' have one publication, '{key}'"
            hint = f"the other is at {place.path}:{place.line}; if they are one method, keep one record"
            problems.add(Code.SHARED_KEY, message, position_of(paper.cite[0]), hint)


def _check_anchors(catalogue: Catalogue, problems: Problems) -> None:
    """Note ids that have the anchor of another one: there, a dot and a number sign are hyphens."""
    terms = catalogue.vocabulary
    named: list[tuple[str, str, Position]] = []
    for kind, known in (("results", terms.benchmarks), ("tag", terms.tags)):
        for term_id, term in known.items():
            named += [(kind, own, position_of(own)) for own in (term_id, *getattr(term, "aliases", ()))]
    for survey in catalogue.surveys.values():
        named += [("survey", name, position_of(name)) for name in (survey.survey, *survey.aliases)]
    named += [("group", address, position_of(group.id)) for address, group in catalogue.groups.items()]
    named += [
        ("group", former, position_of(catalogue.groups[now].id)) for former, now in catalogue.former_groups.items()
    ]
    named += [("paper", name, name.position) for name in names_of(catalogue.papers.values())]
    owners: dict[str, tuple[str, Position]] = {}
    for kind, name, place in named:
        anchor = anchor_of(kind, name)
        owner, first = owners.setdefault(anchor, (name, place))
        if owner != name:
            hint = f"'{owner}' has it, at {first.path}:{first.line}; choose another id for one of them"
            problems.add(Code.ANCHOR, f"'{name}' would have the anchor '{anchor}' of '{owner}'", place, hint)


def check_survey(survey: Survey, catalogue: Catalogue, problems: Problems, rules: Rules = DEFAULT) -> None:
    """Note what is wrong within *survey*, or between it and *catalogue*; the survey need not be a part of that."""
    items = list(items_of(survey))
    if not items:
        hint = "add papers, or remove the file"
        problems.add(Code.EMPTY, f"the survey '{survey.survey}' has no papers", survey.position, hint)
    local = {item.id: item for item in items if isinstance(item, Paper)}
    for item in items:
        if isinstance(item, Placement):
            _check_target(item.ref, local, catalogue, problems)
        else:
            _check_paper(item, local, catalogue, problems)
    # A source that is written as a citation is said to be none by its own rule, which names the key.
    cited = {id(result.source) for paper in local.values() for result in paper.results if cite_keys_in(result.source)}
    for text, markup in shown(survey):
        if id(text) not in cited:
            check_text(text, markup, problems, rules)
        if markup is not Markup.NAME and "{" in text:
            _check_roles(text, markup, local, catalogue, problems)


def check_translation(original: R, translation: R, problems: Problems, rules: Rules) -> None:
    """Note what the texts of a translated record must not contain, unless it stands in the original."""
    if translation is original:
        return
    for (before, markup), (after, _markup) in zip(texts(original), texts(translation), strict=True):
        if after != before:
            own, foreign = Problems(), Problems()
            check_text(before, markup, own, rules)
            check_text(after, markup, foreign, rules)
            known = {problem.message for problem in own.sorted()}
            for problem in foreign.sorted():
                if problem.message not in known:
                    message = f"{IN_TRANSLATION}{problem.message}"
                    problems.add(problem.code, message, problem.position, problem.hint)


def items_of(part: Survey | Group) -> Iterator[Paper | Placement]:
    """Yield the papers and placements of a survey or group and of the groups in it, in order."""
    yield from part.papers
    for group in part.groups:
        yield from items_of(group)


def _check_paper(paper: Paper, local: dict[Located, Paper], catalogue: Catalogue, problems: Problems) -> None:
    _check_terms(paper, catalogue, problems)
    check_duplicates(paper, problems)
    check_status(paper, local, catalogue, problems)
    for kind, relations in paper.relations.items():
        for relation in relations:
            if not is_elsewhere(relation.to) and _check_target(relation.to, local, catalogue, problems):
                _check_relation(paper, kind, relation, local, catalogue, problems)
    for key in paper.cite:
        _check_key(key, position_of(key), catalogue, problems)
    for result in paper.results:
        if not is_web_address(result.source):
            _check_source(result.source, catalogue, problems)
        _check_dates(paper, result, catalogue, problems)


def _check_source(source: Located, catalogue: Catalogue, problems: Problems) -> None:
    """Check a source that is no web address: it is a cite key, or something that is neither."""
    keys, address = cite_keys_in(source), address_like(source)
    if source in catalogue.references or not (keys or address or " " in source):
        _check_key(source, source.position, catalogue, problems)
        return
    message = f"'{source}' is neither a cite key nor a web address"
    likely = keys[0] if len(keys) == 1 else address
    hint = f"write {likely}" if likely else "write one: a key of the bibliography, or an address with https://"
    problems.add(Code.UNKNOWN_CITATION, message, source.position, hint)


def _check_dates(paper: Paper, result: Result, catalogue: Catalogue, problems: Problems) -> None:
    """Check that a number is not older than its data set, and that of others does not take the date of the method."""
    benchmark = catalogue.vocabulary.benchmarks.get(result.benchmark)
    since, known = (benchmark.since if benchmark else None) or "", known_since(paper, result, catalogue)
    hint = "give its 'date': when it became known"
    if is_before(known, since):
        message = f"the number {result.value:f} of '{paper.id}' ({known}) is older than '{result.benchmark}' ({since})"
        problems.add(Code.CHRONOLOGY, message, result.benchmark.position, hint)
    elif known and result.date is None and is_web_address(result.source) and is_secondary(paper, result, catalogue):
        message = f"others report the number {result.value:f} of '{paper.id}', and it has the method's date ({known})"
        hint += "; or 'secondary: false' if the source is the authors' own"
        problems.add(Code.CHRONOLOGY, message, result.source.position, hint)


def _check_terms(paper: Paper, catalogue: Catalogue, problems: Problems) -> None:
    """Check tags, relation types and benchmarks against the vocabulary; without tags in it, any tag may be used."""
    terms = catalogue.vocabulary
    used: list[tuple[str, Located, Mapping[Located, Any]]] = [
        ("tag", tag, terms.tags) for tag in paper.tags if terms.tags
    ]
    used += [("relation type", kind, terms.relations) for kind in paper.relations]
    used += [("benchmark", result.benchmark, terms.benchmarks) for result in paper.results]
    for what, name, known in used:
        if name not in known:
            hint = partial(_nearest_term, name, known)
            problems.add(Code.DANGLING, f"the {what} '{name}' is not defined", position_of(name), hint)


def _nearest_term(name: str, known: Mapping[Located, Any]) -> str:
    """Return the term that is called so, or the nearest id: "Natural Questions" may be written for ``nq``."""
    wanted = id_like(name)
    called = [term for term, one in known.items() if wanted in {id_like(one.name), id_like(_data_set(one))}]
    return f"write {called[0]}" if len(called) == 1 else f"{nearest(name, known)} (or define it in the vocabulary)"


def _data_set(term: Any) -> str:
    return term.dataset if isinstance(term, Benchmark) else ""


def _check_target(name: Located, local: dict[Located, Paper], catalogue: Catalogue, problems: Problems) -> bool:
    if name in local or catalogue.paper(name):
        return True
    owner = next((paper.id for paper in catalogue.papers.values() if name in paper.cite), None)
    hint = partial(_nearest_of, name, catalogue.papers, catalogue.aliases, local)
    if name in catalogue.references:
        own = f"write {owner}, the id of the record" if owner else "write the id of a record"
        problems.add(Code.DANGLING, f"'{name}' is a key of the bibliography, not the id of a paper", name.position, own)
        return False
    with_reason = max((known for known in catalogue.papers if name.startswith(f"{known}-")), key=len, default="")
    if name.removeprefix(with_reason).count("-") >= _WORDS_OF_A_REASON:
        hint = partial("write {{to: {}, why: …}} with the reason".format, with_reason)
    problems.add(Code.DANGLING, f"there is no paper '{name}'", name.position, hint)
    return False


def _nearest_of(name: str, *known: Iterable[str]) -> str:
    return nearest(name, chain.from_iterable(known))


def _check_key(key: str, place: Position, catalogue: Catalogue, problems: Problems, missing: str = "") -> None:
    if key not in catalogue.references and key not in catalogue.former_keys:
        hint: Callable[[], str] | str = partial(catalogue.bib_files.hint, key, catalogue.references)
        named = catalogue.paper(key)
        if named is not None and named.cite and named.cite[0] in catalogue.references:
            hint = f"it is the id of a record: write {named.cite[0]}, its key"
        problems.add(Code.UNKNOWN_CITATION, missing_key(key), place, hint, missing=missing)


def missing_key(key: str) -> str:
    """Return the message about a cite key that no file has."""
    return f"no BibTeX file has the key '{key}'"


def _check_relation(
    paper: Paper, kind: str, relation: Relation, local: dict[Located, Paper], catalogue: Catalogue, problems: Problems
) -> None:
    target = local.get(relation.to) or catalogue.paper(relation.to)
    rules = catalogue.relation_type(kind)
    if target is None or not rules.chronological:
        return
    own, other = catalogue.date(paper), catalogue.date(target)
    if is_before(own, other):
        message = f"'{paper.id}' ({own}) {rules.name} the later '{target.id}' ({other})"
        hint = "turn the relation round, use another type, or give the 'date' of the first preprint"
        problems.add(Code.CHRONOLOGY, message, relation.to.position, hint)


def _check_roles(
    text: Located, markup: Markup, local: dict[Located, Paper], catalogue: Catalogue, problems: Problems
) -> None:
    for role, target, place in role_targets(text, markup):
        if role.startswith("cite"):
            _check_key(target, place, catalogue, problems, missing=target)
        elif target not in local and not (
            catalogue.paper(target) or catalogue.survey(target) or catalogue.group(target)
        ):
            hint = partial(_nearest_of, target, catalogue.papers, catalogue.groups, catalogue.surveys)
            message = f"there is no paper, group or survey '{target}'"
            problems.add(Code.REFERENCE, message, place, hint, missing=target)


def check_cycles(catalogue: Catalogue, problems: Problems) -> None:
    """Note one circle after the other, each broken at its last relation before the next is looked for.

    Not more than `_MOST_CYCLES`: those that are left are found when these are gone.
    """
    arrows: dict[str, dict[str, Position]] = defaultdict(dict)
    for paper in catalogue.papers.values():
        for kind, relations in paper.relations.items():
            if catalogue.relation_type(kind).acyclic:
                targets = {catalogue.aliases.get(relation.to, str(relation.to)): relation.to for relation in relations}
                arrows[paper.id].update({name: place.position for name, place in targets.items()})
    for _ in range(_MOST_CYCLES):
        if not (cycle := _cycle(arrows)):
            return
        place = min(arrows[later][earlier] for earlier, later in pairwise(cycle))
        message = f"the relations run in a circle: {' → '.join(reversed(cycle))}"
        hint = "remove or turn round one of them"
        if len(cycle) == 2:  # noqa: PLR2004 (a paper, and the same one again)
            message, hint = f"'{cycle[0]}' has a relation to itself", "name another method, or remove it"
        problems.add(Code.CYCLE, message, place, hint)
        for earlier, later in pairwise(cycle):
            if arrows[later].get(earlier) == place:
                del arrows[later][earlier]


def _cycle(arrows: dict[str, dict[str, Position]]) -> list[str]:
    """Return a circle as graphlib gives it: each paper is the target of the one after it; empty when there is none."""
    try:
        graphlib.TopologicalSorter(arrows).prepare()
    except graphlib.CycleError as error:
        cycle: list[str] = error.args[1]
        return cycle
    return []


def names_of(papers: Iterable[Paper]) -> Iterator[Located]:
    """Yield every id and alias of *papers*."""
    for paper in papers:
        yield from (paper.id, *paper.aliases)
