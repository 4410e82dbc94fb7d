"""The blocks of every article: news, standards, cases and course lessons share one set, and so one look."""

from typing import Any

from django.utils.translation import gettext_lazy as _
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
    text = blocks.CharBlock(label=_("Heading"), max_length=80)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("2", _("Section")), ("3", _("Part of a section"))],
        default="2",
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "kernel/blocks/heading.html"


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "kernel/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "kernel/blocks/quote.html"


class ClauseBlock(blocks.StructBlock):
    """A clause of a law or rule in our own words, with where it stands and how well it was checked."""

    source = blocks.CharBlock(
        label=_("Source"),
        max_length=120,
        help_text=_("Title and article, for example 政务数据共享条例第二十条"),
    )
    text = blocks.TextBlock(label=_("What it says"))
    mark = blocks.ChoiceBlock(label=_("Verification"), choices=PolicyMark.choices, default=PolicyMark.MEMORY)

    class Meta:
        icon = "clipboard-list"
        label = _("Clause")
        template = "kernel/blocks/clause.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["mark"] = PolicyMark(value.get("mark") or PolicyMark.MEMORY)
        return context


class NoteBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.TextBlock(label=_("Text"))

    class Meta:
        icon = "help"
        label = _("Note")
        template = "kernel/blocks/note.html"


class TableBlock(TypedTableBlock):  # type: ignore[misc]
    text = blocks.CharBlock(label=_("Text"), required=False)
    number = blocks.DecimalBlock(label=_("Number"), required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "kernel/blocks/table.html"


class ArticleBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        label=_("Paragraph"),
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
