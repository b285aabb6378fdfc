"""The ways out, one file each; which of them exist is decided by the settings."""

from collections.abc import Mapping

from config.settings import Settings
from notifications.outbox import Channel


def channels_for(settings: Settings) -> Mapping[str, Channel]:
    """The adapter for each way (sms, email, team). A way without one keeps its messages waiting, in sight.

    Each is imported where it is wanted. Raises ValueError for an address of APPRISE_URLS that can't be read.
    """
    from notifications.channels.console import Console

    channels: dict[str, Channel] = {"team": Console("console")}
    if settings.apprise_urls.strip():
        from notifications.channels.workchat import WorkChat

        channels["team"] = WorkChat(settings)
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
