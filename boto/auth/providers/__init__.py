"""Where credentials come from; each provider is a flow."""
