"""Runs untrusted code in a process of its own; knows nothing of courses, tests or quizzes."""
