import pytest
from wagtail.blocks import StreamValue

from hanlin.kernel.blocks import ArticleBlock
from hanlin.kernel.prose import article

TEXT = """
## 一、为什么要有清单

责任不落到**岗位**上，人一换就断。
第二行接上。

- 数据项
- 提供单位

1. 先列
2. 再核

> 一项数据，一个责任人。
> —— 课堂笔记

§memory 政务数据共享条例
目录应当及时更新。

!note 提示
先做三项。

=示例
| 数据项 | 岗位 |
|---|---|
| <参保> | 科长 |
"""


def test_every_mark_becomes_its_block():
    raw = article(TEXT)

    assert [block["type"] for block in raw] == [
        "heading", "paragraph", "paragraph", "paragraph", "quote", "clause", "note", "table"
    ]  # fmt: skip
    assert raw[1]["value"] == "<p>责任不落到<b>岗位</b>上，人一换就断。第二行接上。</p>"
    assert raw[4]["value"] == {"text": "一项数据，一个责任人。", "source": "课堂笔记"}
    assert raw[7]["value"]["rows"] == [{"values": ["<参保>", "科长"]}]


def test_an_article_renders_with_its_verification_mark_and_escaped_cells():
    block = ArticleBlock()
    html = block.render(StreamValue(block, article(TEXT), is_lazy=True))

    assert "prose-mark-memory" in html
    assert "&lt;参保&gt;" in html
    assert "<h2>一、为什么要有清单</h2>" in html


def test_an_unknown_source_mark_is_refused():
    with pytest.raises(ValueError, match="guess"):
        article("§guess 某条例\n文字")
