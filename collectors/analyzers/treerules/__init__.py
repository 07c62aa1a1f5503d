"""Rules on syntax trees: bug patterns that a tree alone can prove, in languages whose own analyzers
cannot be installed with this package. What is looked for is data: a file a language, beside this.

Comments are no nodes that matter, so that no directive hides anything and there is nothing to mask.
"""

from collectors.analyzers.treerules.analyzer import measure, prepare

__all__ = ["measure", "prepare"]
