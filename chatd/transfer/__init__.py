"""Applications leave and arrive as files: exports of chatd's own, and those of Slack and Mattermost."""
