"""Faults planted on purpose: for each central promise one, which the tests it names must find.

====== ======================================================================
table  the mutants as values, read from ``mutants.toml``
run    plants them in copies of the tree, never in the checkout, and runs tests
====== ======================================================================
"""
