"""What is insured and who is who. Written by the import alone; read by everybody."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from config.database import BigId

PARTS = ("foundation", "structure", "insulation", "waterproofing", "finishes", "wiring", "plumbing", "heating_cooling")
INSURED_KINDS = ("developer", "owner")
FIRM_KINDS = ("repair", "appraiser", "builder", "developer", "designer", "supplier", "property")


def _one_of(column: str, words: tuple[str, ...], name: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(word) for word in words)})", name=name)


class Project(SQLModel, table=True):
    """A residential project (小区), as one policy insures it."""

    __table_args__ = (CheckConstraint("completion_accepted_on <= completion_filed_on", name="ck_project_completion"),)

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=120)
    search_name: str = Field(max_length=120, index=True)
    """The name as `addresses.address_key` spells it: many tell the project instead of the road."""
    district: str = Field(max_length=20)
    address: str = Field(max_length=200)
    completion_filed_on: date
    """竣工备案: the builder's two years run from here (第七条(七))."""
    completion_accepted_on: date
    """竣工验收合格: the builder's statutory warranty runs from here."""
    developer: str = Field(max_length=120)
    builder: str = Field(max_length=120)


class Building(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("project_id", "code"), CheckConstraint("floors > 0", name="ck_building_floors"))

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    project_id: int = Field(sa_type=BigId, foreign_key="project.id")
    code: str = Field(max_length=40)
    name: str = Field(max_length=60)
    floors: int
    longitude: float | None = None
    latitude: float | None = None


class Home(SQLModel, table=True):
    __table_args__ = (
        Index("ix_home_room", "room"),
        Index("ix_home_address", text("pairs_of(address)"), postgresql_using="gin").ddl_if("postgresql"),
        Index("ix_home_search_address", "search_address", postgresql_ops={"search_address": "text_pattern_ops"}),
        CheckConstraint("area_dm2 > 0", name="ck_home_area"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    building_id: int = Field(sa_type=BigId, foreign_key="building.id", index=True)
    code: str = Field(max_length=40, unique=True)
    room: str = Field(max_length=20)
    floor: int
    riser: str = Field(default="", max_length=20)
    """Homes of one building with the same riser stand above one another: where water comes down."""
    area_dm2: int
    """Hundredths of a square metre: SQLite would keep a Numeric as a float."""
    address: str = Field(max_length=400)
    """In full, as it is printed on a letter."""
    search_address: str = Field(max_length=400)
    """The same as `addresses.address_key` spells it."""

    @property
    def area_m2(self) -> Decimal:
        return Decimal(self.area_dm2).scaleb(-2)


class Policy(SQLModel, table=True):
    __table_args__ = (
        Index("ix_policy_project", "project_id", "issued_on"),
        _one_of("insured_kind", INSURED_KINDS, "ck_policy_insured_kind"),
        CheckConstraint("deductible_fen >= 0", name="ck_policy_deductible"),
        CheckConstraint("survey_days > 0 AND decision_days > 0", name="ck_policy_days"),
        CheckConstraint("performance_days BETWEEN 1 AND 10", name="ck_policy_performance_days"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    number: str = Field(max_length=60, unique=True)
    project_id: int = Field(sa_type=BigId, foreign_key="project.id")
    insurer: str = Field(max_length=120)
    insured_kind: str = Field(max_length=10)
    """Decides who signs the settlement, and whether the developer can be recovered from (解释四 第八条)."""
    issued_on: date
    deductible_fen: int = Field(default=0, sa_type=BigId)
    survey_days: int | None = None
    """As printed (第十三条 按照约定); None: what config/clocks.toml says."""
    decision_days: int | None = None
    performance_days: int | None = None
    """Fewer than the 10 of 第十三条, as 保险法 23 lets the policy agree; more would promise less than the Rules."""


class Cover(SQLModel, table=True):
    """Dated cover of one part: both printed days belong to it, and neither rolls."""

    __table_args__ = (
        UniqueConstraint("policy_id", "part", "starts_on"),
        _one_of("part", PARTS, "ck_cover_part"),
        CheckConstraint("starts_on <= ends_on", name="ck_cover_days"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    policy_id: int = Field(sa_type=BigId, foreign_key="policy.id")
    part: str = Field(max_length=20)
    starts_on: date
    ends_on: date


class Ownership(SQLModel, table=True):
    """Dated ownership, one at a time per home. On the day a title passes the home is the new owner's already."""

    __table_args__ = (
        UniqueConstraint("home_id", "from_on"),
        CheckConstraint("from_on <= to_on", name="ck_ownership_days"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    home_id: int = Field(sa_type=BigId, foreign_key="home.id")
    name_sealed: str = Field(max_length=600)
    phone_sealed: str = Field(default="", max_length=200)
    phone_index: str = Field(default="", max_length=32, index=True)
    last4_index: str = Field(default="", max_length=32, index=True)
    name_index: str = Field(max_length=32, index=True)
    from_on: date
    to_on: date | None = None
    """The last day, inclusive; None: still the owner."""


class Firm(SQLModel, table=True):
    """Who repairs, appraises, built, designed, supplied or looks after. `districts` and `trades` are joined by `;`."""

    __table_args__ = (
        _one_of("kind", FIRM_KINDS, "ck_firm_kind"),
        CheckConstraint("daily_capacity >= 0", name="ck_firm_capacity"),
    )

    id: int | None = Field(default=None, sa_type=BigId, primary_key=True)
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=120)
    kind: str = Field(max_length=10, index=True)
    uscc: str = Field(max_length=18, index=True)
    """统一社会信用代码: tells that two firms are one, whatever they are called."""
    districts: str = Field(default="", max_length=400)
    """Empty: every district."""
    trades: str = Field(default="", max_length=400)
    qualification: str = Field(default="", max_length=200)
    valid_until: date | None = None
    """The last day of the qualification; None: none is on record."""
    daily_capacity: int | None = None
    phone: str = Field(default="", max_length=20)
    """E.164; a firm's number is no personal one, and stays in clear."""
