"""Questions that open above a screen."""
