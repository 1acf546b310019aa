"""Runs the collected tests against one submission."""
