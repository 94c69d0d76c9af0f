"""LaTeX documents that cite: sections to groups, citations to papers, and no word of the author's is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from sphinx_paper_table.editing.documents import EditError
from sphinx_paper_table.importing.formats import read_collection
from sphinx_paper_table.importing.formats.latex.reader import read
from sphinx_paper_table.importing.safe_markdown import safe_blocks
from sphinx_paper_table.importing.sources import ReadOptions, open_source

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_paper_table.importing.collection import Collection, Group, Work

BIB: Final = "".join(
    f"@article{{{key}, author = {{Doe, J.}}, title = {{Title of {key}}}, year = {{2020}}}}\n"
    for key in ("one", "two", "three", "four", "five", "six", "seven")
)
DOCUMENT: Final = r"""
\documentclass{article}
\title{A Survey of \emph{Things}}
\newcommand{\ours}{our method\xspace}
\begin{document}
\maketitle
\begin{abstract}What this is about.\end{abstract}
\section{First $x^2$}\label{sec:first}
As \citet{one} say, \ours is good~\citep[see][p.~3]{two}. It costs 5\% of
$E = mc^2$, see Section~\ref{sec:first}.% a hidden remark

Another paragraph, by \'Etienne, with \textbf{bold} and \url{https://example.org/a_b}.
\begin{itemize}
\item The third~\cite{three} trains on everything, and \emph{fast}.
\item \textbf{Images}~\cite{one,four}
\\\textit{Those with pixels.}
  \begin{itemize}
  \item Small images: \cite{five,six}
  \end{itemize}
\end{itemize}
\input{parts/second}
\section{Nothing}
No paper here.
\bibliography{refs}
\end{document}
"""
SECOND: Final = r"""
\subsection{Tables}
\begin{table}\caption{All of them.}
\begin{tabular}{lcc} \toprule
Method & Backbone & Acc. \\ \midrule
SimNet~\cite{six} & ResNet & 71.2 \\
Both~\cite{one,two} & ViT & 80 \\
\end{tabular}\end{table}
See \cite{missing}. \includegraphics{fig.pdf}
"""


def survey(folder: Path) -> Collection:
    (folder / "parts").mkdir()
    (folder / "main.tex").write_text(DOCUMENT, "utf-8")
    (folder / "parts" / "second.tex").write_text(SECOND, "utf-8")
    (folder / "refs.bib").write_text(BIB, "utf-8")
    name, found = read_collection(open_source(folder / "main.tex"), ReadOptions())
    assert name == "latex"
    return found


def keys(group: Group) -> list[str]:
    return [work.key for work in group.works]


def test_sections_and_items_that_cite_several_are_groups(tmp_path: Path) -> None:
    found = survey(tmp_path)
    assert (found.title, found.description) == ("A Survey of Things", "What this is about.")
    (first,) = found.groups
    images, tables = first.groups
    assert (first.name, keys(first)) == ("First x²", ["one", "two", "three"])
    assert (images.name, keys(images), images.description) == ("Images", ["one", "four"], "*Those with pixels.*")
    assert [(one.name, keys(one)) for one in images.groups] == [("Small images", ["five", "six"])]
    assert (tables.name, keys(tables)) == ("Tables", ["six", "one", "two"])
    assert {work.key: id(work) for work in first.works}["one"] == id(images.works[0])


def test_the_text_is_the_description_with_its_citations(tmp_path: Path) -> None:
    first = survey(tmp_path).groups[0]
    assert first.description == (
        "As [one](cite-t:one) say, our method is good see [two](cite:two) (p. 3). It costs 5% of $E = mc^2$,"
        " see Section ….\n\nAnother paragraph, by Étienne, with **bold** and <https://example.org/a_b>."
    )
    made = safe_blocks(first.description, keys={"one": "doe2020title", "two": "doe2020titleb"})
    assert "As {cite:t}`doe2020title` say, our method is good see {cite:p}`doe2020titleb` (p. 3)." in made
    assert "As one say" in safe_blocks(first.description, keys={"two": "x"})


def test_items_and_rows_with_one_citation_say_something_of_the_paper(tmp_path: Path) -> None:
    works: dict[str, Work] = {work.key: work for work in survey(tmp_path).all_works()}
    assert works["three"].summary == "The third trains on everything, and *fast*."
    assert (works["six"].name, works["six"].record) == ("SimNet", {"points": ["Backbone: ResNet", "Acc.: 71.2"]})
    assert works["one"].record == {}


def test_what_has_no_place_is_kept_with_its_line(tmp_path: Path) -> None:
    found = survey(tmp_path)
    rest = {(one.position.line, one.text.split("{")[0].strip(), one.reason) for one in found.leftovers}
    assert rest == {
        (10, "a hidden remark", "a remark that readers do not see"),
        (9, "missing", "it is cited, and no entry has the name"),
        (9, "fig.pdf", "a picture"),
        (22, "Nothing", "a heading without papers"),
        (23, "No paper here.", "it stands in a part without papers"),
        (7, "@article", "the document does not cite it"),
    }
    tables = found.groups[0].groups[1]
    assert "All of them." in tables.description
    assert "Both [one, two](cite:one,two) — ViT" in tables.description


def test_a_table_in_a_box_is_a_table_and_commands_for_spaces_are_spaces(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(
        r"One vs.\ two,\,three. \resizebox{\textwidth}{!}{\begin{tabular}{l}Name & Kind \\ \rowcolor[gray]{0.9}"
        r"Box~\cite{one} & boxed \\ \addlinespace \end{tabular}} \bibliography{refs}",
        "utf-8",
    )
    (tmp_path / "refs.bib").write_text(BIB, "utf-8")
    found = read(open_source(tmp_path / "main.tex"), ReadOptions())
    assert found.description == "One vs. two, three."
    assert (found.works[0].name, found.works[0].record) == ("Box", {"points": ["Kind: boxed"]})


def test_a_document_with_its_own_list_of_works(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(
        r"""\begin{document}\section{Part}Text \cite{a} and \cite{b,c,d}.
\begin{thebibliography}{9}
\bibitem{a} A. Smith and B. Jones. \newblock A title in blocks. \newblock In \emph{ICML}, 2019.
\bibitem[Doe(2020)]{b} Doe, J., Roe, R.: A title after a colon. NeurIPS (2020). \url{https://arxiv.org/abs/2001.00001}
\bibitem{d} Roe, R.: A title of one. 2017.
\bibitem{c} J. Doe, ``A quoted title of work,'' 2018.
\end{thebibliography}\end{document}""",
        "utf-8",
    )
    found = read(open_source(tmp_path / "main.tex"), ReadOptions())
    said = {
        work.key: (work.fields["title"], work.fields.get("year"), len(work.people["author"]))
        for work in found.all_works()
    }
    assert said == {
        "a": ("A title in blocks", "2019", 2),
        "b": ("A title after a colon", "2020", 2),
        "c": ("A quoted title of work", "2018", 1),
        "d": ("A title of one", "2017", 1),
    }


def test_an_empty_file_beside_others_is_left_over(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(r"\input{empty} \cite{one} \bibliography{refs,empty}", "utf-8")
    (tmp_path / "refs.bib").write_text(BIB, "utf-8")
    for name in ("empty.tex", "empty.bib"):
        (tmp_path / name).write_text("", "utf-8")
    found = read(open_source(tmp_path / "main.tex"), ReadOptions())
    assert [work.key for work in found.works] == ["one"]
    assert [one.reason for one in found.leftovers].count("the file is empty") == 1


def test_a_bibliography_that_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(r"\cite{a} \bibliography{lost,../outside}", "utf-8")
    with pytest.raises(EditError, match=r"no bibliography that the document names is there: 'lost', '\.\./outside'"):
        read(open_source(tmp_path / "main.tex"), ReadOptions())


@pytest.mark.parametrize(
    "text",
    [
        r"\input{main} \cite{one}",
        r"\section{\cite{one}} $ \cite{one",
        r"\begin{itemize} \item \cite{one} \begin{itemize}",
        r"\cite[][]{} \citep* \begin{tabular}{l} & & \\ \cite{one} \end{tabular}",
        r"\newcommand{\a}{\a\a} \a \cite{one}",
        "\\cite{one} } {{ \\end{document} \\verb|x \\[ \\href{javascript:alert(1)}{x}",
        "\\cite{one}" + r"\emph{" * 100 + "x" + "}" * 100,
    ],
)
def test_any_document_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "main.tex").write_text(text + "\n\\bibliography{refs}\n", "utf-8")
    (tmp_path / "refs.bib").write_text(BIB, "utf-8")
    found = read(open_source(tmp_path / "main.tex"), ReadOptions())
    assert "one" in {work.key for work in found.all_works()}


def test_what_nests_too_deeply_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text("{" * 5_000, "utf-8")
    with pytest.raises(EditError, match="cannot be read as LaTeX"):
        read(open_source(tmp_path / "main.tex"), ReadOptions())
