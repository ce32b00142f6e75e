"""Yearly reports: what owners tell of a year, and how it is corrected."""
