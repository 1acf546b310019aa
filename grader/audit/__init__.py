"""The linter of a course: one function a named rule."""
