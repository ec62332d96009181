"""From settings to the URL a call goes to."""
