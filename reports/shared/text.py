"""Supplier text made safe to look at: what would be invisible or would steer the reader shows."""

import re

# Unicode's control, format, surrogate and line-separator characters (Cc, Cf, Cs, Zl, Zp), and
# the fillers that look like nothing: terminal sequences, bidi overrides, zero-width twins.
_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0"
    "\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def safe_text(text: str) -> str:
    r"""``text`` with every control, bidi, zero-width and surrogate character written out.

    They become ``\xNN``, ``\uNNNN`` or ``\UNNNNNNNN``, so that the result can be printed on a
    terminal and encoded as UTF-8. Everything else, a backslash too, stays as it is.
    """
    return _STEERING.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def clip(text: str, length: int = 200) -> str:
    """``text`` cut to ``length`` characters, the number of those left out at its end."""
    if len(text) <= length:
        return text
    return f"{text[:length]}… (+{len(text) - length} characters)"
