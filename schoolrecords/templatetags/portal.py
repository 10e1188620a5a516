"""Site-wide presentational filters, loaded in every template."""

from django import template

register = template.Library()
