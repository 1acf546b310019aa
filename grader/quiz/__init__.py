"""Reads and scores what is answered to an item; pure functions."""
