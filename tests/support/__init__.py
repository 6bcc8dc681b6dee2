"""What several tests share; nothing here imports a test."""
