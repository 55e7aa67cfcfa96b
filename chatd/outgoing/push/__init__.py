"""Notifications in the words of the services that bring them to devices."""
