"""From parameters to HTTP requests, one module per protocol family."""
