"""The life of a call: request, response, pages, waiters."""
