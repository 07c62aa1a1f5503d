"""The commented contract that ``workmanship init`` writes."""

from importlib import resources

TEMPLATE = (resources.files("quality.contract") / "template.yaml").read_text("utf-8")
