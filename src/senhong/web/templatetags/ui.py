"""Filters and tags that every template may use (a template builtin)."""

from django import template

register = template.Library()
