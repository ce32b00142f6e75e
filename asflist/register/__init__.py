"""The staff's tools for the whole list: import, export, bulk actions and merges."""
