from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hanlin.kernel.domain import imports
from hanlin.kernel.errors import Refused
from hanlin.kernel.tables.write import neutral
from hanlin.kernel.uploads import check_upload
from hanlin.people import demo
from hanlin.people.domain import accounts, reference
from hanlin.people.enums import Role
from hanlin.people.models import Organisation, Person, Post
from tests.factories.people import GrantFactory, OrganisationFactory, PersonFactory, PostFactory
from tests.people.rosters import HEAD, citizen_id, csv, forty, xlsx

pytestmark = pytest.mark.django_db
ROW = forty()[0]


@pytest.fixture
def admin(settings, tmp_path):
    """A training administrator over a province with the four bodies of the roster."""
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path, "base_url": None}},
    }
    reference.load()
    root = OrganisationFactory(name="示例省人民政府（示例）")
    for name in ("云澜市数据局", "澄岭市政务服务局", "青泽县大数据中心"):
        OrganisationFactory(name=name, parent=root)
    OrganisationFactory(name="示例省大数据中心", parent=root, credit_code="12990000MB0D00037R")
    OrganisationFactory(name="样例省数据局")
    return GrantFactory(person__username="hexin", person__name="何昕", role=Role.TRAINING_ADMIN, organisation=root).person


def bring(data, admin, name="名册.xlsx"):
    file = SimpleUploadedFile(name, data)
    checked = check_upload(file, kinds=["xlsx", "csv"], max_bytes=20 * 1024 * 1024)
    return imports.upload("people.roster", checked, actor=admin, context={})


def changed(row=None, **cells):
    """A row of the roster with some cells otherwise, by Chinese header."""
    row = list(row or ROW)
    for header, text in cells.items():
        row[HEAD.index(header)] = text
    return row


def everything():
    return list(Person.objects.order_by("pk").values()), list(Post.objects.order_by("pk").values())


def errors_of(batch):
    return [error for errors in batch.report["errors"].values() for error in errors]


def test_forty_people_come_in_with_posts_levels_and_user_names(admin):
    batch = bring(xlsx(forty()), admin)
    assert (batch.good, batch.bad) == (40, 0), batch.report
    imports.confirm(batch, actor=admin)

    people = Person.objects.exclude(pk=admin.pk)
    assert people.count() == 40
    assert Post.objects.filter(level__code__startswith="13", organisation__name="云澜市数据局").count() == 3
    assert Post.objects.filter(level__code__startswith="13", organisation__name="澄岭市政务服务局").count() == 3
    assert all(person.username.isascii() and person.username for person in people)
    assert len({person.username for person in people}) == 40
    assert not any(person.has_usable_password() for person in people)


def test_the_same_file_twice_changes_nothing(admin):
    imports.confirm(bring(xlsx(forty()), admin), actor=admin)
    before = everything()

    again = bring(xlsx(forty()), admin)
    imports.confirm(again, actor=admin)

    again.refresh_from_db()
    assert again.report["result"] == {"same": 40}
    assert everything() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_any_office_program_is_read(admin, encoding):
    batch = bring(csv(forty(), encoding=encoding), admin, "名册.csv")
    assert (batch.good, batch.bad) == (40, 0)


def test_mixed_encodings_are_refused_and_nothing_is_kept(admin):
    mixed = csv(forty()[:2], encoding="utf-8") + b"\r\n" + ",".join(forty()[2]).encode("gb18030")
    with pytest.raises(Refused):
        bring(mixed, admin, "名册.csv")
    assert Person.objects.count() == 1


def test_wrong_columns_are_refused_by_name(admin):
    with pytest.raises(Refused) as refused:
        bring(xlsx([["顾昀", "男"]], head=["名字", "性别"]), admin)
    assert "姓名" in str(refused.value)
    assert "单位" in str(refused.value)


def test_every_error_of_a_row_is_told_at_once_and_only_good_rows_are_written(admin):
    bad = changed(
        出生日期="1990-02-30",
        公民身份号码="990000199001011230",
        手机号="12345",
        邮箱="not-an-address",
        单位="没有这个单位",
        职级="九级主任科员",
    )
    batch = bring(xlsx([bad, forty()[1]]), admin)

    assert (batch.good, batch.bad) == (1, 1)
    assert len(errors_of(batch)) == 6, errors_of(batch)
    imports.confirm(batch, actor=admin)
    assert list(Person.objects.exclude(pk=admin.pk).values_list("name", flat=True)) == [forty()[1][0]]


@pytest.mark.parametrize(
    "cells",
    [
        {"出生日期": "1990-13-01"},
        {"出生日期": "2990-01-01"},
        {"任职日期": "2024-02-30"},
        {"任职日期": "1960-01-01"},
        {"公民身份号码": citizen_id(date(1990, 1, 1), 11)[:-1] + "?"},
        {"公民身份号码": citizen_id(date(1990, 1, 1), 11)},  # not the date of birth of the row
        {"手机号": "110"},
        {"姓名": ""},
        {"姓名": "=cmd|' /C calc'!A0"},
        {"职务": "+1+1"},
        {"单位": "@SUM(A1)"},
        {"领导职务层次": "科长级"},
        {"用户名": "九九"},
        {"单位": "样例省数据局"},  # another administrator's
    ],
    ids=str,
)
def test_a_broken_cell_refuses_its_row_in_words(admin, cells):
    batch = bring(xlsx([changed(**cells), forty()[1]]), admin)

    assert (batch.good, batch.bad) == (1, 1)
    assert all(error and not error.isascii() for error in errors_of(batch)), errors_of(batch)


def test_a_live_formula_is_refused_even_if_its_result_looks_right(admin):
    batch = bring(xlsx(forty()[:2], formula=(0, HEAD.index("职务"), '="副"&"局长"')), admin)
    assert (batch.good, batch.bad) == (1, 1)


def test_twins_inside_the_file_are_told(admin):
    first = changed(公民身份号码="", 邮箱="")
    batch = bring(xlsx([first, changed(first, 手机号=""), changed(forty()[1], 手机号=first[5])]), admin)
    assert batch.bad == 2


def test_namesakes_without_a_date_of_birth_are_told(admin):
    batch = bring(xlsx([changed(出生日期=""), changed(出生日期="", 手机号="", 邮箱="")]), admin)
    assert batch.bad == 2


def test_a_number_that_belongs_to_somebody_else_is_refused(admin):
    PersonFactory(name="他人", mobile=f"+86{ROW[5]}")
    batch = bring(xlsx([ROW]), admin)
    assert batch.bad == 1
    assert Person.objects.filter(name=ROW[0]).count() == 0


def test_a_roster_never_changes_contacts_of_people_who_are_here(admin):
    imports.confirm(bring(xlsx([ROW]), admin), actor=admin)
    batch = bring(xlsx([changed(邮箱="thief@demo.example")]), admin)
    assert batch.bad == 1
    assert not Person.objects.filter(email="thief@demo.example").exists()


def test_a_new_post_ends_the_one_before_it(admin):
    imports.confirm(bring(xlsx([ROW]), admin), actor=admin)
    batch = bring(xlsx([changed(职务="党组书记", 任职日期="2025-06-01")]), admin)
    imports.confirm(batch, actor=admin)

    posts = list(Post.objects.filter(person__name=ROW[0]).order_by("started_on").values_list("title", "ended_on"))
    assert [title for title, _end in posts] == ["局长", "党组书记"]
    assert posts[0][1].isoformat() == "2025-06-01"


def test_people_of_another_administrator_are_not_taken_over(admin):
    there = PostFactory(
        organisation=Organisation.objects.get(name="样例省数据局"), person__name=ROW[0], person__mobile=f"+86{ROW[5]}"
    )
    batch = bring(xlsx([ROW]), admin)
    assert batch.bad == 1
    assert list(there.person.posts.values_list("organisation__name", flat=True)) == ["样例省数据局"]


def test_a_body_is_known_by_credit_code_and_by_an_earlier_name(admin):
    body = Organisation.objects.get(name="云澜市数据局")
    body.names.create(name="云澜市大数据局", valid_from="2010-01-01", valid_to="2018-01-01")
    batch = bring(xlsx([changed(单位="12990000mb0d00037r"), changed(forty()[1], 单位="云澜市大数据局")]), admin)
    assert batch.good == 2, batch.report


def test_two_bodies_of_one_name_ask_for_the_credit_code(admin):
    OrganisationFactory(name="云澜市数据局", parent=Organisation.objects.get(name="示例省人民政府（示例）"))
    batch = bring(xlsx([ROW]), admin)
    assert batch.bad == 1


def test_checking_forty_rows_costs_as_many_queries_as_one(admin, django_assert_max_num_queries):
    for rows in (1, 40):
        with django_assert_max_num_queries(24):
            bring(xlsx(forty()[:rows]), admin)


def test_first_passwords_are_given_once_and_must_be_changed(admin):
    imports.confirm(bring(xlsx(forty()[:3]), admin), actor=admin)
    people = list(Person.objects.exclude(pk=admin.pk))

    given = accounts.hand_out(people, actor=admin)

    assert len(given) == 3
    for person, password in given:
        person.refresh_from_db()
        assert person.check_password(password)
        assert person.must_change_password
    assert accounts.hand_out(people, actor=admin) == []


def test_people_taken_into_demo_bodies_go_with_the_demo(admin):
    Organisation.objects.update(is_demo=True)
    imports.confirm(bring(xlsx([ROW]), admin), actor=admin)
    Person.objects.filter(pk=admin.pk).update(is_demo=True)
    demo.remove()
    assert not Person.objects.exists()


def test_a_first_password_stands_in_the_table_as_it_is():
    for _turn in range(300):
        password = accounts.first_password()
        assert neutral(password) == password
