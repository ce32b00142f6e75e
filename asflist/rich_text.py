"""What may stand in an enterprise's texts."""

from __future__ import annotations

from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

PLAIN_ELEMENTS = ("[document]", "b", "br", "em", "i", "li", "ol", "p", "strong", "ul")


class TextWhitelister(Whitelister):
    """Paragraphs, lists, emphasis and links: what the admin's editor offers for these fields."""

    element_rules = dict.fromkeys(PLAIN_ELEMENTS, allow_without_attributes) | {
        "a": attribute_rule({"href": check_url, "linktype": True, "id": True}),
    }


def clean_html(html: str) -> str:
    """Return ``html`` with only the elements and attributes that the fields allow.

    The editor sees to that for what is typed; imports and translations do not pass through it.
    """
    return str(TextWhitelister().clean(html))
