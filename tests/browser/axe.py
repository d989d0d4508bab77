"""What axe finds against a page, or against a part of it. Not for asserting: what a test allows is the test's.

axe is half a megabyte of script: a document is given it once, however often it is asked, and of what axe looked at only
the faults come back.
"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
COLOURS = ("color-contrast",)
"""The rules that look at nothing but colours."""

_RUN = """async ([within, rules]) => {
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: rules }) };
  const { violations } = await axe.run(within ?? document, options);
  return violations.map(({ id, help, nodes }) => [id, help, nodes[0].html]);
}"""


def violations(page: Page, within: str | None = None, rules: tuple[str, ...] | None = None) -> list[str]:
    """Each rule that something breaks, with the first place, by all rules or by these alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    found: list[Any] = page.evaluate(_RUN, [within, rules and list(rules)])
    return [f"{rule}: {says} at {place[:200]}" for rule, says, place in found]
