"""The nouns of a course: frozen, slotted, typed."""
