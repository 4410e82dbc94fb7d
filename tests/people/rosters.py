"""Rosters as offices bring them: a realistic one of forty people, and ones that are broken in every way we know."""

import io
import itertools
from collections.abc import Sequence
from datetime import date

import xlsxwriter

HEAD = [
    "姓名", "用户名", "性别", "出生日期", "公民身份号码", "手机号", "邮箱", "单位", "职务", "领导职务层次", "职级", "任职日期",
]  # fmt: skip
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SURNAMES = "温郗鞠晁瞿佘笪滕栾臧麦阮宿岑逄亓訾厉祁甘"
_GIVEN = ["知远", "若谷", "清和", "明澈", "书言", "望舒", "景行", "怀瑾", "静姝", "云舟"]
_LADDER = [  # title, leading post, grade: two of county level in every body, then below
    ("局长", "县处级正职", "二级调研员"),
    ("副局长", "县处级副职", "三级调研员"),
    ("副局长", "县处级副职", "四级调研员"),
    ("四级调研员", "", "四级调研员"),
    ("业务科科长", "乡科级正职", "一级主任科员"),
    ("综合科科长", "乡科级正职", "二级主任科员"),
    ("业务科副科长", "乡科级副职", "三级主任科员"),
    ("综合科副科长", "乡科级副职", "四级主任科员"),
    ("业务科一级科员", "", "一级科员"),
    ("综合科二级科员", "", "二级科员"),
]
BODIES = ("云澜市数据局", "澄岭市政务服务局", "青泽县大数据中心", "示例省大数据中心")


def citizen_id(born: date, order: int, region: str = "990000") -> str:
    """A number that is right by GB 11643 in a region that does not exist; an odd order is a man's."""
    head = f"{region}{born:%Y%m%d}{order:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(head, _WEIGHTS, strict=True)) % 11
    return head + "10X98765432"[rest]


def forty(*, bodies: Sequence[str] = BODIES) -> list[list[str]]:
    """Forty fictional people, ten to a body; three of county level lead each (rules of 云澜市数据局 and 澄岭市政务服务局)."""
    rows = []
    for number, (body, step) in enumerate(itertools.product(bodies, range(10))):
        name = _SURNAMES[number % len(_SURNAMES)] + _GIVEN[(number * 3 + number // len(_SURNAMES)) % len(_GIVEN)]
        title, level, grade = _LADDER[step]
        born = date(1968 + step * 3 + number % 3, number % 12 + 1, number % 27 + 1)
        sex = "女" if number % 3 == 0 else "男"
        rows.append(
            [
                name,
                "",
                sex,
                born.isoformat(),
                "",
                f"1980000{number:04d}",
                f"roster{number:02d}@demo.example",
                body,
                title,
                level,
                grade,
                date(2020 + number % 5, number % 12 + 1, 1).isoformat(),
            ]  # fmt: skip
        )
    return rows


def xlsx(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD, *, formula: tuple[int, int, str] | None = None) -> bytes:
    """A workbook; `formula` puts a live formula into (row, column), from 0 below the head."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for x, word in enumerate(head):
            sheet.write_string(0, x, word)
        for y, row in enumerate(rows, start=1):
            for x, cell in enumerate(row):
                sheet.write_string(y, x, cell)
        if formula:
            sheet.write_formula(formula[0] + 1, formula[1], formula[2])
    return out.getvalue()


def csv(rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD, encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(row) for row in [head, *rows]).encode(encoding)
