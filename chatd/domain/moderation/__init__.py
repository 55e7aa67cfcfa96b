"""Keeping people safe: who may not write, who may not come in, whom users do not want to hear of."""
