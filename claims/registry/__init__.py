"""What is insured and who is who: projects, buildings, homes, policies, dated cover and ownership, firms."""

from claims.registry.addresses import full_address
from claims.registry.coverage_table import Ground, Part, grounds, parts
from claims.registry.importing import BadRow, BadRows, FileReport, ImportReport, ImportUnderWay, import_files
from claims.registry.model import (
    FIRM_KINDS,
    INSURED_KINDS,
    PARTS,
    Building,
    Cover,
    Firm,
    Home,
    Ownership,
    Policy,
    Project,
)  # fmt: skip
from claims.registry.phones import e164, masked
from claims.registry.queries import (
    Insured,
    Placed,
    cover_of,
    home_by_code,
    homes_by_address,
    homes_by_phone,
    insured_home,
    owner_of,
    policy_of,
)  # fmt: skip

__all__ = [
    "FIRM_KINDS", "INSURED_KINDS", "PARTS",
    "BadRow", "BadRows", "Building", "Cover", "FileReport", "Firm", "Ground", "Home", "ImportReport", "ImportUnderWay",
    "Insured", "Ownership", "Part", "Placed", "Policy", "Project",
    "cover_of", "e164", "full_address", "grounds", "home_by_code", "homes_by_address", "homes_by_phone", "import_files",
    "insured_home", "masked", "owner_of", "parts", "policy_of",
]  # fmt: skip
