from flask import Blueprint, render_template, request

from claims.web import open_to_all

pages = Blueprint("track", __name__, url_prefix="/track")


@pages.get("")
@open_to_all
def show_door() -> str:
    return render_template("claims/track/door.html", reference=request.args.get("claim", ""))
