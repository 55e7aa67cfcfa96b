"""Ways for other programs into an application: incoming webhooks, by which they post, and slash commands."""
