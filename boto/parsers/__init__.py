"""From HTTP responses to native values, one module per format."""
