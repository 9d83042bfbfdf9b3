"""How well and at what cost messages are sent, against a stand-in for the Bot API that does nothing else."""
