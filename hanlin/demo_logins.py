"""The demo's log-ins, one per role: printed at start, listed in the README, shown on the log-in page of a demo."""

from typing import NamedTuple

PASSWORD = "Hanlin-demo-2026"  # noqa: S105 - the demo's, public on purpose


class Login(NamedTuple):
    """A demo account and what it is for, in both languages of the README."""

    username: str
    name: str
    role_zh: str
    role_en: str


LOGINS = [
    Login("guyun", "顾昀", "学员", "cadre who studies"),
    Login("hexin", "何昕", "培训管理员、内容编辑", "training administrator and content editor"),
    Login("wensheng", "闻笙", "专家委秘书", "committee secretary"),
    Login("zengzhe", "曾喆", "专家", "expert"),
    Login("tangshu", "唐澍", "项目建设单位", "project owner"),
    Login("chengjing", "程璟", "领导", "leader"),
    Login("shenyan", "沈砚", "系统管理员", "system administrator"),
    Login("luheng", "陆衡", "安全管理员", "security administrator"),
    Login("sujian", "苏简", "审计管理员", "audit administrator"),
    Login("hanshuo", "韩朔", "另一省的专家委秘书", "another province's secretary"),
]
