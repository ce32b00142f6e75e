"""Keeping the list true: once a year each owner is asked whether the entry is still right."""
