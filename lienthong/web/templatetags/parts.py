"""Template parts: how dates, deadlines, states and icons are shown."""

from django import template

register = template.Library()
