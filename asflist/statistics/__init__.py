"""Public statistics from the yearly reports, with no figure that tells of a single enterprise."""
