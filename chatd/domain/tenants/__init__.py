"""Applications, and the people who sign in to the web pages."""
