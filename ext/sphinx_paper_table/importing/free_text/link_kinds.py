"""What a link in a list leads to: the paper, its code, a project's page and so on, by its address and its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from sphinx_paper_table.bibliography.identifiers import identifiers
from sphinx_paper_table.survey.addresses import is_web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

PAPER: Final = "paper"
VIDEO: Final = "video"
OTHER: Final = "other"
ANY: Final = "link"
"""What words such as "link" say: nothing."""
_LABELS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            *("paper", "papers", "pdf", "arxiv", "abs", "abstract", "doi", "openreview", "acl"),
            *("cvf", "ieee", "acm", "springer", "article", "preprint", "publication", "thesis"),
            *("book", "full", "text", "论文", "原文", "pmlr", "neurips", "biorxiv", "elsevier"),
            *("tech", "report", "version", "extended", "journal", "conference", "ps", "论文链接", "论文地址"),
        ),
        PAPER,
    ),
    **dict.fromkeys(
        (
            *("code", "codes", "github", "git", "gitlab", "official", "unofficial", "repo", "repository", "pytorch"),
            *("implementation", "implementations", "tensorflow", "torch", "tf", "keras", "jax", "matlab", "caffe"),
            *("star", "stars", "mxnet", "chainer", "c++", "python", "java", "julia", "代码", "源码", "开源", "toolbox"),
            *("reimplementation", "author", "authors", "paddle", "mindspore", "theano", "lasagne", "r"),
        ),
        "code",
    ),
    **dict.fromkeys(("link", "links", "url", "html", "here", "source", "download", "链接", "地址"), ANY),
    **dict.fromkeys(
        ("project", "page", "website", "homepage", "web", "webpage", "site", "home", "主页", "项目", "项目主页"),
        "project",
    ),
    **dict.fromkeys(
        ("demo", "colab", "playground", "app", "gradio", "replicate", "notebook", "space", "spaces", "演示"), "demo"
    ),
    **dict.fromkeys(("data", "dataset", "datasets", "benchmark", "数据", "数据集"), "data"),
    **dict.fromkeys(("slides", "slide", "ppt", "poster", "presentation", "幻灯片"), "slides"),
    **dict.fromkeys(("blog", "post", "medium", "blogpost", "博客", "解读", "中文解读", "知乎"), "blog"),
    **dict.fromkeys(("video", "videos", "talk", "youtube", "bilibili", "vimeo", "lecture", "视频"), VIDEO),
    **dict.fromkeys(
        (
            *(
                "bibtex",
                "bibtext",
                "bib",
                "cite",
                "citation",
                "supp",
                "supplementary",
                "supplement",
                "material",
                "appendix",
            ),
            *("review", "reviews", "model", "models", "weights", "checkpoint", "checkpoints", "hf", "huggingface"),
            *("hugging", "face", "modelscope", "slack", "twitter", "wechat", "docs", "documentation", "api"),
            *("leaderboard", "license", "news", "tweet", "模型", "summary", "tutorial", "wiki"),
        ),
        OTHER,
    ),
}
"""What the words of a link say it is."""
KINDS: Final = frozenset(_LABELS.values())
_FILLING: Final = frozenset({"the", "and", "for", "of", "in", "on", "by", "our", "their", "latest", "new", "v", "&"})
_MOST_WORDS: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]+(?:\+\+)?")
_CODE_HOSTS: Final = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "sr.ht"})
_VIDEO_HOSTS: Final = ("youtube.com", "youtu.be", "bilibili.com", "vimeo.com", "slideslive.com", "videolectures.net")
_PAPER_HOSTS: Final = (
    *("arxiv.org", "openaccess.thecvf.com", "cv-foundation.org", "thecvf.com", "ecva.net", "proceedings.mlr.press"),
    *("jmlr.org", "papers.nips.cc", "nips.cc", "proceedings.neurips.cc", "neurips.cc", "openreview.net", "aclweb.org"),
    *("aclanthology.org", "aclanthology.info", "ieeexplore.ieee.org", "computer.org", "dl.acm.org", "doi.acm.org"),
    *("doi.org", "link.springer.com", "sciencedirect.com", "aaai.org", "ijcai.org", "isca-speech.org"),
    *("isca-archive.org", "semanticscholar.org", "biorxiv.org", "medrxiv.org", "nature.com", "science.org"),
    *("sciencemag.org", "pnas.org", "plos.org", "mdpi.com", "wiley.com", "tandfonline.com", "oup.com", "iop.org"),
    *("aps.org", "acs.org", "rsc.org", "frontiersin.org", "ssrn.com", "jstor.org", "dblp.org", "inspirehep.net"),
    *("ncbi.nlm.nih.gov", "hal.science", "eprint.iacr.org", "zenodo.org", "researchgate.net", "usenix.org"),
    *("roboticsproceedings.org", "vldb.org", "morganclaypool.com", "cambridge.org", "mitpress.mit.edu", "bmva.org"),
    *("interspeech2020.org", "cell.com", "ojs.aaai.org", "core.ac.uk", "osf.io", "siam.org", "eurekaselect.com"),
)
_BLOG_HOSTS: Final = ("medium.com", "towardsdatascience.com", "zhuanlan.zhihu.com", "substack.com", "mp.weixin.qq.com")
_SLIDE_HOSTS: Final = ("slideshare.net", "speakerdeck.com", "docs.google.com/presentation")
_DEMO_HOSTS: Final = ("colab.research.google.com", "replicate.com", "kaggle.com/code", "gradio.live", "streamlit.app")
_DATA_HOSTS: Final = ("kaggle.com", "paperswithcode.com/dataset")
_HOSTS: Final[Mapping[str, tuple[str, ...]]] = {
    "demo": _DEMO_HOSTS,
    VIDEO: _VIDEO_HOSTS,
    "slides": _SLIDE_HOSTS,
    "blog": _BLOG_HOSTS,
    "data": _DATA_HOSTS,
    PAPER: _PAPER_HOSTS,
}
_PAGES: Final = (".github.io", ".gitlab.io", ".netlify.app", ".vercel.app", "sites.google.com")
_STARS: Final = re.compile(r"img\.shields\.io/github/(?:stars|last-commit|forks)/([\w.-]+)/([\w.-]+)")
_BADGE_END: Final = (".svg", ".png")
_CVF: Final = re.compile(r"/content_?/?([A-Za-z]{3,5})_?((?:19|20)\d\d)(_workshops|W)?", re.IGNORECASE)
_ECVA: Final = re.compile(r"ecva\.net/papers/eccv_((?:19|20)\d\d)")
_NEURIPS: Final = re.compile(r"/paper(?:_files/paper)?/((?:19|20)\d\d)/")
_PMLR: Final = re.compile(r"/(?:v|r)(\d{1,4})/[a-z-]+(\d\d)[a-z]{0,2}\b")
_ACL_NEW: Final = re.compile(r"^((?:19|20)\d\d)\.([a-z]+)-")
_ACL_OLD: Final = re.compile(r"^([A-Z])(\d\d)-")
_ACL_LETTERS: Final[Mapping[str, str]] = {
    "P": "ACL",
    "D": "EMNLP",
    "N": "NAACL",
    "E": "EACL",
    "C": "COLING",
    "Q": "TACL",
    "K": "CoNLL",
}
_ACL_VOLUMES: Final[Mapping[str, str]] = {
    "acl": "ACL",
    "emnlp": "EMNLP",
    "naacl": "NAACL",
    "eacl": "EACL",
    "coling": "COLING",
    "tacl": "TACL",
    "conll": "CoNLL",
    "findings": "Findings of ACL",
}
_CENTURY: Final = 60


class Told(NamedTuple):
    """What an address of a paper says of it: fields of its entry, and the venue as lists call it."""

    fields: Mapping[str, str]
    venue: str = ""


def label_kind(label: str) -> str:
    """Return what the words of a link say it is; empty when they are more than a label: a title, a venue."""
    words = [word.casefold() for word in _WORD.findall(label[:80])]
    kinds = [_LABELS.get(word) for word in words if word not in _FILLING]
    if not kinds or len(kinds) > _MOST_WORDS or None in kinds:
        return ""
    return next((kind for kind in kinds if kind not in {PAPER, OTHER, ANY}), None) or kinds[0] or ""


def button_kind(words: str) -> str:
    """Return what a link that stands in brackets of its own is, if any of its words says it: "codes and platform"."""
    said = [kind for word in _WORD.findall(words[:80]) if (kind := _LABELS.get(word.casefold()))]
    return said[0] if said and len(_WORD.findall(words[:80])) <= _MOST_WORDS else ""


def address_kind(address: str) -> str:
    """Return what an address is of by its host; empty for one that only its words tell."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host, path = (parts.hostname or "").removeprefix("www."), parts.path
    if "huggingface.co" in host:
        return _hugging_face(path)
    if host in _CODE_HOSTS:
        return PAPER if path.lower().endswith(".pdf") else "code"
    for kind, hosts in _HOSTS.items():
        if _is_at(f"{host}{path}", hosts):
            return kind
    is_paper = path.lower().endswith((".pdf", ".ps", ".ps.gz")) or identifiers({"url": address})
    return PAPER if is_paper else "project" if any(page in host for page in _PAGES) else ""


def _is_at(place: str, hosts: tuple[str, ...]) -> bool:
    host = place.partition("/")[0]
    return any(place.startswith(name) if "/" in name else f".{host}".endswith(f".{name}") for name in hosts)


def _hugging_face(path: str) -> str:
    first = path.strip("/").partition("/")[0]
    return {"papers": PAPER, "spaces": "demo", "datasets": "data", "blog": "blog"}.get(first, OTHER)


def link_kind(address: str, label: str) -> str:
    """Return what a link is: one of the kinds of `entities.Links`, `PAPER`, `VIDEO` or `OTHER`; empty if unknown.

    The words are the author's, so they win; but a page calls itself one, "paper" is said of everything, and what has a
    number in arXiv or in the ACL Anthology is a paper, whatever it is called.
    """
    said, seen = label_kind(label), address_kind(address)
    if seen == PAPER and (said == "project" or identifiers({"url": address}).keys() & {"arxiv", "acl"}):
        return PAPER
    if said == "code" and seen == "project":
        return "project"
    if said == "project" and seen == "code":
        return "code"
    if said == ANY:
        return seen or PAPER
    if said in {"", OTHER} or (said == PAPER and seen in {"demo", "data", VIDEO}):
        return seen or said
    return said


def repository_of_badge(picture: str) -> str:
    """Return the repository whose stars a picture shows; empty for another picture."""
    found = _STARS.search(picture)
    if found is None:
        return ""
    name = found[2]
    for end in _BADGE_END:
        name = name.removesuffix(end)
    address = f"https://github.com/{found[1]}/{name}"
    return address if is_web_address(address) else ""


def told_by(address: str) -> Told:
    """Return what the address of a paper says of it."""
    names = identifiers({"url": address})
    if arxiv := names.get("arxiv"):
        return Told({"eprint": arxiv, "archiveprefix": "arXiv"})
    if acl := names.get("acl"):
        return _of_anthology(acl, address)
    return _of_proceedings(address) or Told({"url": address, **({"doi": names["doi"]} if names.get("doi") else {})})


def _of_proceedings(address: str) -> Told | None:
    """Return what the addresses of some proceedings say; None of others."""
    host = urlsplit(address).hostname or ""
    if host.endswith(("thecvf.com", "cv-foundation.org")) and (found := _CVF.search(address)):
        return Told({"year": found[2], "url": address}, found[1].upper() + (" Workshops" if found[3] else ""))
    if found := _ECVA.search(address):
        return Told({"year": found[1], "url": address}, "ECCV")
    if host.endswith(("nips.cc", "neurips.cc")):
        found = _NEURIPS.search(address)
        return Told({"url": address, **({"year": found[1]} if found else {})}, "NeurIPS")
    if host.endswith("mlr.press") and (found := _PMLR.search(address)):
        return Told({"url": address, "volume": found[1], "year": _century(found[2])}, "PMLR")
    return None


def _of_anthology(name: str, address: str) -> Told:
    if found := _ACL_NEW.match(name):
        return Told({"url": address, "year": found[1]}, _ACL_VOLUMES.get(found[2], ""))
    found = _ACL_OLD.match(name)
    if found is None:
        return Told({"url": address})
    return Told({"url": address, "year": _century(found[2])}, _ACL_LETTERS.get(found[1], ""))


def _century(digits: str) -> str:
    return f"{'19' if int(digits) > _CENTURY else '20'}{digits}"
