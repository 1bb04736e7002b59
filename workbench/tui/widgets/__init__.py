"""What the screens are made of: line widgets of our own."""
