"""Procedures and processes of the tests, written as the files write them. All content is invented."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

SHARED = Path(settings.CHECKOUT).parent / "shared" / "data"
RAW = SHARED / "procedures" / "national-portal-raw.jsonl"
FLAT = SHARED / "procedures" / "procedures.jsonl"
STEPS = SHARED / "processes" / "internal-process-steps.jsonl"

needs_shared = pytest.mark.skipif(not RAW.exists(), reason="the real files lie in ../shared/data, which is not here")


def raw(**given: Any) -> dict[str, Any]:
    """A procedure as the portal answers."""
    return {
        "code": "1.900001",
        "name": "Đăng ký hộ nuôi chim yến",
        "decisionNo": "12/QĐ-UBND",
        "departmentPromulgateName": "Ủy ban nhân dân tỉnh Sơn Hải",
        "procedureProposal": {"proposalNumber": "12/QĐ-UBND", "decisionDate": 1768496400000, "publicationDate": None},
        "isWard": True,
        "isProvince": True,
        "isFullProcess": False,
        "isNonTerritorial": True,
        "categoriesDetails": [{"code": "G13-CN01", "name": "Chăn nuôi"}],
        "subjectTypesDetails": [{"code": "ĐT1", "name": "Công dân Việt Nam"}],
        "departmentsExecuting": [{"code": "X", "name": "Ủy ban nhân dân cấp xã"}],
        "executionSteps": [{"name": "Bước 1", "description": "Nộp hồ sơ.<br>Nhận <b>phiếu hẹn</b> &amp; chờ."}],
        "executionMethods": [
            {
                "submissionMethod": "DIRECT", "processingTime": 5, "processingTimeUnit": "WORKING_DAY", "description": "",
                "fees": [{"type": "FEE", "value": 50000, "description": ""}],
            },
            {
                "submissionMethod": "ONLINE", "processingTime": 3, "processingTimeUnit": "WORKING_DAY", "description": "",
                "fees": [],
            },
        ],
        "executionCases": [
            {
                "name": "* Giấy tờ phải nộp:",
                "profileComponents": [
                    {"code": "KQ.1", "name": "Tờ khai", "originalQty": 1, "copyQty": 0, "required": True,
                     "attachments": [{"fileName": "Mẫu 01.docx"}]},
                ],
            },
            {"name": "* Giấy tờ phải xuất trình:", "profileComponents": [{"name": "Căn cước", "originalQty": 1, "copyQty": 1}]},
            {"name": "* Lưu ý:", "profileComponents": [{"name": "Nuôi trong khu dân cư phải có ý kiến của láng giềng."}]},
        ],
        "cases": [{"code": "1.900001.01", "name": "Đăng ký", "processingDay": {"qty": 5, "type": "WORKING_DAY"}}],
        "legalBasisesDetails": [{"code": "13/2020/NĐ-CP", "name": "Nghị định về chăn nuôi"}],
        "resultsDetails": [{"code": "KQ.9", "name": "Giấy xác nhận"}],
        "requirementsAndConditions": "Cách khu dân cư 300 m.",
        **given,
    }  # fmt: skip


def flat(**given: Any) -> dict[str, Any]:
    """The same procedure flattened, with lists as JSON strings where they occur so."""
    whole = raw()
    groups = [
        {
            "name": group["name"],
            "components": [
                {
                    "code": one.get("code", ""), "name": one["name"], "original": one.get("originalQty", 0),
                    "copy": one.get("copyQty", 0), "required": one.get("required", False),
                    "forms": [form["fileName"] for form in one.get("attachments", [])],
                }
                for one in group["profileComponents"]
            ],
        }
        for group in whole["executionCases"]
    ]  # fmt: skip
    return {
        "code": whole["code"],
        "name": whole["name"],
        "decision_no": whole["decisionNo"],
        "promulgator": whole["departmentPromulgateName"],
        "levels": ["xã", "tỉnh"],
        "fields": whole["categoriesDetails"],
        "executing_agencies": whole["departmentsExecuting"],
        "authority": [],
        "coordinating": [],
        "subjects": ["Công dân Việt Nam"],
        "steps": json.dumps(whole["executionSteps"], ensure_ascii=False),
        "methods": [
            {"channel": "DIRECT", "time": 5, "unit": "WORKING_DAY", "note": "",
             "fees": [{"type": "FEE", "amount": 50000, "note": ""}]},
            {"channel": "ONLINE", "time": 3, "unit": "WORKING_DAY", "note": "", "fees": []},
        ],
        "cases": json.dumps(groups, ensure_ascii=False),
        "processing_cases": [{"code": "1.900001.01", "name": "Đăng ký", "processing": {"qty": 5, "type": "WORKING_DAY"}}],
        "legal_bases": json.dumps(whole["legalBasisesDetails"], ensure_ascii=False),
        "results": whole["resultsDetails"],
        "conditions": whole["requirementsAndConditions"],
        "non_territorial": True,
        "full_online": False,
        **given,
    }  # fmt: skip


def lines(*many: dict[str, Any] | bytes) -> list[bytes]:
    return [one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode() for one in many]


def steps(*rows: tuple[str, str, str], number: int = 1, code: str | None = "1.900001", doc: str = "a") -> list[bytes]:
    """Lines of a process: (work, who, time)."""
    return lines(
        *(
            {
                "doc": doc, "so_ky_hieu": "7/QĐ-UBND", "co_quan": "ỦY BAN NHÂN DÂN TỈNH SƠN HẢI",
                "quy_trinh": "Quy trình nội bộ giải quyết TTHC: Đăng ký hộ nuôi chim yến (Mã TTHC: 1.900001)" if code else "",
                "buoc": f"Bước {place}", "cong_viec": work, "nguoi_thuc_hien": who, "thoi_gian": time, "gio": None,
                "quy_trinh_id": number, "ma_tthc": code,
            }
            for place, (work, who, time) in enumerate(rows, start=1)
        )
    )  # fmt: skip


USUAL = (
    ("Tiếp nhận hồ sơ, lập phiếu hẹn", "Bộ phận tiếp nhận và trả kết quả", "0,25 ngày làm việc"),
    ("Phân công chuyên viên thụ lý hồ sơ", "Lãnh đạo phòng Kinh tế", "02 giờ làm việc"),
    ("Thẩm định hồ sơ", "Chuyên viên phòng Kinh tế", "3 ngày"),
    ("Phê duyệt kết quả", "Lãnh đạo Ủy ban nhân dân xã", "0,5 ngày"),
    ("Vào sổ, đóng dấu", "Văn thư", "30 phút"),
    ("Trả kết quả cho cá nhân, tổ chức", "Bộ phận tiếp nhận và trả kết quả", "Không tính thời gian"),
)
