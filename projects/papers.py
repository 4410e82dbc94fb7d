"""The editable copies of this room's papers."""

from typing import Any

from hanlin.kernel.papers.docx import HEI, Draft


def opinion_docx(draft: Draft) -> None:
    """The panel's opinion: text, the panel with its words, dissent, the table of scores."""
    data: dict[str, Any] = draft.data
    draft.head()
    draft.text(data["body"])
    draft.close()
    draft.line("专家组", face=HEI)
    draft.table(["姓名", "职称", "意见", "签署时间"], [[_name(row), row["title"], row["said"], row["at"]] for row in data["panel"]])
    for row in data["dissents"]:
        draft.line(f"{row['name']}的保留意见：{row['reason']}", indent=2)
    draft.line("评分汇总", face=HEI)
    draft.table(
        ["指标", "权重", "平均分", "分差"],
        [
            [row["name"], f"{row['weight'].removesuffix('.00')}%", row["mean"], row["spread"]]
            for row in data["merged"]["attributes"]
        ],
    )


def _name(row: dict[str, Any]) -> str:
    return f"{row['name']}（组长）" if row["leader"] else str(row["name"])
