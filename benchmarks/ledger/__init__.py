"""What the ledger costs: to plan an issue for everyone, and to record what became of each message."""
