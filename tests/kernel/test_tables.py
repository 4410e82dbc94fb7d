import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from hanlin.kernel.errors import Refused
from hanlin.kernel.tables import (
    Column,
    TableSpec,
    as_choice,
    as_date,
    as_decimal,
    as_integer,
    as_text,
    as_yes_no,
    csv_bytes,
    neutral,
    parse,
    read_table,
    template_xlsx,
    xlsx_bytes,
)  # fmt: skip
from tests.kernel import files

SPEC = TableSpec(
    columns=[
        Column("name", "姓名", aliases=("人员姓名",), required=True, clean=as_text(10), hint="与身份证一致"),
        Column("born_on", "出生日期", clean=as_date(date(1930, 1, 1), date(2010, 1, 1)), empty=None, text=False),
        Column("hours", "学时", clean=as_decimal(places=1, minimum=Decimal(0)), empty=None, text=False),
        Column("gender", "性别", clean=as_choice({"男": "1", "女": "2"}), choices=("男", "女")),
        Column("id", "身份证号"),
    ],
    unique=[("id",)],
)


def table(rows, **formulas):
    return read_table(io.BytesIO(files.xlsx(rows, **formulas)), name="t.xlsx", headers=SPEC.headers())


def errors(*cells):
    return parse(SPEC, table([["姓名", "出生日期", "学时", "性别", "身份证号"], list(cells)])).rows[0].errors


def test_a_good_row_gives_typed_values():
    row = parse(SPEC, table([["姓名", "出生日期", "学时", "性别"], ["顾昀", "1988年3月5日", 7.5, "女"]])).rows[0]

    assert row.values == {"name": "顾昀", "born_on": date(1988, 3, 5), "hours": Decimal("7.5"), "gender": "2", "id": ""}
    assert row.number == 2


def test_headers_are_found_below_a_title_and_by_other_names():
    frame = table([["2026年培训名册"], [], ["序号", "人员姓名*", "性 别（男/女）"], [1, "顾昀", "女"]])
    parsed = parse(SPEC, frame)

    assert [row.number for row in parsed.rows] == [4]
    assert parsed.rows[0].values["gender"] == "2"
    assert parsed.ignored == ["序号"]


def test_all_errors_of_a_row_come_at_once():
    assert len(errors("", "1988-02-30", "-1", "其他", "=cmd|' /C calc'!A0")) == 5


def test_wrong_columns_are_refused_with_both_lists():
    with pytest.raises(Refused, match="姓名") as refused:
        parse(SPEC, table([["甲", "乙"], ["1", "2"]]))
    assert "甲" in str(refused.value)


def test_a_header_twice_is_refused():
    with pytest.raises(Refused, match="姓名"):
        parse(SPEC, table([["姓名", "姓名"], ["甲", "乙"]]))
    with pytest.raises(Refused, match="姓名"):
        parse(SPEC, table([["姓名", "人员姓名"], ["甲", "乙"]]))


@pytest.mark.parametrize("cell", ["=1+1", "+86 138", "-x", "@SUM(A1)", "＝cmd"])
def test_cells_that_would_act_as_formulas_are_refused_where_text_is_expected(cell):
    assert errors(cell, "", "", "", "") != []


def test_a_real_formula_in_the_workbook_is_refused_whatever_it_shows():
    frame = table([["姓名", "身份证号"], ["甲", "1"], ["乙", "2"]], A3='=HYPERLINK("http://x","示例")')
    first, second = parse(SPEC, frame).rows

    assert first.errors == []
    assert second.errors != []


def test_a_negative_number_is_a_number_where_numbers_are_expected():
    spec = TableSpec([Column("delta", "增减", clean=as_decimal(places=1), text=False)])
    row = parse(spec, read_table(io.BytesIO("增减\n-1.5\n".encode()))).rows[0]
    assert row.values["delta"] == Decimal("-1.5")


def test_a_long_number_that_the_spreadsheet_has_rounded_is_refused():
    assert errors("甲", "", "", "", 110101199003070000.0) != []


def test_the_same_row_twice_is_refused_with_the_place_of_the_first():
    rows = parse(SPEC, table([["姓名", "身份证号"], ["甲", "11"], ["乙", "22"], ["甲二", "11"]])).rows
    assert [bool(row.errors) for row in rows] == [False, False, True]
    assert "2" in rows[2].errors[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_is_read_in_every_usual_encoding(encoding, separator):
    text = f"姓名{separator}性别\r\n顾昀{separator}女\r\n"
    frame = read_table(io.BytesIO(text.encode(encoding)))
    assert frame.to_dict("records") == [{"姓名": "顾昀", "性别": "女"}]


def test_mixed_encodings_are_refused_naming_two_lines():
    raw = "姓名,单位\n顾昀,青泽县大数据中心\n".encode() + "沈砚,示例省数据局\n".encode("gb18030")
    with pytest.raises(Refused, match="3") as refused:
        read_table(io.BytesIO(raw))
    assert "GB18030" in str(refused.value)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(Refused):
        read_table(io.BytesIO(b"a,b\n\x00\x01,2\n"))
    with pytest.raises(Refused):
        read_table(io.BytesIO(b"a,b\n\xff\xff\xff,2\n"))


def test_limits_are_refused_in_words():
    with pytest.raises(Refused, match="3"):
        read_table(io.BytesIO("姓名\n甲\n乙\n丙\n".encode()), max_rows=2)
    with pytest.raises(Refused, match="101"):
        read_table(io.BytesIO((",".join(f"列{n}" for n in range(101)) + "\n甲\n").encode()))
    with pytest.raises(Refused):
        read_table(io.BytesIO("姓名\n".encode()))
    with pytest.raises(Refused):
        read_table(io.BytesIO(b""))
    with pytest.raises(Refused):
        read_table(io.BytesIO(b"PK\x03\x04 not a workbook"))


@given(st.dates(date(1931, 1, 1), date(2009, 12, 31)))
def test_a_date_is_read_however_it_is_written(day):
    clean = as_date(date(1930, 1, 1), date(2010, 1, 1))
    forms = (f"{day:%Y-%m-%d}", f"{day.year}/{day.month}/{day.day}", f"{day:%Y.%m.%d}", f"{day:%Y%m%d}",
             f"{day.year}年{day.month}月{day.day}日")  # fmt: skip
    assert {clean(form) for form in forms} == {day}


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False))
def test_a_number_survives_its_writing(value):
    assert as_decimal(places=2)(f"{value:,}") == value


@pytest.mark.parametrize("text", ["1e400", "NaN", "Infinity", "1.234", "十"])
def test_no_number_that_is_none(text):
    with pytest.raises(ValueError, match=r"."):
        as_decimal(places=2, maximum=Decimal(10**6))(text)


def test_whole_numbers_and_yes_no():
    assert as_integer(minimum=1, maximum=5)("5") == 5
    with pytest.raises(ValueError, match="6"):
        as_integer(minimum=1, maximum=5)("6")
    assert (as_yes_no("是"), as_yes_no("否")) == (True, False)


@given(st.text(max_size=30))
def test_nothing_that_leaves_begins_like_a_formula(text):
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_what_is_written_can_be_read_again():
    content = xlsx_bytes(["姓名", "学时", "日期"], [["=cmd()", Decimal("7.5"), date(2026, 11, 22)], ["顾昀", None, None]])
    frame = read_table(io.BytesIO(content))

    assert frame.to_dict("records") == [
        {"姓名": "'=cmd()", "学时": "7.5", "日期": "2026-11-22"},
        {"姓名": "顾昀", "学时": "", "日期": ""},
    ]
    assert csv_bytes(["姓名"], [["@x"]]) == b"\xef\xbb\xbf\xe5\xa7\x93\xe5\x90\x8d\r\n'@x\r\n"


def test_the_template_reads_back_as_its_own_table():
    content = template_xlsx(SPEC)
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert len(sheets) == 2
    with pytest.raises(Refused):  # headers, but no rows yet
        read_table(io.BytesIO(content), headers=SPEC.headers())


@given(st.lists(st.text("的一是在不了有和人这中大为上个国我以要他顾昀韩朔", min_size=2, max_size=12), min_size=1, max_size=8))
def test_one_encoding_is_never_taken_for_two(words):
    text = "姓名\n" + "\n".join(words)
    for encoding in ("utf-8", "gb18030"):
        assert [row[0] for row in read_table(io.BytesIO(text.encode(encoding))).to_numpy()] == words
