"""The blocks of every article: news, standards, cases and course lessons share one set, and so one look."""

from typing import Any

from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from hanlin.kernel.enums import PolicyMark

RICH_TEXT = [
    "bold",
    "ol",
    "ul",
    "link",
    "document-link",
]  # no italics: Han emphasis is weight


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=pgettext_lazy("block", "Heading"), max_length=80)
    level = blocks.ChoiceBlock(
        label=pgettext_lazy("block", "Level"),
        choices=[("2", pgettext_lazy("block", "Section")), ("3", pgettext_lazy("block", "Part of a section"))],
        default="2",
    )

    class Meta:
        icon = "title"
        label = pgettext_lazy("block", "Heading")
        template = "kernel/blocks/heading.html"


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=pgettext_lazy("block", "Image"))
    caption = blocks.CharBlock(label=pgettext_lazy("block", "Caption"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = pgettext_lazy("block", "Image")
        template = "kernel/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=pgettext_lazy("block", "Quotation"))
    source = blocks.CharBlock(label=pgettext_lazy("block", "Source"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = pgettext_lazy("block", "Quotation")
        template = "kernel/blocks/quote.html"


class ClauseBlock(blocks.StructBlock):
    """A clause of a law or rule in our own words, with where it stands and how well it was checked."""

    source = blocks.CharBlock(
        label=pgettext_lazy("block", "Source"),
        max_length=120,
        help_text=pgettext_lazy("block", "Title and article, for example 政务数据共享条例第二十条"),
    )
    text = blocks.TextBlock(label=pgettext_lazy("block", "What it says"))
    mark = blocks.ChoiceBlock(label=pgettext_lazy("block", "Verification"), choices=PolicyMark.choices, default=PolicyMark.MEMORY)

    class Meta:
        icon = "clipboard-list"
        label = pgettext_lazy("block", "Clause")
        template = "kernel/blocks/clause.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["mark"] = PolicyMark(value.get("mark") or PolicyMark.MEMORY)
        return context


class NoteBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=pgettext_lazy("block", "Title"), max_length=60)
    text = blocks.TextBlock(label=pgettext_lazy("block", "Text"))

    class Meta:
        icon = "help"
        label = pgettext_lazy("block", "Note")
        template = "kernel/blocks/note.html"


class TableBlock(TypedTableBlock):  # type: ignore[misc]
    text = blocks.CharBlock(label=pgettext_lazy("block", "Text"), required=False)
    number = blocks.DecimalBlock(label=pgettext_lazy("block", "Number"), required=False)

    class Meta:
        icon = "table"
        label = pgettext_lazy("block", "Table")
        template = "kernel/blocks/table.html"


class ArticleBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        label=pgettext_lazy("block", "Paragraph"),
        icon="pilcrow",
        features=RICH_TEXT,
        template="kernel/blocks/paragraph.html",
    )
    image = FigureBlock()
    quote = QuoteBlock()
    clause = ClauseBlock()
    note = NoteBlock()
    table = TableBlock()

    class Meta:
        template = "kernel/blocks/article.html"
