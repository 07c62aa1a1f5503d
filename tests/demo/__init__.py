"""The demo: real code with a real history, and a made-up help desk."""
