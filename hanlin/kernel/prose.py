"""Plain text with a few marks, as course and demo files hold it, turned into the raw value of an ArticleBlock.

    ## Section            ### Part of a section
    - item                1. item
    > quotation           > —— source (last line)
    §law 政务数据共享条例第二十条      (the clause in our words follows on the next lines;
                                    the word after § is a PolicyMark: law, secondary, memory, proposal)
    !note 提示              (text follows)
    | head | head |       rows below; a first line "=caption" above the table names it
    anything else         a paragraph; **bold** is bold

Blocks are parted by blank lines.
"""

import re
from html import escape
from typing import Any

from hanlin.kernel.enums import PolicyMark

Raw = dict[str, Any]


def article(text: str) -> list[Raw]:
    """Raw StreamField data: [{"type": …, "value": …}, …]. Raises ValueError for an unknown mark after §."""
    chunks = [chunk.strip("\n") for chunk in re.split(r"\n\s*\n", text.strip())]
    return [_block(chunk.split("\n")) for chunk in chunks if chunk.strip()]


def _block(lines: list[str]) -> Raw:
    first, rest = lines[0].strip(), [line.strip() for line in lines[1:]]
    if heading := re.match(r"(#{2,3}) +(.+)", first):
        return {
            "type": "heading",
            "value": {"text": heading[2], "level": str(len(heading[1]))},
        }
    if clause := re.match(r"§(\w+) +(.+)", first):
        return {
            "type": "clause",
            "value": {
                "source": clause[2],
                "text": "".join(rest),
                "mark": PolicyMark(clause[1]).value,
            },
        }
    if first.startswith("!note "):
        return {
            "type": "note",
            "value": {"title": first[6:].strip(), "text": "".join(rest)},
        }
    if first.startswith(">"):
        return {
            "type": "quote",
            "value": _quote([line.strip().lstrip("> ") for line in lines]),
        }
    if first.startswith(("|", "=")):
        return {"type": "table", "value": _table([line.strip() for line in lines])}
    return {"type": "paragraph", "value": _paragraph([first, *rest])}


def _quote(lines: list[str]) -> Raw:
    source = lines.pop().lstrip("— ") if len(lines) > 1 and lines[-1].startswith("—") else ""
    return {"text": "".join(lines), "source": source}


def _table(lines: list[str]) -> Raw:
    caption = lines.pop(0)[1:].strip() if lines[0].startswith("=") else ""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    head, width = rows[0], len(rows[0])
    return {
        "columns": [{"type": "text", "heading": cell} for cell in head],
        "rows": [{"values": (row + [""] * width)[:width]} for row in rows[1:]],
        "caption": caption,
    }


def _paragraph(lines: list[str]) -> str:
    if all(re.match(r"- ", line) for line in lines):
        return _list("ul", [line[2:] for line in lines])
    if all(re.match(r"\d+\. ", line) for line in lines):
        return _list("ol", [line.split(". ", 1)[1] for line in lines])
    return f"<p>{_inline(''.join(lines))}</p>"


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + f"</{tag}>"


def _inline(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text, quote=False))
