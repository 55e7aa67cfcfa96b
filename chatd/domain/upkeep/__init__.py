"""What keeps the store in order over time: retention, erasure, verification, the search index."""
