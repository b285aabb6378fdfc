"""A registry of two homes as files; each test changes what it is about."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from claims.registry import BadRows, ImportReport, import_files

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)

SMALL = {
    "projects": """code,name,district,address,completion_filed_on,completion_accepted_on,developer,builder
P1,示例花苑,浦东新区,示例东路88弄,2023-05-20,2023-04-28,示例置业有限公司,示例建筑有限公司
""",
    "buildings": """project,code,name,floors,longitude,latitude
P1,3,3号楼,18,121.55,31.21
""",
    "homes": """project,building,code,room,floor,riser,area_m2
P1,3,P1-3-1201,1201,12,01,89.50
P1,3,P1-3-1202,1202,12,02,112.36
""",
    "policies": """number,project,insurer,insured_kind,issued_on,deductible_yuan,survey_days,decision_days
N1,P1,示例财产保险,owner,2021-03-15,500.00,2,
""",
    "cover": """policy,part,starts_on,ends_on
N1,structure,2025-05-21,2035-05-20
N1,waterproofing,2025-05-21,2030-05-20
""",
    "owners": """home,name,phone,from_on,to_on
P1-3-1201,赵示甲,13800000101,2023-07-01,2025-08-14
P1-3-1201,欧阳示丙,13800000901,2025-08-15,
P1-3-1202,钱示甲,13800000102,2023-07-01,
""",
    "firms": """code,name,kind,uscc,districts,trades,qualification,valid_until,daily_capacity,phone
F1,示例防水维修有限公司,repair,91310000MA00000012,浦东新区;闵行区,waterproofing,二级（示例）,2028-12-31,8,13800000701
""",
    "staff": """email,name,roles,districts,phone
lead@insurer.example,沈组长,adjuster;lead,浦东新区,13800000804
""",
}


class Files:
    """A folder of registry files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in SMALL.items():
            self.put(name, text)

    def __getitem__(self, name: str) -> Path:
        return self.folder / f"{name}.csv"

    def put(self, name: str, text: str | bytes) -> Path:
        self[name].write_bytes(text if isinstance(text, bytes) else text.encode())
        return self[name]

    def edit(self, name: str, old: str, new: str) -> None:
        text = self[name].read_text()
        assert old in text
        self.put(name, text.replace(old, new))

    def every(self) -> list[Path]:
        return sorted(self.folder.glob("*.csv"))

    def load(self, session: Session, *names: str) -> ImportReport:
        report = import_files(session, [self[name] for name in names] or self.every(), AT)
        session.commit()
        return report

    def bad(self, session: Session, *names: str) -> list[str]:
        """What the import refuses, word for word."""
        with pytest.raises(BadRows) as refused:
            self.load(session, *names)
        session.rollback()
        return [str(row) for row in refused.value.rows]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / "registry"
    folder.mkdir()
    return Files(folder)
