"""The demonstration: content real enough to judge the site by, and what loads it."""
