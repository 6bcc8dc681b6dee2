"""What the prose of each lecture claims, beside what could refute it."""
