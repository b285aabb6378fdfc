"""Mail by SMTP, with the letter as an attachment."""

import smtplib
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

from config.settings import Settings
from notifications.outbox import NotHandedOver, Parcel


class Mail:
    """Hands a mail to the SMTP server of SMTP_URL; its Message-ID is the provider's id."""

    name = "email"

    def __init__(self, settings: Settings) -> None:
        self._server = urlsplit(settings.smtp_url)
        self._sender = settings.sender_address

    def send(self, parcel: Parcel) -> str:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, parcel.recipient, parcel.subject
        mail["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2])
        mail.set_content(parcel.text)
        if parcel.attachment is not None:
            mail.add_attachment(parcel.attachment, maintype="application", subtype="pdf", filename="letter.pdf")
        try:
            with smtplib.SMTP(self._server.hostname or "", self._server.port or 25, timeout=10) as server:
                if self._server.scheme == "smtp+tls" or self._server.port == 587:
                    server.starttls()
                if self._server.username:
                    server.login(unquote(self._server.username), unquote(self._server.password or ""))
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refusal:
            raise NotHandedOver(f"refused: {refusal}", final=True) from refusal
        except (OSError, smtplib.SMTPException) as failure:
            raise NotHandedOver(f"mail server: {type(failure).__name__}: {failure}") from failure
        return str(mail["Message-ID"])
