"""The Platform API described for programs: OpenAPI 3.1, made of the command table and the routes."""
