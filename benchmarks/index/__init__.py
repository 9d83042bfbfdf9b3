"""The index of entries: how soon something is found, and how long it takes to make."""
