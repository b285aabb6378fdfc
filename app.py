"""The composition root: settings → database → listeners → blueprints → command line. Read it top to bottom."""

from pathlib import Path

from apiflask import APIFlask
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import claims.access.commands
import claims.registry.commands
import config.commands
from claims import announce
from claims.appraisal.api import api as appraisal_api
from claims.attachments import FileStore
from claims.attachments.api import api as attachments_api
from claims.calendar.commands import calendar
from claims.calendar.views import pages as calendar_pages
from claims.casefile import Calendar, Listeners, RuleBook
from claims.casefile.published import PublishedYears
from claims.closing.api import api as closing_api
from claims.commands import inbox, print_tables, sweep, timeline
from claims.complaint.api import api as complaint_api
from claims.danger.api import api as danger_api
from claims.decision.api import api as decision_api
from claims.decision.supplement_api import api as supplement_api
from claims.demo import demo, refuse_demo_tokens, up
from claims.desk.acts import acts_now
from claims.desk.api import api as desk_api
from claims.desk.duty_views import pages as duty_pages
from claims.desk.views import pages as desk_pages
from claims.duties.api import api as duties_api
from claims.firm.views import pages as firm_pages
from claims.intake.api import api as intake_api
from claims.intake.call import answer_call, read_call, read_recording
from claims.intake.texting import read_text
from claims.intake.views import pages as intake_pages
from claims.letters import hear_outbox, tell_of_failed_text
from claims.letters.api import api as letters_api
from claims.oversight.api import api as oversight_api
from claims.oversight.hotline import line_told
from claims.oversight.views import pages as oversight_pages
from claims.quarantine.views import pages as quarantine_pages
from claims.repair.api import api as repair_api
from claims.replies import NEVER_WITHHELD
from claims.roster import gaps_told
from claims.roster.views import pages as roster_pages
from claims.settlement.api import api as settlement_api
from claims.survey.api import api as survey_api
from claims.track import pages as track_pages
from claims.track import read_words
from claims.web import assets, limits, openapi, pages, problems, request_session, signing_in
from claims.web.health import health
from config.database import Database
from config.sealing import Sealer
from config.settings import ROOT, Settings
from notifications.channels import channels_for
from notifications.probes import past_probes
from notifications.recordings import Recordings
from notifications.statuses import read_status
from notifications.telephone import hotline
from notifications.twilio_log import provider_for

ARRIVAL_READERS = {
    "twilio message": past_probes(read_text),
    "twilio status": read_status,
    "twilio voice": past_probes(read_call),
    "twilio call": past_probes(read_call),
    "twilio recording": read_recording,
    "web words": read_words,
}


def create_app(settings: Settings | None = None) -> Flask:
    """The application, without side effects: the database opens when it is first asked."""
    settings = settings or Settings()
    app = APIFlask(
        __name__,
        title="住宅工程质量潜在缺陷保险 · 理赔与维修",
        docs_path=None,
        spec_path=None,
        template_folder="templates",
        static_folder=None,  # type: ignore[arg-type]  # claims/web/assets.py serves them
    )
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https:"),
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]

    app.extensions["settings"] = settings
    app.extensions["arrival_readers"] = ARRIVAL_READERS
    app.extensions["conversation"] = answer_call
    app.extensions["database"] = open_database(settings)
    app.extensions["readiness_details"] = {"roster": gaps_told, "hotline": line_told}
    app.extensions["acts_now"] = acts_now
    app.extensions["before_serving"] = [refuse_demo_tokens]

    for part in (assets, problems, limits, request_session, pages, signing_in, openapi):
        part.init_app(app)
    for blueprint in (
        intake_api,
        danger_api,
        survey_api,
        supplement_api,
        decision_api,
        settlement_api,
        repair_api,
        appraisal_api,
        complaint_api,
        closing_api,
        letters_api,
        duties_api,
        attachments_api,
        desk_api,
        oversight_api,
        intake_pages,
        duty_pages,
        desk_pages,
        track_pages,
        oversight_pages,
        calendar_pages,
        quarantine_pages,
        roster_pages,
        firm_pages,
        hotline,
        health,
    ):
        app.register_blueprint(blueprint)
    for group in (
        claims.registry.commands.registry,
        claims.access.commands.staff,
        calendar,
        timeline,
        inbox,
        sweep,
        print_tables,
        demo,
        up,
        *config.commands.ALL,
    ):
        app.cli.add_command(group)
    return app


def open_database(settings: Settings) -> Database:
    """The database with everything that the rooms need beside rows: see claims/casefile/belongings.py."""
    listeners = Listeners()
    announce.announce(listeners)
    seeds = Calendar.from_folder(Path(ROOT / "config" / "calendar"))
    return Database(
        settings.database_url,
        settings=settings,
        sealer=Sealer(settings.keys),
        calendar=seeds,
        published=PublishedYears(seeds),
        rule_book=RuleBook.from_file(ROOT / "config" / "clocks.toml"),
        listeners=listeners,
        outbox_listeners=[hear_outbox, tell_of_failed_text],
        still_says_something=announce.STILL_SAYS_SOMETHING,
        arrival_readers=ARRIVAL_READERS,
        channels=channels_for(settings),
        never_withheld=NEVER_WITHHELD,
        provider=provider_for(settings),
        recordings=Recordings(settings),
        files=FileStore(settings.files_url),
    )
