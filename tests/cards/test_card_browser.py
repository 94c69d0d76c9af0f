"""Cards as readers see them: what is too long for a line is broken, and nothing stands outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_the_label_of_a_work_without_authors_stays_within_its_card(page: Page) -> None:
    """It is a title, which imported lists have many of."""
    page.goto("html/surveys/contrastive-learning.html")
    is_within = page.evaluate(
        """() => {
            const labels = [...document.querySelectorAll(".pt-grid a.pt-cite")];
            const label = labels.find((one) => one.getBoundingClientRect().width > 0);
            label.textContent = `[${"A long title of a work ".repeat(12)}, 2020]`;
            return label.getBoundingClientRect().right <= label.closest("[data-paper]").getBoundingClientRect().right;
        }"""
    )
    assert is_within is True
