"""Names for texts that are too long to be written where they are meant."""

from base64 import urlsafe_b64encode
from hashlib import blake2b


def short_name(text: str) -> str:
    """Eight characters that tell this text from others."""
    return urlsafe_b64encode(blake2b(text.encode(), digest_size=6).digest()).decode()
