"""What the fields of a ledger can be: each type and derived rule of a contract, and how it is stored."""

from collections.abc import Mapping

# What a field's type is stored as. An empty entry is never stored under its own name.
SQL_TYPES: Mapping[str, str] = {
    "code": "VARCHAR",
    "label": "VARCHAR",
    "text": "VARCHAR",
    "province": "VARCHAR",
    "choice": "VARCHAR",
    "moment": "TIMESTAMP",
    "day": "DATE",
    "count": "BIGINT",
    "signed_count": "BIGINT",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
    "lon": "DOUBLE",
    "lat": "DOUBLE",
    "grid": "VARCHAR",
    "community": "VARCHAR",
    "polygon": "VARCHAR",
    "grid_name": "",
    "point": "",
    "subject_no": "",
    "subject_name": "",
    "subject_uscc": "",
    "person_name": "",
    "id_number": "",
    "phone": "",
    "door": "",
}
PERSONAL_TYPES = frozenset({"person_name", "id_number", "phone", "door"})
RULE_TYPES: Mapping[str, str] = {
    "token": "VARCHAR",
    "people_in": "BIGINT",
    "is_filled": "BOOLEAN",
    "is_same_person": "BOOLEAN",
    "is_two_persons": "BOOLEAN",
    "has_column": "BOOLEAN",
    "by_heading": "VARCHAR",
    "season": "INTEGER",
    "closed_basis": "VARCHAR",
    "subject": "VARCHAR",
    "crs": "VARCHAR",
}
