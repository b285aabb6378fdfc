"""Everything that the environment may set, typed and documented once."""

from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.quiet import QuietHours

PerCent = Annotated[Decimal, Field(gt=0, le=100)]
ROOT = Path(__file__).resolve().parent.parent
EXAMPLE_RATE = Decimal("3.65")
"""Per cent a year, a hundredth of a per cent a day: easily reckoned with, and nothing else speaks for it."""
DEVELOPMENT_SECRET = "for development only: production refuses to start on this"


class Settings(BaseSettings):
    """Read from the environment (`DATABASE_URL`, …) or given by name: `Settings(database_url=…)`."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore", frozen=True)

    # where things are kept
    database_url: str = f"sqlite:///{ROOT / 'var' / 'claims.db'}"
    """`sqlite:///…` or `postgresql+psycopg://…`."""
    files_url: str = f"file://{ROOT / 'var' / 'files'}"
    """Photos and letters: `file:///…` or `s3://bucket/prefix`."""
    secret_key: str = DEVELOPMENT_SECRET
    """Signs sessions and forms."""
    sealing_keys: str = ""
    """`id:secret;id:secret`, newest first; seals phones and names. Empty: one key drawn from SECRET_KEY."""

    # who we are
    public_url: str = ""
    """The address that Twilio and homeowners see; signatures are checked against it. Empty: 127.0.0.1 at PORT."""
    insurer_name: str = "示例财产保险股份有限公司上海分公司"
    insurer_short: str = "示例财险"
    """Begins every text: 【示例财险】."""
    hotline_number: str = "021-0000-0000"
    """The 24-hour number printed on pages, texts and letters (第十三条)."""
    complaint_number: str = "021-0000-0001"
    insurer_address: str = "上海市浦东新区示例路1号"

    # ways to people
    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    twilio_number: str = ""
    twilio_api_url: str = ""
    """Empty: the real Twilio. Otherwise a stand-in's address."""
    probe_number: str = ""
    """A second number of ours at the provider. From it the worker calls and texts the hotline every hour, to see that
    both arrive; empty: it doesn't."""
    on_duty_number: str = ""
    """Who is rung at last when a caller presses 0 or 9, such as +8621…, after everybody on the roster. Nobody at all:
    the caller is asked to leave a message."""
    voice_chinese: str = "Polly.Zhiyu"
    voice_english: str = "Polly.Joanna"
    """The voices of the hotline, by Twilio's names."""
    smtp_url: str = ""
    """`smtp://user:password@host:587`; empty: no e-mail channel."""
    sender_address: str = "claims@insurer.example"
    apprise_urls: str = ""
    """The rooms of the team's work chat, as Apprise addresses separated by spaces; empty: the worker's output."""
    dispatch_channels: str = "sms,email,post"
    """Ways whose hand-over counts as 发出 (第十三条); the insurer's counsel decides (ADR 0009)."""
    process_arrivals: Literal["at once", "by worker"] = "at once"
    """Whether the web process reads a text right after storing it, or leaves it to the worker."""

    # what the insurer has decided, and no law says
    delay_rate: Annotated[PerCent | None, BeforeValidator(lambda told: told or None)] = None
    """Per cent a year, for the estimate of what a late performance may cost (保险法 23 ¶2 names no rate); empty: only
    the days are shown. In a demo EXAMPLE_RATE, and the pages say that it is an example."""

    quiet_hours: str = ""
    """`22:00-07:00` in Shanghai: warnings to the team wait for their end, but for those about danger; empty: none."""

    # how often somebody may ask; 0: without limit (ADR 0020)
    api_calls_per_minute: int = Field(default=6000, ge=0)
    """Of one token."""
    uploads_per_minute: int = Field(default=600, ge=0)
    """Files sent to the API from one address."""
    form_posts_per_minute: int = Field(default=300, ge=0)
    """Times that a step of the public form is sent from one address, which a whole estate may share; and, counted
    apart, a code or a password."""

    # processes
    bind: str = "127.0.0.1"
    """The interface that `web` listens on; behind a proxy on another machine, 0.0.0.0."""
    port: int = Field(default=8000, ge=1, le=65535)
    web_workers: int = Field(default=2, ge=1, le=64)
    web_threads: int = Field(default=8, ge=1, le=64)
    demo: bool = False
    """`make run`: the demo world, its known tokens, messages shown on the console, an example of a delay rate."""

    @model_validator(mode="after")
    def _at_home(self) -> "Settings":
        self.__dict__["public_url"] = self.public_url or f"http://127.0.0.1:{self.port}"
        return self

    @model_validator(mode="after")
    def _with_an_example(self) -> "Settings":
        self.__dict__["delay_rate"] = self.delay_rate or (EXAMPLE_RATE if self.demo else None)
        return self

    @property
    def delay_rate_is_example(self) -> bool:
        return self.demo and self.delay_rate == EXAMPLE_RATE

    @field_validator("quiet_hours")
    @classmethod
    def _are_hours(cls, told: str) -> str:
        if told:
            QuietHours.parse(told)
        return told

    @cached_property
    def quiet(self) -> QuietHours | None:
        return QuietHours.parse(self.quiet_hours) if self.quiet_hours else None

    @cached_property
    def counts_as_dispatch(self) -> frozenset[str]:
        """The names of the channels whose hand-over is a dispatch in law; the console is one in a demo."""
        named = {name.strip() for name in self.dispatch_channels.split(",") if name.strip()}
        return frozenset(named | {"console"}) if self.demo else frozenset(named)

    @cached_property
    def keys(self) -> dict[str, str]:
        """Sealing secrets by key id, newest first.

        Raises ValueError where SEALING_KEYS isn't `id:secret;id:secret`.
        """
        if not self.sealing_keys:
            return {"k0": self.secret_key}
        pairs = [entry.partition(":") for entry in self.sealing_keys.split(";")]
        keys = {key_id.strip(): secret for key_id, _, secret in pairs}
        if len(keys) < len(pairs) or not all(key_id.isalnum() and secret for key_id, secret in keys.items()):
            raise ValueError("SEALING_KEYS must read id:secret;id:secret, each id once and of letters and digits")
        return keys

    def check_for_production(self) -> None:
        """Refuse to serve real people on a secret that everybody knows."""
        if self.demo:
            return
        if self.secret_key == DEVELOPMENT_SECRET or len(self.secret_key) < 32:
            raise SystemExit(
                "SECRET_KEY is the development default or shorter than 32 characters.\n"
                "Set SECRET_KEY (for example: openssl rand -hex 32), or DEMO=1 to look around."
            )
