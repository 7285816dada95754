"""What the project needs to build itself; nothing here is shipped."""
