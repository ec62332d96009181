"""Services and providers, and what is special about each cloud."""
