"""Promises of Jianbao, one a test."""
