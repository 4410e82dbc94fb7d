"""Steps 3 and 4: a project is registered, a panel judges it, the opinion is issued, its items are closed."""

import re
from datetime import datetime, time
from typing import Any

from django.urls import reverse

from hanlin.kernel.models import Outbox
from hanlin.people.models import Person
from projects.models import ExpertReview, PanelSeat
from tests.browser.conftest import enter
from tests.browser.steps import Walk, fetch
from tests.kernel.files import pdf

PROJECT = "示例省一体化政务大数据平台（一期）"
PAPERS = ("可行性研究报告", "信息资源目录", "密码应用方案")
PANEL = ("林祎", "曾喆", "单珺", "赵翀", "王垚")
MUST_CHANGE = "信息资源目录补齐人口、法人、电子证照3个共享数据集，并注明更新频率和责任岗位。"
DECLINES, STAND_IN = "王垚", "周堃"


def register(walk: Walk, page: Any) -> None:
    """The owner registers the project, files its dossier and applies."""
    page.goto("/projects/new/")
    walk.look(page)
    page.fill("[name=name]", PROJECT)
    page.select_option("[name=owner]", label="示例省数据局")
    page.select_option("[name=region]", label="示例省")
    page.select_option("[name=level]", index=1)
    page.select_option("[name=stage]", value="feasibility")
    page.fill("[name=budget]", "860")
    page.fill("[name=goal]", "汇聚全省政务数据，建成统一目录、统一交换、统一服务的大数据平台，支撑跨部门业务协同。")
    page.locator("main form .btn-primary").click()
    page.wait_for_selector("#upload")
    walk.look(page)
    for kind in PAPERS:
        page.select_option("#upload ~ * [name=kind], [aria-labelledby=upload] [name=kind]", label=kind)
        page.set_input_files(
            "[aria-labelledby=upload] input[type=file]", {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": pdf()}
        )
        page.check("[aria-labelledby=upload] [name=no_secret]")
        with page.expect_navigation():
            page.locator("[aria-labelledby=upload] button").last.click()
    walk.look(page)
    with page.expect_navigation():
        page.locator("[aria-labelledby=apply] button").click()
    walk.look(page)


def _pdf(name: str) -> Any:
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": pdf()}


def accept(walk: Walk, page: Any) -> None:
    """The secretary finds the application on the board and accepts it."""
    page.goto("/reviews/")
    walk.look(page)
    page.get_by_role("link", name=PROJECT).first.click()
    page.wait_for_selector("form[action$='/accept/']")
    walk.look(page)
    with page.expect_navigation():
        page.locator("form[action$='/accept/'] button").click()
    walk.kept["review"] = ExpertReview.objects.get(project__name=PROJECT)


def compose(walk: Walk, page: Any) -> None:
    """Five from the pool; the owner's own people are excluded, and the page says so."""
    review = walk.kept["review"]
    page.goto(f"/reviews/{review.pk}/panel/")
    walk.look(page)
    assert "示例省数据局" in page.inner_text("main")
    for name in PANEL:
        _choose(page, name, "专业与项目对口")
    walk.look(page)
    with page.expect_navigation():
        page.locator("#convene button").click()
    walk.look(page)


def _choose(page: Any, name: str, reason: str) -> None:
    row = page.locator(".pool > li", has=page.locator(".t", has_text=name))
    row.locator("summary").click()
    row.locator("[name=reason]").fill(reason)
    with page.expect_navigation():
        row.locator("form button").click()


def answer_invitations(walk: Walk, page: Any) -> None:
    """By the letter's link, without log-in: one declines with a reason, the others accept."""
    invited = PanelSeat.objects.filter(panel__round__review=walk.kept["review"], state="invited")
    for seat in invited.select_related("expert__person"):
        person = seat.expert.person
        mail = Outbox.objects.filter(to=person.email, body__contains="/reviews/invitations/").latest("pk")
        page.goto(re.search(r"/reviews/invitations/\S+", mail.body).group(0))
        walk.look(page) if person.name == DECLINES else None
        if person.name == DECLINES:
            page.fill("[name=reason]", "当日在外地主持验收会议，无法到会。")
        with page.expect_navigation():
            page.locator(f"button[name=answer][value={'no' if person.name == DECLINES else 'yes'}]").click()
        assert page.locator(".hl-ok").count(), page.inner_text("main")


def replace(walk: Walk, page: Any) -> None:
    """The empty chair goes to another expert."""
    review = walk.kept["review"]
    page.goto(f"/reviews/{review.pk}/panel/")
    walk.look(page)
    row = page.locator("li", has=page.locator(".t", has_text=DECLINES)).first
    row.locator("a[href*='replace=']").click()
    _choose(page, STAND_IN, "接替因公不能到会的王垚")
    if page.locator("#convene button").count():
        with page.expect_navigation():
            page.locator("#convene button").click()
    seat = PanelSeat.objects.get(panel__round__review=review, expert__person__name=STAND_IN)
    enter(page, seat.expert.person)
    page.goto(f"/reviews/seats/{seat.pk}/")
    walk.look(page)
    with page.expect_navigation():
        page.locator("button[name=answer][value=yes]").click()


def schedule(walk: Walk, page: Any) -> None:
    """A room, a time, and an invitation that calendars read."""
    review, day = walk.kept["review"], walk.kept["meeting_day"]
    page.goto(f"/reviews/{review.pk}/schedule/")
    walk.look(page)
    page.fill("[name=day]", day.isoformat())
    page.fill("[name=start]", "09:30")
    page.fill("[name=end]", "11:30")
    page.select_option("[name=room]", index=1)
    with page.expect_navigation():
        page.locator("main form .btn-primary").first.click()
    page.goto(f"/reviews/{review.pk}/")
    walk.look(page)
    with page.expect_download() as waiting:
        page.locator("a[href$='.ics']").first.click()
    target = walk.folder / "评审会.ics"
    waiting.value.save_as(target)
    text = target.read_text()
    assert "BEGIN:VEVENT" in text
    starts = datetime.combine(day, time(9, 30))
    assert f"DTSTART;TZID=Asia/Shanghai:{starts:%Y%m%dT%H%M%S}" in text


def declare(walk: Walk, page: Any) -> None:
    """Every member declares that there is no conflict."""
    for number, seat in enumerate(_seats(walk)):
        enter(page, seat.expert.person)
        page.goto(f"/reviews/seats/{seat.pk}/")
        if number == 0:
            walk.look(page)
        page.check("[name=conflict][value=no]")
        page.check("[name=agreed]")
        with page.expect_navigation():
            page.locator("form[action$='/declare/'] .btn-primary").click()


def _seats(walk: Walk) -> list[PanelSeat]:
    rows = PanelSeat.objects.live().filter(panel__round__review=walk.kept["review"])
    return list(rows.select_related("expert__person").order_by("pk"))


def assess(walk: Walk, page: Any) -> None:
    """Each member fills in the rubric part by part and hands it in."""
    for number, seat in enumerate(_seats(walk)):
        enter(page, seat.expert.person)
        page.goto(f"/reviews/seats/{seat.pk}/assessment/")
        if number == 0:
            walk.look(page)
        for part in range(8):
            _fill(page, number, part)
            if part == 2 and number == 0:
                page.wait_for_selector("[data-autosave-state]:has-text('保存')", timeout=15_000)
                walk.look(page)
            button = page.locator("footer .btn-primary").last
            if part < 7:
                with page.expect_navigation():
                    button.click()
            else:
                walk.look(page) if number == 0 else None
                button.click()
                with page.expect_navigation():
                    page.locator("dialog[open] [data-yes]").click()
        assert PanelSeat.objects.get(pk=seat.pk).state == "assessed"


def _fill(page: Any, number: int, part: int) -> None:
    for scale in page.locator(".scale:not(.scale-gate)").all():
        scale.locator("label").nth(3 if (number + part) % 3 else 4).click()
    for gate in page.locator(".scale-gate").all():
        gate.locator("label").nth(1 if number == 0 else 0).click()
    if page.locator(".scale-gate").count() and number == 0:
        for box in page.locator("[name^=c_]").all():
            box.fill("补齐三个共享数据集的目录后通过。")
    if part == 3 and number == 0:  # shareability: one low mark with its reason, one must-change item
        first = page.locator(".scale").first
        first.locator("label").nth(2).click()
        page.locator("[name^=y_]").first.fill("信息资源目录缺3个数据集。")
        page.locator("[data-items] [name=item_text]").first.fill(MUST_CHANGE)
        page.locator("[data-items] [name=item_page]").first.fill("第31页")
    if page.locator("[name=comment]").count():
        page.fill("[name=comment]", "目标清楚，架构合理，目录须补齐后实施。")


def opinion(walk: Walk, page: Any) -> None:
    """The secretary merges, edits and circulates."""
    review = walk.kept["review"]
    page.goto(f"/reviews/{review.pk}/")
    walk.look(page)
    with page.expect_navigation():
        page.locator("form[action$='/opinion/start/'] button").click()
    walk.look(page)
    page.locator("button[name=circulate]").click()
    with page.expect_navigation():
        page.locator("dialog[open] [data-yes]").click()
    assert "/opinion/" not in page.url, page.inner_text("main")


def sign(walk: Walk, page: Any) -> None:
    """Four agree, one dissents with reasons."""
    for number, seat in enumerate(_seats(walk)):
        enter(page, seat.expert.person)
        page.goto(f"/reviews/seats/{seat.pk}/sign/")
        if number == 0:
            walk.look(page)
        word = "agree" if number else "dissent"
        if not number:
            page.fill("[name=reason]", "建议先完成等级保护定级备案再立项。")
        with page.expect_navigation():
            page.locator(f"button[name=word][value={word}]").click()


def issue(walk: Walk, page: Any) -> None:
    """The opinion takes its number and becomes a signed PDF."""
    review = walk.kept["review"]
    page.goto(f"/reviews/{review.pk}/")
    walk.look(page)
    page.locator("form[action$='/opinion/issue/'] button").click()
    with page.expect_navigation():
        page.locator("dialog[open] [data-yes]").click()
    walk.look(page)
    page.locator("a[href^='/papers/']").first.click()
    page.wait_for_selector("a[href$='/pdf']", timeout=90_000)
    walk.look(page)
    data = fetch(page, page.locator("a[href$='/pdf']").first, walk.folder / "专家论证意见.pdf")
    assert (data[:5], b"/ByteRange" in data) == (b"%PDF-", True)  # a signature covers the file


def answer_item(walk: Walk, page: Any) -> None:
    """The owner answers the must-change item with a file."""
    review = walk.kept["review"]
    page.goto(f"/reviews/{review.pk}/findings/")
    walk.look(page)
    page.fill("[name=text]", "已补齐3个数据集，更新频率和责任岗位见目录第31至33页。")
    page.set_input_files("[name=files]", _pdf("信息资源目录（修订）"))
    with page.expect_navigation():
        page.locator("form[action$='/reply/'] .btn-primary").click()
    walk.look(page)


def close(walk: Walk, page: Any) -> None:
    """The secretary strikes the item off; with the last one the review closes."""
    review = walk.kept["review"]
    page.goto(f"/reviews/{review.pk}/findings/")
    walk.look(page)
    with page.expect_navigation():
        page.locator("button[name=word][value=accept]").click()
    assert ExpertReview.objects.get(pk=review.pk).state == "closed"


def person(username: str) -> Person:
    return Person.objects.get(username=username)


def board(walk: Walk, page: Any) -> None:
    """The leader opens the decision board and goes from each figure to its rows."""
    page.goto(reverse("talent:board"))
    walk.look(page)
    links = page.locator("main a[href*='/board/']").all()
    seen = sorted({link.get_attribute("href").split("?")[0] for link in links})
    assert seen, "no figure leads to its rows"
    for href in seen:
        if href.endswith(".xlsx"):
            assert page.request.get(page.home + href).body()[:2] == b"PK"
            continue
        page.goto(href)
        walk.look(page)
