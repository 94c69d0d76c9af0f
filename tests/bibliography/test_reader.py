"""Every BibTeX entry that can be saved is saved; the others are reported with their line and cost nobody else."""

from __future__ import annotations

import pytest
from tests.support.texts import bibliography_of

from sphinx_paper_table.bibliography.reader import parse_bibtex
from sphinx_paper_table.survey.problems import Problems, Severity
from sphinx_paper_table.survey.source_files import MAX_TEXT

BEFORE = "@misc{before, author = {A, B}, title = {One}, year = 2001}\n"
AFTER = "@misc{after, author = {A, B}, title = {Two}, year = 2002}\n"
WORDS = ("is not a name", "is no DOI", "did you mean 'booktitle'", "nobody knows", "gives 'YEAR' twice")
REST = "author = {A, B}, title = {T}, year = 2000"


@pytest.mark.parametrize(
    ("entry", "fields", "problem"),
    [
        ("@misc{bad, title = {T}, year = 1", "T|1", "2:1: the brace that closes it is missing"),
        ("@misc{bad,\n  title = {T {x},\n}", "T {x},|", "2:1: the brace that closes it is missing"),
        ("@misc{bad,\n title = {T {x},\n year = {1},\n}", "T {x}|1", "3:10: a brace in the value of 'title' is never"),
        ('@misc{bad,\n  title = "T x,\n}', "T x|", "3:11: the value of 'title' is never closed"),
        ("@misc{bad,\n  title = {T}\n  year = 1,\n}", "T|1", "3:14: a comma is missing before 'year'"),
        ("@misc{bad, title = {T} year = 1, note = {}}", "T|1", "2:23: a comma is missing before 'year'"),
        ("@misc{bad, title = {T}; year = 1}", "T|1", "2:23: a comma or the end of the entry is expected here, not ';'"),
        ('@misc{bad, title = "A "good" T", year = 1}', "A|1", "2:23: the quote before 'good' ends the value; put"),
        ("@misc{bad, title = On it all, year = 1}", "On|1", "2:20: the value of 'title' needs braces around it"),
        ("@misc{bad, title = 'T', year = 1}", "'T'|1", "2:20: the value of 'title' needs braces around it"),
        ("@misc{bad, title = {T} # , year = 1}", "T #|1", "2:26: a value is missing after '#'"),
        ("@misc{bad,\n  title {T}, year = 1\n}", "|1", "3:9: '=' is missing after 'title'"),
        ("@misc{bad, title == {T}, year = 1}", "= {T}|1", "2:19: there is an '=' too many"),
        ("@misc{bad, year = , title = {T}}", "T|", "2:19: 'year' has no value"),
        ("@misc{bad, title = {a \\} b}, year = 2000}", "a \\|2000", "2:23: '\\}' ends the value"),
        ("@misc(bad, title = {T}, year = 2000}", "T|2000", "2:36: a comma or the end of the entry is expected here"),
        ("@misc{bad key, title = {T}, year = 1}", "T|1", "2:7: a key has no space: write 'badkey'"),
    ],
)
def test_of_an_entry_with_a_mistake_all_is_kept_that_can_be_read(entry: str, fields: str, problem: str) -> None:
    """Of 3,725 entries of a library 23 were lost for a brace in the publisher's name."""
    found, problems = bibliography_of(f"{BEFORE}{entry}\n{AFTER}")
    assert list(found.references) == ["before", "bad", "after"]
    bad = found.database.entries["bad"].fields
    assert f"{bad.get('title', '')}|{bad.get('year', '')}" == fields
    place, _, said = problem.partition(": ")
    expected = f"refs.bib:{place}: entry 'bad' cannot be parsed; {said}"
    assert any(found.startswith(expected) for found in problems if "all that can be read is kept [syntax]" in found)


def test_an_entry_that_runs_into_the_next_one_is_told_where_its_open_value_begins() -> None:
    found, problems = bibliography_of(f"{BEFORE}@misc{{bad, title = {{T {{x}}, year = {{1}}\n{AFTER}")
    assert str(found.database.entries["bad"].fields["title"]) == "T {x}"
    assert "refs.bib:2:20: entry 'bad' runs into the next one; a closing brace" in "\n".join(problems)


@pytest.mark.parametrize("space", [" ", "\n  "])
def test_a_comma_that_is_missing_after_the_key_is_told(space: str) -> None:
    """BibTeX and biber skip the entry; pybtex says nothing."""
    found, problems = bibliography_of(f"{BEFORE}@misc{{bad{space}{REST}}}\n{AFTER}")
    assert str(found.database.entries["bad"].fields["title"]) == "T"
    assert problems == ["refs.bib:2:10: a comma is missing after the key 'bad' [syntax]"]


@pytest.mark.parametrize("entry", ["@misc{}", "@misc{{}}", "@misc", "@misc{a{b, title = {T}}", "@misc{only"])
def test_what_has_no_fields_is_no_entry(entry: str) -> None:
    found, problems = bibliography_of(f"{BEFORE}{entry}\n{AFTER}")
    assert list(found.references) == ["before", "after"]
    assert len(problems) == 1
    assert problems[0].startswith("refs.bib:2:")


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ("@misc{, author = {Öz, Ü.}, title = {The Made-up Case}, year = 2001}", "öz2001made"),
        ("@misc{author = {Öz, Ü.}, title = {On a Case}, year = 2001}", "öz2001case"),
        ('@misc{\n  title = "{The} Case",\n  date = {2001-05},\n}', "2001case"),
        ("@misc{,\n  note = {x},\n}", "entry"),
    ],
)
def test_an_entry_without_a_key_gets_one(entry: str, key: str) -> None:
    """Mendeley writes them; of one library of 512 entries 37 were lost."""
    found, problems = bibliography_of(f"{BEFORE}{entry}\n{entry}\n{AFTER}")
    assert list(found.references) == ["before", key, f"{key}-2", "after"]
    assert found.references[key].source.startswith(f"@misc{{{key},\n")
    hint = f"this entry has no key; it is '{key}' for now; write a key and a comma before its fields [syntax]"
    assert f"refs.bib:2:1: {hint}" in problems


def test_comments_in_an_entry_are_no_mistake_and_are_not_passed_on() -> None:
    entry = "@misc{a, % a title {of ours\n  title = {50% of {It}},\n  % year = {1999},\n  year = 2000, % sic\n}"
    found, problems = bibliography_of(f"{BEFORE}{entry}\n{AFTER}")
    assert [reference.title for reference in found.references.values()] == ["One", "50% of It", "Two"]
    assert found.references["a"].year == "2000"
    assert found.references["a"].source == "@misc{a,\n  title = {50\\% of {It}},\n  year = {2000},\n}"
    assert [problem for problem in problems if "[syntax]" in problem] == []


def test_a_value_without_braces_is_read_and_mended_where_it_is_passed_on() -> None:
    found, problems = bibliography_of("@misc{a, author = {A, B}, title = {T}, pages = 12--15, year = 2020a}\n")
    assert dict(found.database.entries["a"].fields.items()) == {"title": "T", "pages": "12--15", "year": "2020a"}
    assert "pages = {12--15}" in found.references["a"].source
    assert [problem.partition(";")[0] for problem in problems] == [
        "refs.bib:1:47: the value '12--15' needs braces",
        "refs.bib:1:62: the value '2020a' needs braces",
    ]


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("March", "write mar without braces"),
        ("sept", "write sep without braces"),
        ("nisp", "did you mean 'nips'?"),
        ("below", "put the value into braces, or define it with @string before it is used"),
    ],
)
def test_what_nothing_defines_is_answered_with_what_is_meant(value: str, advice: str) -> None:
    text = f'@string{{nips = "NIPS"}}\n@misc{{a, {REST}, month = {value}}}\n@string{{below = "B"}}\n'
    _found, problems = bibliography_of(text)
    said = f"no @string defines '{value}'; {advice}; until then, the name is its value"
    assert said in problems[0]


def test_a_string_that_nothing_defines_is_reported_once() -> None:
    entries = "".join(f"@misc{{k{number}, {REST}, note = undefd # {{ x}}}}\n" for number in range(9))
    found, problems = bibliography_of(entries)
    assert {entry.fields["note"] for entry in found.database.entries.values()} == {"undefd x"}
    hint = "put the value into braces, or define it with @string before it is used"
    assert [problem for problem in problems if "undefd" in problem] == [
        f"refs.bib:1:61: no @string defines 'undefd'; {hint}; until then, the name is its value [syntax]"
    ]


def test_an_entry_within_an_unclosed_one_is_kept() -> None:
    found, problems = bibliography_of(f"{BEFORE}@misc{{open, {REST}, note = {{\n@misc{{inner, {REST}}}\n}}}}\n{AFTER}")
    assert list(found.references) == ["before", "open", "inner", "after"]
    assert [problem for problem in problems if "[syntax]" in problem] == [
        (
            "refs.bib:2:63: entry 'open' runs into the next one; a closing brace is missing before it, "
            "or a line in it begins with '@' [syntax]"
        )
    ]


def test_a_brace_too_many_ends_no_entry() -> None:
    found, problems = bibliography_of(f"{BEFORE}@misc{{bad,\n  title = {{T}}}},\n  year = 1,\n}}\n{AFTER}")
    assert list(found.references) == ["before", "bad", "after"]
    assert [problem.partition("; ")[0] for problem in problems] == [
        "refs.bib:2:1: entry 'bad' has no author or editor",
        "refs.bib:4:3: entry 'bad' ends before this: there is a brace too many",
    ]


@pytest.mark.parametrize(
    "text", ["@comment{anything = {x}}\n", '@preamble{"x"}\n', "% a remark, me@example.org\n", "free text\n", "\n\n"]
)
def test_what_is_between_entries_is_passed_over(text: str) -> None:
    found, problems = bibliography_of(f"{BEFORE}{text}{AFTER}")
    assert [key for key in found.references if key in {"before", "after"}] == ["before", "after"]
    assert [problem for problem in problems if "example" not in text] == []


@pytest.mark.parametrize("key", ["before", "BEFORE"])
def test_of_two_entries_with_one_key_the_first_is_used(key: str) -> None:
    found, problems = bibliography_of(f"{BEFORE}\n@misc{{{key}, author = {{Z}}, title = {{Z}}, year = 1999}}\n{AFTER}")
    assert [reference.title for reference in found.references.values()] == ["One", "Two"]
    assert problems == [
        (
            f"refs.bib:3:1: the key '{key}' is taken; the first, at refs.bib:1, is used; rename or remove one "
            "[bibtex-duplicate]"
        )
    ]


def test_of_two_entries_with_one_key_in_two_files_the_first_is_used() -> None:
    problems = Problems()
    found = parse_bibtex({"a.bib": BEFORE, "b.bib": f"{AFTER}{BEFORE.replace('One', 'Another')}"}, problems)
    assert found.keys_of == {"a.bib": ("before",), "b.bib": ("after", "before")}  # a list of the file has the first
    assert found.references["before"].title == "One"
    assert [str(problem) for problem in problems.sorted()] == [
        "b.bib:2:1: the key 'before' is taken; the first, at a.bib:1, is used; rename or remove one"
    ]


def test_the_same_entry_in_two_files_is_in_both() -> None:
    problems = Problems()
    found = parse_bibtex({"a.bib": BEFORE, "b.bib": f"{AFTER}{BEFORE}"}, problems)
    assert found.keys_of == {"a.bib": ("before",), "b.bib": ("after", "before")}
    assert problems.sorted() == ()


@pytest.mark.parametrize(
    "other",
    [
        '@Misc{before,\n  YEAR = "2001", Title = {One},\n  author = "A, B"\n}\n',
        "@misc(before, author = {A,\n  B}, title = {One}, year = {2001}, file = {/home/b/x.pdf}, keywords = {mine})\n",
        '@string{who = "A, B"}\n@misc{before, author = who, title = "O" # "ne", year = 2001}\n',
    ],
)
def test_an_entry_that_says_the_same_in_other_words_is_no_second_one(other: str) -> None:
    problems = Problems()
    found = parse_bibtex({"a.bib": BEFORE, "b.bib": other}, problems)
    assert found.keys_of == {"a.bib": ("before",), "b.bib": ("before",)}
    assert [problem for problem in problems.sorted() if problem.code == "bibtex-duplicate"] == []


def test_an_unknown_type_is_shown_as_misc_and_the_nearest_is_named() -> None:
    found, problems = bibliography_of(f"@inprocedings{{x, {REST}}}\n")
    assert found.references["x"].type == "inprocedings"
    assert problems == [
        (
            "refs.bib:1:1: entry 'x' has the unknown type '@inprocedings'; it is shown as @misc; "
            "did you mean 'inproceedings'? [bibtex-type]"
        )
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "missing"),
    [
        ("article", REST, ["journal"]),
        ("article", "author = {A, B}", ["title", "journal", "year"]),
        ("inproceedings", REST, ["booktitle"]),
        ("book", "editor = {A, B}, title = {T}, year = 2000", ["publisher"]),
        ("inbook", f"{REST}, publisher = {{P}}", ["chapter or pages or booktitle"]),
        ("phdthesis", REST, ["school"]),
        ("techreport", REST, ["institution"]),
        ("misc", "title = {}, author = {A}, year = 2000", ["title"]),
        ("misc", "title = {T}, author = {}, year = 2000", ["author or editor"]),
        ("proceedings", "title = {T}, year = 2000", []),
    ],
)
def test_missing_fields_are_named_in_one_piece_of_advice(kind: str, fields: str, missing: list[str]) -> None:
    problems = Problems()
    found = parse_bibtex({"refs.bib": f"\n@{kind}{{x, {fields}}}\n"}, problems)
    assert list(found.references) == ["x"]
    listed = " and ".join((", ".join(missing[:-1]), missing[-1]) if missing[1:] else missing)
    them = "them" if missing[1:] else "it"
    said = [f"refs.bib:2:1: entry 'x' has no {listed}; @{kind} asks for {them}; it is printed without"]
    assert [str(problem) for problem in problems.sorted()] == (said if missing else [])
    assert {problem.severity for problem in problems.sorted()} <= {Severity.ADVICE}


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "\\url{vbscript:x}", "java\nscript:alert(1)"]
)
def test_an_address_that_is_no_web_address_is_left_out(url: str) -> None:
    found, problems = bibliography_of(f"@misc{{x, {REST}, url = {{{url}}}}}\n")
    assert found.references["x"].url == ""
    assert "url" not in found.database.entries["x"].fields
    assert problems == [
        (
            "refs.bib:1:53: entry 'x': the url is not a web address; write one that begins with https://; "
            "it is left out [unsafe]"
        )
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("\\url{javascript:alert(1)}", "javascript:alert(1)"),
        ("\\url{ java{s}cript:alert(1)}", "javascript:alert(1)"),
        ("\\href{data:text/html,x}{Here}", "data:text/html,xHere"),
        ("{\\url}{javascript:alert(1)}", "javascript:alert(1)"),
    ],
)
def test_links_in_fields_lead_to_web_addresses_only(value: str, text: str) -> None:
    found, problems = bibliography_of(f"@misc{{x, {REST}, howpublished = {{{value}}}}}\n")
    assert "\\" not in found.database.entries["x"].fields["howpublished"]
    assert found.references["x"].venue.strip() == text
    assert problems == [
        (
            "refs.bib:1:53: entry 'x': the howpublished links to no web address; write \\url{https://…}; "
            "it is shown as text [unsafe]"
        )
    ]


def test_links_to_web_addresses_are_kept() -> None:
    found, problems = bibliography_of(f"@misc{{x, {REST}, howpublished = {{\\url{{https://example.org/}}}}}}\n")
    assert problems == []
    assert found.database.entries["x"].fields["howpublished"] == "\\url{https://example.org/}"


def test_a_field_given_twice_is_reported_and_the_first_is_used() -> None:
    found, problems = bibliography_of(f"@misc{{x, {REST}, Title = {{U}}}}\n")
    assert found.references["x"].title == "T"
    assert problems == ["refs.bib:1:53: entry 'x' gives 'Title' twice; the first is used; remove one [duplicate-key]"]


def test_a_message_about_a_field_stands_at_the_field() -> None:
    """The name of the field may stand in a value, or elsewhere than in the first line."""
    text = (
        "  @misc{x, title = {doi = {x} and, url = y},\n\tAuthor = {a, b, c, d},\n  DOI={null}\n, boktitle = {B},\n"
        '  note = "\\foo{x}", year = 2000, YEAR = 2001}\n'
    )
    _found, problems = bibliography_of(text)
    places = {problem.partition(": ")[0]: problem.partition(": ")[2] for problem in problems}
    said = {place: next(word for word in WORDS if word in message) for place, message in places.items()}
    assert said == {
        "refs.bib:2:2": "is not a name",
        "refs.bib:3:3": "is no DOI",
        "refs.bib:4:3": "did you mean 'booktitle'",
        "refs.bib:5:11": "nobody knows",
        "refs.bib:5:34": "gives 'YEAR' twice",
    }


def test_a_value_without_braces_is_told_once() -> None:
    """Its first word is no name of an @string; of other values such names are told as ever."""
    found, problems = bibliography_of(
        "@misc{x, title = A good one, author = {A, B}, year = 2000}\n@misc{y, title = A, note = Other, year = 2000}\n"
    )
    assert [problem.partition("; ")[0] for problem in problems if "[syntax]" in problem] == [
        "refs.bib:1:18: entry 'x' cannot be parsed",
        "refs.bib:2:18: no @string defines 'A'",
        "refs.bib:2:28: no @string defines 'Other'",
    ]
    assert found.references["x"].title.startswith("A")


def test_a_value_beyond_any_honest_size_is_left_out() -> None:
    found, problems = bibliography_of(f"@misc{{x, {REST}, note = {{{'x' * (MAX_TEXT + 1)}}}}}\n{AFTER}")
    assert list(found.references) == ["x", "after"]
    assert "note" not in found.database.entries["x"].fields
    assert problems == [
        (
            "refs.bib:1:53: entry 'x': the note is 100,001 characters long; the limit is 100,000; it is left out "
            "[too-large]"
        )
    ]


def test_strings_and_months_are_filled_in() -> None:
    text = "@string{cv = {CVPR}}\n@misc{x, author = {A}, title = cv # { Papers}, month = jan, year = 2000}\n"
    found, problems = bibliography_of(text)
    assert problems == []
    assert found.references["x"].title == "CVPR Papers"
    assert found.database.entries["x"].fields["month"] == "January"


def test_an_undefined_string_is_named() -> None:
    found, problems = bibliography_of("@misc{x, author = {A}, title = {T}, howpublished = cvpr,\n  year = 2000}\n")
    assert found.references["x"].title == "T"
    assert len(problems) == 1
    assert problems[0].startswith("refs.bib:1:")
    assert "no @string defines 'cvpr'; put the value into braces, or define it with @string" in problems[0]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("{MoCo}: Momentum", "MoCo: Momentum"),
        ('M{\\"u}ller', "Müller"),
        ("J{\\'e}r{\\^o}me", "Jérôme"),
        ("{\\L}ukasz", "Łukasz"),
        ("Stra{\\ss}e", "Straße"),
        ("1--2", "1–2"),
        ("R\\&D", "R&D"),
        ("50\\%", "50%"),
        ("The \\emph{only} \\textbf{way}", "The only way"),
        ("\\href{https://example.org}{Here}", "Here"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_latex_becomes_readable_text(latex: str, text: str) -> None:
    found, problems = bibliography_of(f"@misc{{x, author = {{A}}, title = {{{latex}}}, year = 2000}}\n")
    assert problems == []
    assert found.references["x"].title == text


@pytest.mark.parametrize(
    ("names", "printed", "label"),
    [
        ("He, Kaiming", ["Kaiming He"], "He, 2000"),
        ("Kaiming He", ["Kaiming He"], "He, 2000"),
        ("van den Oord, Aaron", ["Aaron van den Oord"], "van den Oord, 2000"),
        ("Aaron van den Oord and Yazhe Li", ["Aaron van den Oord", "Yazhe Li"], "van den Oord and Li, 2000"),
        ("Smith, Jr, Bob", ["Bob Smith Jr"], "Smith Jr, 2000"),
        ("{Open Team}", ["Open Team"], "Open Team, 2000"),
        ("A, B and C, D and E, F", ["B A", "D C", "F E"], "A et al., 2000"),
        ("He, Kaiming and others", ["Kaiming He", "et al."], "He et al., 2000"),
        ("M{\\\"u}ller, J{\\'e}r{\\^o}me", ["Jérôme Müller"], "Müller, 2000"),
    ],
)
def test_names_are_read_in_all_of_their_forms(names: str, printed: list[str], label: str) -> None:
    found, problems = bibliography_of(f"@misc{{x, author = {{{names}}}, title = {{T}}, year = 2000}}\n")
    assert problems == []
    assert [str(author) for author in found.references["x"].authors] == printed
    assert found.references["x"].label == label


@pytest.mark.parametrize(
    ("annotation", "names"),
    [('1="何恺明"; 2 = "孙剑"', ("何恺明", "孙剑")), ('2:given="剑"', ()), ("1=corresponding", ()), ('1="', ())],
)
def test_names_in_signs_of_their_own_are_those_that_biblatex_annotates(annotation: str, names: tuple[str, ...]) -> None:
    """Biblatex's manual, section 3.7: what is said of a part of a name, or stands without quotes, is no name."""
    annotated = f"author = {{He, Kaiming and Sun, Jian}}, author+an:native = {{{annotation}}}"
    found, problems = bibliography_of(f"@misc{{a, {annotated}, title = {{T}}, year = 2000}}")
    assert (found.references["a"].native, problems) == (names, [])
    assert annotated in found.references["a"].source, "those who cite it with biblatex have it too"


@pytest.mark.parametrize("title", ["{T}, note = {\\}", '"T", note = "a \\"'])
def test_a_backslash_that_begins_nothing_costs_nothing(title: str) -> None:
    found, problems = bibliography_of(f"@misc{{x, author = {{A, B}}, title = {title}, year = 2000}}\n{AFTER}")
    assert found.references["x"].title == "T"
    assert "after" in found.references
    assert problems == []


def test_a_name_with_a_backslash_that_begins_nothing_is_kept() -> None:
    found, problems = bibliography_of("@misc{x, author = {A\\ , B and Z, Y}, title = {T}, year = 2000}\n")
    assert [str(author) for author in found.references["x"].authors] == ["B A", "Y Z"]
    assert problems == []


def test_a_name_that_is_none_is_kept_whole() -> None:
    found, problems = bibliography_of("@misc{x, author = {a, b, c, d and Z, Y}, title = {T}, year = 2000}\n")
    assert [str(author) for author in found.references["x"].authors] == ["a, b, c, d", "Y Z"]
    assert problems == [
        (
            "refs.bib:1:10: entry 'x': 'a, b, c, d' is not a name; write 'Last, First and Last, First', "
            "an organisation in double braces [bad-value]"
        )
    ]


@pytest.mark.parametrize(
    ("fields", "venue"),
    [
        ("venue = {CVPR}, booktitle = {Conference}", "CVPR"),
        ("journal = {Journal}", "Journal"),
        ("howpublished = {Blog}", "Blog"),
        ("eprint = {1911.05722}, archiveprefix = {arXiv}", "arXiv"),
        ("", ""),
    ],
)
def test_the_venue_is_the_shortest_name_there_is(fields: str, venue: str) -> None:
    found, _ = bibliography_of(f"@misc{{x, {REST}, {fields}}}\n")
    assert found.references["x"].venue == venue


def test_identifiers_are_brought_into_one_form() -> None:
    fields = "doi = {https://doi.org/10.1/a\\_b}, eprint = {arXiv:1911.05722v3}, archivePrefix = {ArXiv}"
    reference = bibliography_of(f"@misc{{x, {REST}, {fields}}}\n")[0].references["x"]
    assert reference.links == {"arxiv": "https://arxiv.org/abs/1911.05722", "doi": "https://doi.org/10.1/a_b"}


def test_an_eprint_of_another_archive_is_no_arxiv_id() -> None:
    fields = "eprint = {1911.05722}, eprinttype = {jstor}"
    reference = bibliography_of(f"@misc{{x, {REST}, {fields}}}\n")[0].references["x"]
    assert (reference.arxiv, reference.links) == ("", {})


def test_identifiers_cannot_leave_their_address() -> None:
    fields = 'doi = {10.1/"><script>}, eprint = {"><img>}, archiveprefix = {arXiv}'
    reference = bibliography_of(f"@misc{{x, {REST}, {fields}}}\n")[0].references["x"]
    assert not set('<>"') & set("".join(reference.links.values()))


def test_a_cross_reference_to_nothing_costs_only_what_would_be_inherited() -> None:
    found, problems = bibliography_of(f"{BEFORE}@misc{{x, {REST}, crossref = {{afters}}}}\n{AFTER}")
    assert list(found.references) == ["before", "x", "after"]
    assert problems == [
        (
            "refs.bib:2:53: entry 'x' inherits from 'afters' (crossref), which no file has; did you mean 'after'? "
            "[bibtex-parent]"
        )
    ]


def test_the_source_is_the_text_as_it_stands() -> None:
    entry = f"@misc{{x,\n  {REST},\n}}"
    reference = bibliography_of(f"{BEFORE}\n  {entry}\n{AFTER}")[0].references["x"]
    assert reference.source == entry
    assert (reference.position.line, reference.position.column) == (3, 3)


@pytest.mark.parametrize("text", ["null", "j.moss.2005.02.017", "https://example.org/a"])
def test_what_is_no_doi_is_advice(text: str) -> None:
    _found, problems = bibliography_of(f"@misc{{x, {REST}, doi = {{{text}}}}}\n")
    assert problems == [
        f"refs.bib:1:53: entry 'x': '{text}' is no DOI; one begins with '10.'; it is not printed [bad-value]"
    ]
