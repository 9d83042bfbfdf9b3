"""What it takes to keep a million subscribers: imported, exported, backed up, restored, moved."""
