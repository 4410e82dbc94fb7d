"""Chinese text: pinyin order for names, Traditional from Simplified."""

from functools import lru_cache
from typing import Any

# A surname is often read otherwise than the same character in a word; pypinyin takes the word's reading.
SURNAMES = {
    "单": "shan4", "仇": "qiu2", "解": "xie4", "曾": "zeng1", "查": "zha1", "任": "ren2", "区": "ou1", "盖": "ge3",
    "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "朴": "piao2", "缪": "miao4", "繁": "po2", "冼": "xian3", "洗": "xian3",
    "华": "hua4", "宁": "ning4", "乐": "yue4", "召": "shao4", "员": "yun4", "黑": "he4", "秘": "bi4", "折": "she2",
    "句": "gou1", "应": "ying1", "哈": "ha3", "要": "yao1", "晟": "cheng2", "翟": "zhai2", "逄": "pang2",
}  # fmt: skip


@lru_cache(maxsize=8192)
def pinyin_key(name: str) -> str:
    """A key that sorts Chinese names as a directory does: toned syllables, then the name itself."""
    from pypinyin import Style, lazy_pinyin  # its dictionaries take a second to load: not in every process

    head = next((name[:n] for n in (2, 1) if name[:n] in SURNAMES), "")
    syllables = SURNAMES[head].split() if head else []
    syllables += lazy_pinyin(name[len(head) :], style=Style.TONE3, neutral_tone_with_five=True)
    return f"{' '.join(syllables).lower()} {name}"[:200]


def pinyin_plain(name: str) -> str:
    """Syllables without tones or spaces, for search: 单珺 → shanjun."""
    key = pinyin_key(name).rsplit(" ", 1)[0]
    return "".join(c for c in key if not c.isdigit() and c != " ")


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2tw")


def to_traditional(text: str) -> str:
    """Traditional characters, with the mainland's vocabulary kept (OpenCC s2tw)."""
    return str(_converter().convert(text))
