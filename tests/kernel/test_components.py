from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from hanlin.kernel.places import TILES

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def render(source: str, **context) -> str:
    return Template("{% load hanlin figures %}" + source).render(Context(context))


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("day", "words", "kind"),
    [
        (date(2026, 11, 19), "逾期2个工作日", "st-late"),
        (date(2026, 11, 22), "逾期1个工作日", "st-late"),
        (date(2026, 11, 23), "今天截止", "st-soon"),
        (date(2026, 11, 26), "还有3个工作日", "st-soon"),
        (date(2026, 12, 4), "还有9个工作日", 'class="due"'),
    ],
)
def test_a_deadline_counts_working_days(time_machine, day, words, kind):
    time_machine.move_to(MONDAY, tick=False)
    page = render("{% due day %}", day=day)
    assert words in page
    assert kind in page


def test_no_deadline_says_nothing():
    assert render("{% due day %}", day=None) == ""


def test_an_icon_alone_has_a_name_and_beside_words_is_silent():
    assert 'aria-hidden="true"' in render('{% icon "clock" %}')
    assert 'aria-label="搜索"' in render('{% icon "search" "搜索" %}')


def test_text_is_escaped():
    assert "<script>" not in render('{% badge "late" text %}{% empty "inbox" text text %}', text="<script>")


@pytest.mark.parametrize(("done", "total", "width"), [(0, 5, "0.0"), (2, 5, "40.0"), (9, 5, "100.0"), (1, 0, "0.0")])
def test_a_bar_never_leaves_its_track(done, total, width):
    assert f'width="{width}"' in render('{% bar done total "进度" %}', done=done, total=total)


def test_a_ring_shows_value_requirement_and_pace():
    page = render('{% ring value 50 "线上学习" pace=0.5 %}', value=Decimal("38.50"))
    assert "<b>38.5</b><span>共50学时</span>" in page
    assert 'aria-label="线上学习 已得38.5，要求50学时"' in page
    assert "rotate(180.0 50 50)" in page
    assert " ok" in render("{% ring 50 50 %}")
    assert 'class="v"' not in render("{% ring 0 50 %}")


def test_steps_say_where_one_is():
    page = render(
        "{% stepper steps %}", steps=[{"title": "抽取", "state": "done"}, {"title": "评审", "state": "now", "note": "5份"}]
    )
    assert '<li class="now" aria-current="step"><strong>评审</strong><span class="hl-note">5份</span>' in page


def test_a_figure_names_source_date_and_quality(time_machine):
    time_machine.move_to(MONDAY, tick=False)
    page = render('{% figure_source "学时台账" day "B" "2地缺报" %}', day=date(2026, 11, 22))
    assert "来源：学时台账" in page
    assert "截至11月22日" in page
    assert "<b>乙</b>2地缺报" in page


def test_the_pager_keeps_the_other_words_of_the_address():
    request = RequestFactory().get("/", {"q": "林祎", "page": "2"})
    page = render("{% pager page %}", page=Paginator(range(100), 20).get_page(2), request=request)
    assert "?page=3&amp;q=%E6%9E%97%E7%A5%8E" in page
    assert '<span aria-current="page">2</span>' in page
    assert "共100条" in page
    assert render("{% pager page %}", page=Paginator(range(5), 20).get_page(1), request=request).strip() == ""


class Sample(forms.Form):
    number = forms.CharField(label="证书编号", help_text="共18位", max_length=3)
    kind = forms.ChoiceField(label="形式", choices=[("a", "线上"), ("b", "集中")], widget=forms.RadioSelect)
    note = forms.CharField(label="说明", required=False)


def test_a_refused_form_says_what_and_where_above_the_field():
    page = render("{% form_fields form %}", form=Sample({"number": "12345"}))
    assert 'href="#id_number"' in page
    assert page.index('id="id_number_error"') < page.index('<input type="text" name="number"')
    assert 'aria-describedby="id_number_hint id_number_error"' in page
    assert page.count('aria-invalid="true"') == 3  # the text and both radio buttons
    assert "选填" in page


def test_a_scale_always_shows_its_anchors():
    page = render('{% scale "s" anchors 4 "应急预案" %}', anchors=["无", "有文本", "演练无记录", "每年演练", "演练并改进"])
    assert page.count('type="radio"') == 5
    assert page.count("checked") == 1
    assert "演练并改进" in page


def test_the_map_has_every_place_and_hatches_what_is_missing():
    page = render('{% tile_map values bounds "达标率" "%" %}', values={"110000": 93, "660000": 70}, bounds=(75, 80, 85, 90))
    assert len(TILES) == 32
    assert page.count("<b>") == 32
    assert 'aria-label="京，达标率93%"' in page
    assert 'aria-label="藏，达标率缺报"' in page
    assert page.count("缺报</span>") >= 30
    assert "香港" in page


def test_the_funnel_shows_conversion():
    stages = [{"name": "入库", "total": 200, "parts": [50, 150]}, {"name": "受聘", "total": 50, "url": "/x/"}]
    page = render('{% funnel stages "梯队" %}', stages=stages)
    assert "25%" in page
    assert 'x="25.0" width="75.0"' in page
    assert '<a href="/x/">50</a>' in page
    assert render('{% funnel stages "梯队" %}', stages=[])


def test_a_chart_reads_its_values_and_has_a_table():
    page = render(
        '{% chart "six" option "均分" table=table %}', option={"a": "</script>"}, table=(("属性", "本年"), [("安全性", 4.1)])
    )
    assert "\\u003C/script\\u003E" in page
    assert 'role="img" aria-label="均分"' in page
    assert "看表格" in page


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ 38.50|hours }}", "38.5"),
        ("{{ 75.0|hours }}", "75"),
        ("{{ 12840|thousands }}", "12,840"),
        ("{{ 4860|wan }}", "4,860万元"),
        ("{{ 760|minutes }}", "12分40秒"),
        ("{{ 1440|minutes }}", "24分钟"),
        ("{{ 4|percent:5 }}", "80%"),
        ("{{ 4|percent:0 }}", ""),
    ],
)
def test_numbers_as_offices_write_them(source, shown):
    assert render(source) == shown


def test_dates_as_offices_write_them(time_machine):
    time_machine.move_to(MONDAY, tick=False)
    days = {"day": date(2026, 11, 22), "old": date(2025, 3, 1), "last": date(2026, 11, 27), "now": MONDAY}
    assert render("{{ day|zh_date }} {{ old|zh_date }}", **days) == "11月22日 2025年3月1日"
    assert render("{{ now|zh_datetime }} {{ day|zh_weekday }}", **days) == "11月23日12:00 星期日"
    assert render("{{ day|zh_until:last }} {{ old|zh_until:last }}", **days) == "11月22日至27日 2025年3月1日至2026年11月27日"
    with translation.override("en"):
        assert render("{{ day|zh_date }}, {{ old|zh_date }}, {{ 4860|wan }}", **days) == "22 Nov, 1 Mar 2025, 48.6 million yuan"


def test_the_styleguide_is_for_demos(client, settings):
    assert client.get("/styleguide/").status_code == 404
    settings.DEMO = True
    page = client.get("/styleguide/").text
    assert "祎赟翀喆堃玥旻昇珺垚峣璟" in page
    assert "演示数据" in page
