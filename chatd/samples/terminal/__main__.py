"""`python -m chatd.samples.terminal USER`: the chat of this user in the terminal."""

from __future__ import annotations

import sys

from chatd.samples import platform, settings
from chatd.samples.terminal.conversation import Conversation

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    # For a user of one's own server; an app for others has its backend give it tokens.
    Conversation(settings.url(), platform.tokens_of(sys.argv[1])).run()
