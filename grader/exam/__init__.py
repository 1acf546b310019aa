"""From a blueprint to a form, from a filled-in form to points."""
