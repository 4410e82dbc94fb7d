"""The journey's steps, each by one person through the real pages."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hanlin.people.models import Person
from tests.browser.axe import sideways, violations
from tests.browser.conftest import login


@dataclass
class Walk:
    """One walk through the house: a browser window per person, and what each page had to be ashamed of."""

    folder: Path  # for files that are made, uploaded and fetched
    office: Any = None  # () -> Page at 1366 × 768
    phone: Any = None  # () -> Page at 360 × 800
    visited: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def enter(self, page: Any, username: str, password: str) -> Any:
        """Log in through the form."""
        login(page, username, password)
        assert "/accounts/login" not in page.url, page.inner_text("main")
        self.look(page)
        return page

    def look(self, page: Any) -> None:
        """Judge the page as it stands: accessibility, width, language."""
        path = page.url.split("?")[0].removeprefix(page.home)
        heard = len(page.complaints)
        found = violations(page)
        del page.complaints[heard:]  # axe-core itself trips over the content policy; the page did not
        if sideways(page) > 0:
            found.append(f"{sideways(page)} px wider than the screen")
        found += [f"English: {words!r}" for words in english(page)]
        self.visited.setdefault(path, []).extend(found)


# what is Latin on purpose: names of formats, standards, addresses, keys
LATIN = {
    "pdf", "xlsx", "csv", "docx", "json", "qr", "ics", "mp4", "vtt", "url", "sha", "sm", "gb", "kb", "mb", "utf", "demo", "example",
    "http", "https", "localhost", "english", "rto", "rpo", "ip", "api", "cad", "app", "it", "xapi", "pades", "ofd", "rfc", "dns",
    "id", "testserver", "h", "t", "hl", "webauthn", "totp", "saas", "sql", "sla",
    "word", "excel", "powerpoint", "zip", "usb", "key",
}  # fmt: skip


# addresses, file names, verification codes and digests
NOT_WORDS = re.compile(
    r"[\w.+-]+@[\w.-]+|https?://\S+|\S+\.(?:pdf|xlsx|csv|docx|ics|json|mp4|vtt|png)\b"
    r"|(?:[A-Z0-9]{4}-)+[A-Z0-9]{4}|[A-Z0-9]{8,}|[0-9a-f]{8,}"
)


def wait_until(page: Any, condition: str, seconds: float) -> None:
    """Ask the page again and again: its content policy forbids Playwright's own way of waiting for a condition."""
    for _ in range(int(seconds * 4)):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"not within {seconds} s: {condition}\n{page.inner_text('main')[:600]}")


def fetch(page: Any, link: Any, target: Path) -> bytes:
    """The file behind a link, as this person gets it; a PDF would open in the browser's own viewer."""
    reply = page.request.get(page.home + link.get_attribute("href"))
    assert reply.ok, f"{reply.status} {reply.url}"
    target.write_bytes(reply.body())
    return reply.body()


def english(page: Any) -> list[str]:
    """Visible runs of two or more English words, or one of four letters and more that is not Latin on purpose."""
    script = """() => {
      const out = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode, parent = node.parentElement;
        if (!parent || parent.closest('script,style,noscript,code,[lang=en],.vjs-hidden,[hidden]')) continue;
        if (parent.getClientRects().length) out.push(node.textContent);
      }
      for (const el of document.querySelectorAll('[placeholder],[title],[aria-label]'))
        for (const name of ['placeholder', 'title', 'aria-label']) if (el.getAttribute(name)) out.push(el.getAttribute(name));
      return out;
    }"""
    names = set(Person.objects.values_list("username", flat=True))
    wrong = []
    for text in page.evaluate(script):
        bare = NOT_WORDS.sub(" ", text)
        words = [
            word
            for word in re.findall(r"[A-Za-z]{2,}[0-9]*", bare)
            if word.lower().rstrip("0123456789") not in LATIN and word not in names
        ]
        if any(len(word) > 3 for word in words) or len(words) > 1:
            wrong.append(" ".join(text.split())[:80])
    return wrong
