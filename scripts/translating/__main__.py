"""Prints, for each language, the texts that its catalogue lacks and those that are no longer said."""

from __future__ import annotations

import json

from scripts.translating.texts import PLURALS, idle, lacking

for language in PLURALS:
    found = {"lacks": lacking(language), "idle": idle(language)}
    if any(found.values()):
        print(json.dumps({language: found}, ensure_ascii=False, indent=2))
