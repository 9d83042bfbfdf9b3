"""The command line: ``jianbao COMMAND``, one module per command."""
