"""A bot that lets a language model answer, word by word."""
