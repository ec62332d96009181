"""Settings: what may be set, and where each is looked for."""
