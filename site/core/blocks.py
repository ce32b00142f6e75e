"""The blocks that every page body may hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue

from core.links import known_pages, url_of
from core.models import BasePage, CustomDocument, CustomImage

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class TextBlock(blocks.RichTextBlock):
    """Running text. No pictures in it: wagtail-localize cannot translate their alt text (#808)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": TEXT_FEATURES} | kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, headings, lists and links")
        template = "core/blocks/text.html"
        preview_value = "<h2>Arbete som växer</h2><p>Ett ASF säljer varor och tjänster.</p>"


class PictureBlock(blocks.StructBlock):
    """A picture that belongs to the text."""

    image = ImageBlock(
        label=_("Picture"),
        help_text=_("Describe what one sees, or mark the picture as decorative."),
    )
    caption = blocks.CharBlock(
        label=_("Caption"),
        required=False,
        max_length=200,
        help_text=_("What does the reader learn from the picture?"),
    )
    credit = blocks.CharBlock(
        label=_("Credit"),
        required=False,
        max_length=120,
        help_text=_("Leave empty to use the credit that is stored with the image."),
    )

    def get_preview_value(self) -> blocks.StructValue:
        """The newest picture on the site, if there is any."""
        image = CustomImage.objects.order_by("-pk").first()
        if image:
            image.contextual_alt_text, image.decorative = image.description, False
        return self.normalize({"image": image, "caption": "En bildtext säger vad bilden visar."})

    def get_searchable_content(self, value: blocks.StructValue) -> list[str]:
        """Nothing: the words of a picture go when its consent ends, and no index knows the day."""
        return []

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with alt text, caption and credit")
        template = "core/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(
        label=_("Quotation"), help_text=_("The words themselves, without quotation marks.")
    )
    attribution = blocks.CharBlock(
        label=_("Who said it"),
        required=False,
        max_length=120,
        help_text=_("Role and place, for example “participant at a café in Gävle”."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("A quotation with the person's role")
        template = "core/blocks/quote.html"
        preview_value = {
            "text": "Jag har ett jobb att gå till, och de saknar mig när jag inte kommer.",
            "attribution": "deltagare på ett café",
        }


class FactBoxBlock(blocks.StructBlock):
    """What is worth knowing beside the text."""

    title = blocks.CharBlock(
        label=_("Heading"), max_length=80, help_text=_("What the box is about, in a few words.")
    )
    text = blocks.RichTextBlock(
        label=_("Text"),
        features=SHORT_FEATURES,
        help_text=_("Short facts. A list often works best."),
    )

    class Meta:
        icon = "info-circle"
        label = _("Fact box")
        description = _("Facts set apart from the text")
        template = "core/blocks/fact_box.html"
        preview_value = {"title": "Kort om ASF", "text": "<p>Ett ASF är ett företag.</p>"}


class LinkedPageBlock(blocks.PageChooserBlock):
    """Chooses a page to lead to; where the body's links are known it asks for no page again."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Page | None]:
        """Return the pages with these ids in any state, None for one that is gone."""
        ids = list(values)
        known = known_pages(ids)
        return super().bulk_to_python(ids) if known is None else known

    def deconstruct(self) -> Any:
        """Return it as Wagtail's own: what is stored is the same."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs


class LinkValue(blocks.StructValue):
    """A link to a page of the site or to an address outside it."""

    @property
    def href(self) -> str:
        """The address: the page's own, in the reader's language where there is one."""
        page = self.get("page")
        return (url_of(page.pk) if page else self.get("url")) or ""


class CallToActionBlock(blocks.StructBlock):
    """One thing to do next."""

    title = blocks.CharBlock(
        label=_("Heading"), max_length=80, help_text=_("What is offered, in a few words.")
    )
    text = blocks.TextBlock(
        label=_("Text"), required=False, help_text=_("One sentence: why do it?")
    )
    label = blocks.CharBlock(
        label=_("Words on the button"),
        max_length=40,
        help_text=_("Begin with a verb: “Find an ASF”."),
    )
    page = LinkedPageBlock(
        label=_("Page"), required=False, help_text=_("The page that the button leads to.")
    )
    url = blocks.URLBlock(
        label=_("Address outside the site"),
        required=False,
        help_text=_("Only when the button leads to another site."),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        value = super().clean(value)
        if bool(value["page"]) == bool(value["url"]):
            error = ValidationError(_("Choose a page or give an address, not both."))
            raise blocks.StructBlockValidationError({"page": error})
        return value

    class Meta:
        icon = "link"
        label = _("Call to action")
        description = _("A heading, a sentence and a button")
        template = "core/blocks/call_to_action.html"
        value_class = LinkValue
        preview_value = {
            "title": "Gör affärer som betyder mer",
            "text": "48 ASF över hela landet tar emot beställningar.",
            "label": "Hitta ett ASF",
            "url": "https://example.org/",
        }


class DownloadsBlock(blocks.StructBlock):
    """Files to download; format, size and language are said in the link."""

    title = blocks.CharBlock(
        label=_("Heading"), max_length=80, help_text=_("For example “Material to download”.")
    )
    documents = blocks.ListBlock(
        DocumentChooserBlock(label=_("Document")),
        label=_("Documents"),
        min_num=1,
        help_text=_("Files that are ready to use. Their titles are what the links say."),
    )

    def get_preview_value(self) -> blocks.StructValue:
        """The newest documents on the site, as many as there are up to three."""
        documents = list(CustomDocument.objects.order_by("-pk")[:3])
        return self.normalize({"title": "Material att ladda ner", "documents": documents})

    class Meta:
        icon = "download"
        label = _("Downloads")
        description = _("Documents with format, size and language in the link")
        template = "core/blocks/downloads.html"


class AccordionItemBlock(blocks.StructBlock):
    """One heading that opens."""

    title = blocks.CharBlock(
        label=_("Heading"), max_length=120, help_text=_("Often a question that readers ask.")
    )
    text = blocks.RichTextBlock(
        label=_("Text"), features=SHORT_FEATURES, help_text=_("The answer, as short as it can be.")
    )

    class Meta:
        icon = "help"
        label = _("Heading that opens")


class AccordionBlock(blocks.StructBlock):
    """Headings that open one by one, without script."""

    items = blocks.ListBlock(
        AccordionItemBlock(),
        label=_("Headings"),
        min_num=1,
        help_text=_("In the order that readers ask. More than eight are hard to look through."),
    )

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        description = _("Questions and answers that open one by one")
        template = "core/blocks/accordion.html"
        preview_value = {
            "items": [{"title": "Vem kan bli deltagare?", "text": "<p>Den som vill arbeta.</p>"}]
        }


class TableBlock(TypedTableBlock):
    """A table whose first row and column are headers; wagtail-localize translates its cells."""

    text = blocks.CharBlock(label=_("Text"), required=False)

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        """Return one segment for the caption, each heading and each cell that has text."""
        segments = [StringSegmentValue("caption", value.caption or "")]
        for number, column in enumerate(value.columns):
            segments.append(StringSegmentValue(f"column-{number}", column["heading"]))
        for row_number, row in enumerate(value.row_data):
            for number, text in enumerate(row["values"]):
                segments.append(StringSegmentValue(f"cell-{row_number}-{number}", text or ""))
        return [segment for segment in segments if not segment.is_empty()]

    def restore_translated_segments(
        self, value: TypedTable, segments: list[StringSegmentValue]
    ) -> TypedTable:
        """Put translated segments back where ``get_translatable_segments`` took them."""
        texts = {segment.path: segment.render_text() for segment in segments}
        return TypedTable(
            caption=texts.get("caption", value.caption),
            columns=[
                {**column, "heading": texts.get(f"column-{number}", column["heading"])}
                for number, column in enumerate(value.columns)
            ],
            row_data=[
                {
                    "values": [
                        texts.get(f"cell-{row_number}-{number}", text)
                        for number, text in enumerate(row["values"])
                    ]
                }
                for row_number, row in enumerate(value.row_data)
            ],
        )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A table with a caption, column headings and row headings")
        template = "core/blocks/table.html"
        preview_value = {
            "caption": "Tre vägar till affär",
            "columns": [{"type": "text", "heading": "Väg"}, {"type": "text", "heading": "Passar"}],
            "rows": [{"values": ["Direktupphandling", "Mindre köp"]}],
        }


class KeyFigureBlock(blocks.StructBlock):
    """One figure and what it counts."""

    value = blocks.CharBlock(
        label=_("Figure"), max_length=16, help_text=_("The number as it should be read: “1 200”.")
    )
    label = blocks.CharBlock(
        label=_("What it counts"), max_length=80, help_text=_("In a few words, without the number.")
    )
    source = blocks.CharBlock(
        label=_("Source"),
        required=False,
        max_length=120,
        help_text=_("Where the figure comes from, and from when it is."),
    )

    class Meta:
        icon = "order"
        label = _("Key figure")


class KeyFiguresBlock(blocks.StructBlock):
    """A row of figures."""

    items = blocks.ListBlock(
        KeyFigureBlock(),
        label=_("Key figures"),
        min_num=1,
        max_num=6,
        help_text=_("One to six figures that belong together, the most telling first."),
    )

    class Meta:
        icon = "order"
        label = _("Key figures")
        description = _("Up to six figures with what they count")
        template = "core/blocks/key_figures.html"
        preview_value = {
            "items": [
                {"value": "48", "label": "ASF på listan", "source": "September 2022"},
                {"value": "36", "label": "nya avtal", "source": "September 2022"},
            ]
        }


class CardsValue(blocks.StructValue):
    """Chosen pages as cards."""

    @property
    def cards(self) -> list[BasePage]:
        """The chosen pages that are live, in the reader's language; one query."""
        keys = [page.translation_key for page in self["pages"] if page]
        by_key = {
            page.translation_key: page
            for page in BasePage.objects.listed()
            .filter(translation_key__in=keys)
            .in_active_language()
        }
        return [by_key[key] for key in keys if key in by_key]


class CardsBlock(blocks.StructBlock):
    """Cards that lead to chosen pages."""

    title = blocks.CharBlock(
        label=_("Heading"), max_length=80, help_text=_("What the pages have in common.")
    )
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="core.BasePage", label=_("Page")),
        label=_("Pages"),
        min_num=1,
        max_num=6,
        help_text=_("Up to six pages. Readers see them in their language where there is one."),
    )

    def get_preview_value(self) -> blocks.StructValue:
        """The newest pages in the editor's language, as many as there are up to three."""
        pages = list(BasePage.objects.listed().in_active_language().newest_first()[:3])
        return self.normalize({"title": "Läs vidare", "pages": pages})

    class Meta:
        icon = "grip"
        label = _("Cards")
        description = _("Cards with picture and text, from chosen pages")
        template = "core/blocks/cards.html"
        value_class = CardsValue


BODY_BLOCKS: list[tuple[str, blocks.Block]] = [
    ("text", TextBlock()),
    ("picture", PictureBlock()),
    ("quote", QuoteBlock()),
    ("fact_box", FactBoxBlock()),
    ("call_to_action", CallToActionBlock()),
    ("downloads", DownloadsBlock()),
    ("accordion", AccordionBlock()),
    ("table", TableBlock()),
    ("key_figures", KeyFiguresBlock()),
    ("cards", CardsBlock()),
]
