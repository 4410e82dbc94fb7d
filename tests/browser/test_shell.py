import pytest
from playwright.sync_api import expect

from tests.browser.axe import sideways, violations
from tests.browser.conftest import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def everybody(transactional_db):
    from tests.world import World

    return World.make()


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def test_the_parts_of_a_page_pass_in_three_modes(office, everybody, demo):
    office.goto("/styleguide/")
    assert violations(office) == []
    for button in ("高对比度", "长者模式"):
        office.get_by_label("显示设置：长者模式、高对比度、语言").click()
        office.get_by_role("button", name=button).click()
        expect(office.get_by_role("heading", level=1)).to_be_visible()
        assert violations(office) == []
    assert office.evaluate("document.documentElement.dataset.mode") == "senior"
    assert office.evaluate("document.documentElement.dataset.bsTheme") == "dark"


def test_the_parts_fit_a_phone(phone, everybody, demo):
    phone.goto("/styleguide/")
    assert sideways(phone) == 0
    assert violations(phone) == []


def test_rare_characters_of_names_are_in_the_title_face(office, everybody, demo):
    office.goto("/styleguide/")
    loaded = office.evaluate("""async () => {
        const line = document.querySelector(".hl-meta .hl-song").textContent;
        await document.fonts.load("600 22px 'Hanlin Song'", line);
        return [...line].filter((sign) => !document.fonts.check("600 22px 'Hanlin Song'", sign));
    }""")
    assert loaded == []


def test_menus_open_and_close_by_keyboard(office, everybody):
    enter(office, everybody.people["learner"])
    office.goto("/me/")
    menu = office.get_by_label("显示设置：长者模式、高对比度、语言")
    menu.focus()
    office.keyboard.press("Enter")
    english = office.locator(".hl-top").get_by_role("button", name="English")
    expect(english).to_be_visible()
    office.keyboard.press("Escape")
    expect(english).to_be_hidden()
    expect(menu).to_be_focused()


def test_the_first_tab_skips_to_the_content(office, everybody):
    enter(office, everybody.people["learner"])
    office.goto("/me/")
    office.keyboard.press("Tab")
    expect(office.get_by_text("跳到正文")).to_be_focused()
    office.keyboard.press("Enter")
    assert office.evaluate("document.activeElement.id") == "main"


def test_a_phone_has_its_places_at_the_bottom(phone, everybody):
    enter(phone, everybody.people["learner"])
    phone.goto("/me/")
    tabs = phone.get_by_role("navigation", name="常用入口")
    expect(tabs).to_be_in_viewport()
    assert tabs.get_by_role("link").count() <= 5
    assert sideways(phone) == 0
    assert violations(phone) == []


@pytest.mark.parametrize("language", ["English", "繁體中文"])
def test_other_languages_fit(phone, everybody, language):
    enter(phone, everybody.people["secretary"])
    phone.goto("/me/")
    phone.locator("main").get_by_role("button", name=language).click()
    expect(phone.locator("html")).to_have_attribute("lang", {"English": "en", "繁體中文": "zh-Hant"}[language])
    assert sideways(phone) == 0


def test_a_missing_page_says_what_to_do(office, everybody):
    reply = office.goto("/no-such-page/")
    assert reply.status == 404
    expect(office.get_by_role("heading", level=1)).to_have_text("没有这一页")
    expect(office.get_by_role("link", name="回到首页")).to_be_visible()
    assert violations(office) == []
