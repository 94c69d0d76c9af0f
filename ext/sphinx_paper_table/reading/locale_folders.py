"""Folders of translations that a build does not read: Sphinx says nothing of them, and shows the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_paper_table.survey.problems import Code, Problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from sphinx_paper_table.reading.conf_file import ConfFile
    from sphinx_paper_table.survey.problems import Problem


def untranslated_build(
    conf: ConfFile, source: Path, locale_dirs: Collection[str], language: str, *, is_chosen: bool
) -> Iterator[Problem]:
    """Yield a problem when a build in *language* finds nothing in it, and shows the original without a word.

    *is_chosen* says whether the language was chosen for this build. One that ``conf.py`` names may be the language in
    which the pages are written, and needs no catalogues.
    """
    is_original = language == conf.values.get("language", "en" if "language" not in conf.computed else "")
    if not is_chosen or is_original or any(source.glob(f"*/{language}/LC_MESSAGES")):
        return
    if any(next((source / name / language).rglob("*.po"), None) for name in locale_dirs):
        return
    problems = Problems()
    problems.add(
        Code.CONFIG,
        f"there is no translation into '{language}': pages appear in the language in which they are written",
        conf.place("locale_dirs"),
        f"run `paper-table translations new {language}`; if they are written in it, name it as 'language' in conf.py",
    )
    yield from problems.sorted()


def unread_catalogues(
    conf: ConfFile, source: Path, locale_dirs: Collection[str], language: str = "*"
) -> Iterator[Problem]:
    """Yield a problem for each folder of catalogues of *language* that Sphinx does not read, where it reads none of it.

    *language* may be a pattern; *locale_dirs* is Sphinx's setting, and *conf* says where it is written.
    """
    read = [(source / name).resolve() for name in locale_dirs]
    for folder in sorted(source.glob(f"*/{language}/LC_MESSAGES")):
        locale, code = folder.parent.parent, folder.parent.name
        if locale.resolve() in read or any((place / code / "LC_MESSAGES").is_dir() for place in read):
            continue
        known = ", ".join(f"'{name}'" for name in locale_dirs) or "nothing"
        problems = Problems()
        problems.add(
            Code.CONFIG,
            f"the translations into '{code}' in the folder '{locale.name}' are not read: 'locale_dirs' names {known}",
            conf.place("locale_dirs"),
            "write",
            corrected=f'locale_dirs = ["{locale.name}"]',
        )
        yield from problems.sorted()
