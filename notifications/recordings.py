"""Fetching a recording from the provider: from its own host only, with a limit of size, time and kind."""

from urllib.parse import urlsplit

import requests

from config.settings import Settings

TIMEOUT_SECONDS = 20
LARGEST = 16 * 1024 * 1024
"""Five minutes of telephone sound are 5 MB as WAV."""
PROVIDER = "https://api.twilio.com"
_CHUNK = 64 * 1024


class NotFetched(Exception):
    """The recording didn't come. `final`: it never will from there."""

    def __init__(self, why: str, *, final: bool = False) -> None:
        self.final = final
        super().__init__(why)


class Recordings:
    """Twilio's, or with TWILIO_API_URL a stand-in's. The account's password goes to no other host."""

    def __init__(self, settings: Settings) -> None:
        self._host = urlsplit(settings.twilio_api_url or PROVIDER)
        self._who = (settings.twilio_account_sid, settings.twilio_auth_token)

    def fetch(self, url: str) -> bytes:
        """The sound as WAV. Raises NotFetched."""
        asked = urlsplit(url)
        if (asked.scheme, asked.netloc) != (self._host.scheme, self._host.netloc):
            raise NotFetched("not an address of the provider", final=True)
        try:
            with requests.get(
                f"{url}.wav", auth=self._who, timeout=TIMEOUT_SECONDS, stream=True, allow_redirects=False
            ) as answer:
                return _content(answer)
        except requests.RequestException as failure:
            raise NotFetched(f"provider can't be reached: {type(failure).__name__}") from failure


def _content(answer: requests.Response) -> bytes:
    """404 isn't final: a recording is ready some time after it was announced."""
    if answer.status_code != 200:
        raise NotFetched(f"provider answers {answer.status_code}")
    kind = answer.headers.get("Content-Type", "")
    if not kind.startswith("audio/"):
        raise NotFetched(f"not a sound but {kind[:60]!r}", final=True)
    content = bytearray()
    for chunk in answer.iter_content(_CHUNK):
        content += chunk
        if len(content) > LARGEST:
            raise NotFetched(f"larger than {LARGEST // 1024 // 1024} MB", final=True)
    return bytes(content)
