"""投诉: received, decided by somebody disinterested, answered in writing."""

from claims.complaint.actions import (
    complaint_of,
    complaints_of,
    decide_complaint,
    extend_complaint,
    receive_complaint,
)
from claims.complaint.model import Complaint

__all__ = ["Complaint", "complaint_of", "complaints_of", "decide_complaint", "extend_complaint", "receive_complaint"]
