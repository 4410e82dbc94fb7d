"""What changed between two versions of a paper, line by line and within a line by characters."""

import difflib
from typing import Any

from projects.models import DocumentVersion

MOST_LINES = 3000
BROKEN_FROM = 20  # characters: shorter lines are headings and list entries
ENDS = "。！？：；.!?:;"
SHOWN = 60  # paragraphs at the side of the form; the file itself is one click away

Piece = tuple[str, str]  # "", "ins" or "del", and the text


def against_earlier(pk: int) -> dict[str, Any]:
    """`paragraphs`: (page number, pieces) of a version marked against the one before it; `count` of changed paragraphs."""
    version = DocumentVersion.objects.select_related("document").get(pk=pk)
    earlier = DocumentVersion.objects.filter(document=version.document_id, number__lt=version.number).order_by("-number").first()
    new = _lines(version.text)
    if earlier is None or not earlier.text or not version.text:
        plain = [(page, [("", text)]) for page, text in new[:SHOWN]]
        return {"paragraphs": plain, "count": 0, "more": len(new) > SHOWN, "earlier": None}
    marked = _marked(_lines(earlier.text), new)
    changed = [row for row in marked if any(kind for kind, _text in row[1])]
    return {
        "paragraphs": marked[:SHOWN],
        "changes": changed[:SHOWN],
        "count": len(changed),
        "more": len(marked) > SHOWN,
        "earlier": earlier,
    }


def _lines(text: str) -> list[tuple[int, str]]:
    """Paragraphs with their page. A line that the layout broke is joined to the next: it is long and ends no sentence."""
    rows: list[tuple[int, str]] = []
    for page, content in enumerate(text.split("\f"), start=1):
        open_line = False
        for line in filter(None, map(str.strip, content.splitlines())):
            if open_line:
                rows[-1] = (page, rows[-1][1] + line)
            else:
                rows.append((page, line))
            open_line = len(line) >= BROKEN_FROM and line[-1] not in ENDS
    return rows[:MOST_LINES]


def _marked(old: list[tuple[int, str]], new: list[tuple[int, str]]) -> list[tuple[int, list[Piece]]]:
    before, after = [text for _page, text in old], [text for _page, text in new]
    rows: list[tuple[int, list[Piece]]] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [(page, [("", text)]) for page, text in new[j1:j2]]
            continue
        pairs = min(i2 - i1, j2 - j1)
        rows += [(new[j1 + n][0], _within(before[i1 + n], after[j1 + n])) for n in range(pairs)]
        rows += [(old[i][0], [("del", before[i])]) for i in range(i1 + pairs, i2)]
        rows += [(page, [("ins", text)]) for page, text in new[j1 + pairs : j2]]
    return rows


def _within(before: str, after: str) -> list[Piece]:
    """A changed line by its characters; lines with little in common are shown whole."""
    match = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if match.ratio() < 0.4:
        return [("del", before), ("ins", after)]
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in match.get_opcodes():
        if tag == "equal":
            pieces.append(("", after[j1:j2]))
            continue
        if i2 > i1:
            pieces.append(("del", before[i1:i2]))
        if j2 > j1:
            pieces.append(("ins", after[j1:j2]))
    return pieces
