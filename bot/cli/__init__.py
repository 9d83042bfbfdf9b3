"""The command line: ``jianbao COMMAND``; one command a module."""
