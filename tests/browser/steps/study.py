"""Steps 1 and 2: a roster and a course come in; a cadre studies to a certificate that anyone can verify."""

import io
import re
from pathlib import Path
from typing import Any

import pandas as pd

from tests.browser.steps import Walk, fetch, wait_until
from tests.people import rosters

COUNTY_LEVEL = "县处级"
NEW_PASSWORD = "Xuexi-2026-qingshi"


def import_roster(walk: Walk, page: Any) -> None:
    """The training administrator brings forty people and fetches their first passwords."""
    path = walk.folder / "在职干部名册.xlsx"
    path.write_bytes(rosters.xlsx(rosters.forty()))
    page.goto("/people/roster/")
    walk.look(page)
    page.locator("main a[href*='/imports/'].btn-primary").click()
    walk.look(page)
    page.set_input_files("input[type=file]", path)
    page.locator("main form[enctype] .btn-primary").click()
    page.wait_for_selector("form[action*=confirm] button")
    walk.look(page)
    assert "40" in page.inner_text("h1")
    page.locator("form[action*=confirm] button").click()
    page.wait_for_selector("h1:has-text('40')")
    walk.look(page)

    page.goto("/people/roster/")
    walk.look(page)
    page.locator("form[action*=first-passwords] button").click()
    with page.expect_download() as waiting:
        page.locator("dialog[open] [data-yes]").click()
    waiting.value.save_as(walk.folder / "初始密码.xlsx")
    table = pd.read_excel(walk.folder / "初始密码.xlsx", engine="calamine", dtype=str)
    assert len(table) == 40
    walk.kept["passwords"] = {row.iloc[0]: (row.iloc[2], row.iloc[3]) for _n, row in table.iterrows()}


def publish_course(walk: Walk, page: Any, lesson_video: Path, captions: Path) -> None:
    """The editor puts the film into its lesson and publishes the course in the editors' desk."""
    course = walk.kept["course"]
    page.goto(f"/cms/snippets/courses/lesson/edit/{walk.kept['film'].pk}/")
    page.set_input_files("input[name=video]", lesson_video)
    page.set_input_files("input[name=captions]", captions)
    _publish(page)
    for lesson in walk.kept["others"]:
        page.goto(f"/cms/snippets/courses/lesson/edit/{lesson.pk}/")
        _publish(page)
    page.goto(f"/cms/pages/{course.pk}/edit/")
    _publish(page)
    page.goto(f"/courses/{course.slug}/")
    walk.look(page)
    assert course.title in page.inner_text("h1")


def _publish(page: Any) -> None:
    """Wagtail keeps its publish button in the drop-down beside the one that saves."""
    button = page.locator("button[name=action-publish]")
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").last.click()
    button.click()
    page.wait_for_load_state("networkidle")
    assert page.locator(".messages .success").count(), page.locator(".messages").inner_text()


def assign(walk: Walk, page: Any) -> None:
    """The course becomes a duty of the county level of two bodies."""
    page.goto("/courses/assignments/")
    walk.look(page)
    page.goto("/courses/assignments/new/")
    page.select_option("select[name=course]", label=walk.kept["course"].title)
    for body in ("云澜市数据局", "澄岭市政务服务局"):
        page.locator("label", has_text=re.compile(rf"^\s*{body}")).first.click()
    for level in ("县处级正职", "县处级副职"):
        page.locator("label", has_text=level).first.click()
    page.fill("input[name=due_on]", walk.kept["due"].isoformat())
    page.fill("[name=reason]", "年度网信能力必修安排")
    walk.look(page)
    page.locator("main form .btn-primary").click()
    page.wait_for_selector("form[action$=issue] button")
    walk.look(page)
    assert "11" in page.inner_text("h1")  # six of the roster, five who were there before
    page.locator("form[action$=issue] button").click()
    page.locator("dialog[open] [data-yes]").click()
    page.wait_for_load_state("networkidle")
    walk.look(page)


def first_log_in(walk: Walk, page: Any, name: str) -> None:
    """The cadre comes with the first password and must choose another."""
    username, first = walk.kept["passwords"][name]
    walk.enter(page, username, first)
    page.fill("[name=oldpassword]", first)
    page.fill("[name=password1]", NEW_PASSWORD)
    page.fill("[name=password2]", NEW_PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state("networkidle")


def study(walk: Walk, page: Any) -> None:
    """Watch, read, pass the quiz: on a phone, by the honest clock."""
    course = walk.kept["course"]
    page.goto("/workbench/")
    walk.look(page)
    assert course.title in page.inner_text("main")
    page.get_by_role("link", name=course.title).first.click()
    walk.look(page)
    page.locator("form[action$=start] button").first.click()
    page.wait_for_selector("video")
    walk.look(page)
    _watch(page)
    page.goto(f"/courses/{course.slug}/")
    page.locator("form[action$=start] button").first.click()
    page.wait_for_selector("form[action$=read] button")
    walk.look(page)
    _read(page)
    page.goto(f"/courses/{course.slug}/")
    page.locator("form[action$=start] button").first.click()
    page.wait_for_selector("form[action$=quiz] button")
    walk.look(page)
    page.locator("form[action$=quiz] button").click()
    page.wait_for_selector("form.quiz fieldset")
    walk.look(page)
    _answer(walk, page)


def _watch(page: Any) -> None:
    page.evaluate("document.querySelector('video').play()")
    wait_until(page, "document.querySelector('video').ended", 60)
    page.wait_for_timeout(1500)  # the last beat goes out


def _read(page: Any) -> None:
    button = page.locator("form[action$=read] button")
    page.mouse.wheel(0, 4000)
    wait_until(page, "!document.querySelector('form[action$=read] button').disabled", 60)
    button.click()
    page.wait_for_load_state("networkidle")


def _answer(walk: Walk, page: Any) -> None:
    """Nine of ten right: a pass, not a wonder."""
    fieldsets = page.locator("form.quiz fieldset")
    assert fieldsets.count() == 10
    for number in range(10):
        text = fieldsets.nth(number).locator("legend").inner_text()
        right = next(words for question, words in walk.kept["answers"].items() if question in text)
        for option in fieldsets.nth(number).locator("label").all():
            if (option.inner_text().strip() in right) != (number == 9):
                option.click()
                if number == 9:
                    break
    page.wait_for_timeout(1500)
    page.locator("form.quiz .quiz-foot .btn-primary").click()
    page.wait_for_load_state("networkidle")
    walk.look(page)
    assert "90" in page.inner_text("main")


def certificate(walk: Walk, page: Any) -> None:
    """Hours stand in the ledger, the certificate is a PDF, and its code leads strangers to its page."""
    course = walk.kept["course"]
    page.goto("/courses/archive/")
    walk.look(page)
    assert page.locator(".ledger li").count() >= 2
    page.get_by_role("link", name=course.title).first.click()
    page.wait_for_selector("a[href$=pdf]", timeout=60_000)
    walk.look(page)
    target = walk.folder / "结业证书.pdf"
    assert fetch(page, page.locator("a[href$=pdf]").first, target)[:5] == b"%PDF-"
    walk.kept["certificate"] = _text(target)


def _text(pdf: Path) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(pdf.read_bytes())) as book:
        return "\n".join(sheet.extract_text() or "" for sheet in book.pages)
