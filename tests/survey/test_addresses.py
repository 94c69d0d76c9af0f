"""Which addresses may become links, read as browsers read them."""

from __future__ import annotations

import pytest

from sphinx_paper_table.survey.addresses import host_of, is_linkable, is_web_address, scheme_of


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/x?y=javascript:z#a:b",
        "HTTP://example.org",
        "mailto:a@example.org",
        "ftp://example.org/x",
        "page.html#a:b",
        "../a/b:c",
        "?q=a:b",
        "#javascript:x",
        "//example.org/x",
        "",
    ],
)
def test_web_mail_and_the_site_itself_are_linked(address: str) -> None:
    assert is_linkable(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript\r:alert(1)",
        "javascript\n://%0aalert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://example.org/x",
        "filesystem:https://example.org/x",
        "view-source:https://example.org",
        "intent://x#Intent;end",
        "ms-word:ofe|u|x",
        "tel:+1",
        "doi:10.1/x",
        "feed:javascript:x",
        ":javascript:x",
        "x y:z",
    ],
)
def test_nothing_else_is(address: str) -> None:
    assert not is_linkable(address)


@pytest.mark.parametrize(
    ("address", "scheme"), [("HTTPS://x", "https"), ("\x00 java\nscript:x", "javascript"), ("a/b:c", ""), ("", "")]
)
def test_schemes_are_read_as_browsers_do(address: str, scheme: str) -> None:
    assert scheme_of(address) == scheme


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("images/x.png", None),
        ("/x.png", None),
        ("https://Example.org:8000/x", "example.org:8000"),
        ("//example.org/x", "example.org"),
        ("\\\\example.org\\x", "example.org"),
        ("/\\example.org/x", "example.org"),
        ("/\t/example.org/x", "example.org"),
        ("https:\\\\example.org/x", "example.org"),
        ("data:image/png;base64,x", ""),
        ("file:///x.png", ""),
        ("https://[x", ""),
    ],
)
def test_the_host_that_is_asked_is_the_browser_s(address: str, host: str | None) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize("address", ["https://example.org/a_(b)", "http://xn--e1a.example/"])
def test_whole_web_addresses(address: str) -> None:
    assert is_web_address(address)


@pytest.mark.parametrize(
    "address",
    ["example.org", "https:", "https:///x", "mailto:x", 'https://x"y', "https://x y", "https://x\x00", "http://[x"],
)
def test_what_is_no_whole_web_address(address: str) -> None:
    assert not is_web_address(address)
