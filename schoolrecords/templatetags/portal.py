"""Site-wide presentational tags and filters, loaded in every template."""

from functools import cache

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from schoolrecords.static_files import STYLES, HashedFiles, imported

register = template.Library()


@register.simple_tag(takes_context=True)
def module(context: template.RequestContext, path: str) -> SafeString:
    """A module's script element, and word of what it imports: the browser fetches all at once, not link by link.

    What was named for another module of the page is not named again.
    """
    named: set[str] = context.request.__dict__.setdefault("named_modules", set())
    fresh = [each for each in imported(path) if each not in named]
    named.update(fresh)
    return format_html_join("\n", "{}", [*((_preload(each),) for each in fresh), (_script(path),)])


@cache
def _preload(path: str) -> SafeString:
    return format_html('<link rel="modulepreload" href="{}">', static(path))


@cache
def _script(path: str) -> SafeString:
    return format_html('<script src="{}" type="module"></script>', static(path))


@register.simple_tag
@cache
def stylesheets() -> str:
    """Every style sheet; where files carry their content in their names, all as one."""
    if isinstance(staticfiles_storage, HashedFiles):
        return format_html('<link rel="stylesheet" href="{}">', static(STYLES))
    return get_template("_components/stylesheets.html").render()
