"""Distances as the crow flies, on a sphere: right within half a per cent in Sweden."""

from __future__ import annotations

import numpy as np

EARTH_RADIUS = 6371.0  # km


def unit_vectors(latitudes: np.ndarray, longitudes: np.ndarray) -> np.ndarray:
    """Return points (WGS 84 degrees) as vectors of length 1 from the centre, shape (n, 3)."""
    lat, lon = np.radians(latitudes), np.radians(longitudes)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def kilometres(vectors: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Return the distance of each of the ``unit_vectors`` to ``point``, shape (3,)."""
    chords = np.sqrt(np.square(vectors - point).sum(axis=1))
    return 2 * EARTH_RADIUS * np.arcsin(np.minimum(chords / 2, 1.0))


def chord(km: np.ndarray) -> np.ndarray:
    """Return the straight line through the earth, in radii, between points so far apart."""
    return 2 * np.sin(np.minimum(km / EARTH_RADIUS, np.pi) / 2)
