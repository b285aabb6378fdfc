"""Where the demo world lies: 5 projects, 40 buildings, 2,000 homes and their owners. All of it invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from claims.registry import parts

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
    "云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常"
    "乐于时傅皮卞齐康伍余元卜顾孟平黄"
)
GIVEN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


@dataclass(frozen=True)
class Estate:
    """One project with its policy. Liability began `years` and `days` before the day of the demo (negative: will)."""

    code: str
    name: str
    district: str
    road: str
    developer: str
    builder: str
    place: tuple[float, float]
    buildings: int
    floors: int
    risers: int
    years: int
    days: int
    insured: str
    survey_days: int | None = None
    deductible: str = "0.00"

    def begins_on(self, today: date) -> date:
        return years_after(today, -self.years) - timedelta(days=self.days)

    def filed_on(self, today: date) -> date:
        """竣工备案: two years before liability begins (第七条(七))."""
        return years_after(self.begins_on(today) - timedelta(days=1), -2)

    def policy(self, today: date) -> str:
        return f"{self.code}IDI{self.begins_on(today).year - 5}0001"


ESTATES = (
    Estate(
        "SL1", "示例花苑", "浦东新区", "示例东路88弄", "示例置业（上海）有限公司", "示例第一建筑工程有限公司",
        (121.5551, 31.2101), buildings=16, floors=18, risers=3, years=2, days=40, insured="owner",
    ),
    Estate(
        "SL2", "示例名邸", "杨浦区", "示例中路36弄", "示例置业（上海）有限公司", "示例第二建设集团有限公司",
        (121.5202, 31.2701), buildings=14, floors=11, risers=4, years=5, days=200, insured="developer", survey_days=3,
    ),
    Estate(
        "SL3", "示例新城", "闵行区", "示例西路199弄", "示例新城房地产有限公司", "示例第一建筑工程有限公司",
        (121.3802, 31.1125), buildings=6, floors=13, risers=4, years=0, days=-400, insured="owner",
        deductible="500.00",
    ),
    Estate(
        "SL4", "示例雅苑", "杨浦区", "示例南路12弄", "示例置业（上海）有限公司", "示例第二建设集团有限公司",
        (121.5330, 31.2650), buildings=2, floors=13, risers=4, years=0, days=30, insured="owner",
    ),
    Estate(
        "SL5", "示例华庭", "浦东新区", "示例北路205弄", "示例新城房地产有限公司", "示例第一建筑工程有限公司",
        (121.5602, 31.2205), buildings=2, floors=13, risers=4, years=0, days=-640, insured="owner",
    ),
)  # fmt: skip


def years_after(day: date, years: int) -> date:
    """The corresponding day (民法典 202)."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)


def home_codes(estate: Estate) -> Iterator[tuple[int, int, int, str]]:
    """Building, floor, riser, code."""
    for building in range(1, estate.buildings + 1):
        for floor in range(1, estate.floors + 1):
            for riser in range(1, estate.risers + 1):
                yield building, floor, riser, f"{estate.code}-{building}-{floor}{riser:02d}"


def owner_of_home(number: int) -> tuple[str, str]:
    """Name and phone of the owner of the home of this number, counted from 0 through all estates."""
    name = f"{SURNAMES[number % len(SURNAMES)]}示{GIVEN[number // len(SURNAMES)]}"
    return name, f"1380000{101 + number:04d}"


def cover_of_estate(estate: Estate, today: date) -> dict[str, tuple[date, date]]:
    """By part, the first and the last day."""
    begins = estate.begins_on(today)
    return {name: (begins, years_after(begins, part.years) - timedelta(days=1)) for name, part in parts().items()}
