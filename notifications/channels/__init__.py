"""The ways out, one file each; which of them exist is decided by the settings."""

from collections.abc import Mapping

from config.settings import Settings
from notifications.outbox import Channel


def channels_for(settings: Settings) -> Mapping[str, Channel]:
    """The adapter for each way (sms, email, team). A way without one keeps its messages waiting, in sight."""
    from notifications.channels.console import Console

    channels: dict[str, Channel] = {"team": Console("console")}
    if settings.twilio_account_sid:
        from notifications.channels.twilio import TwilioText

        channels["sms"] = TwilioText(settings)
    elif settings.demo:
        channels["sms"] = Console("console")
    if settings.smtp_url:
        from notifications.channels.email import Mail

        channels["email"] = Mail(settings)
    elif settings.demo:
        channels["email"] = Console("console")
    return channels
