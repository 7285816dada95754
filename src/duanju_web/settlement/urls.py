"""Addresses of months, ledgers and statements."""

from django.urls import path

from duanju_web.settlement.pages import (
    accounts,
    comparing,
    downloads,
    months,
    remitting,
    reported,
    reports,
    row_files,
    statements,
    unheard,
)

urlpatterns = [
    path("", months.months, name="settlement"),
    path("months/<str:period>/", months.month, name="settlement_month"),
    path("months/<str:period>/close/", months.close, name="close_month"),
    path("months/<str:period>/unheard/", unheard.unheard, name="month_unheard"),
    path("months/<str:period>/due/", remitting.due, name="month_due"),
    path("months/<str:period>/due/make/", remitting.make, name="make_month_due"),
    path("ledger/", months.ledger, name="ledger"),
    path("ledger/csv/", downloads.ledger_csv, name="ledger_csv"),
    path("ledger/transfers/", downloads.transfers_csv, name="transfers_csv"),
    path("ledger/beancount/", downloads.ledger_beancount, name="ledger_beancount"),
    path("ledger/accounts/", accounts.accounts, name="accounts"),
    path("ledger/accounts/<path:name>/", accounts.account, name="account"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:report_id>/", reports.report, name="report"),
    path("reports/<int:report_id>/mapping/", reports.remap, name="remap_report"),
    path("reports/<int:report_id>/mapping.toml", reports.mapping_file, name="report_mapping"),
    path("reports/<int:report_id>/accept/", reports.accept, name="accept_report"),
    path("reports/<int:report_id>/withdraw/", reports.withdraw, name="withdraw_report"),
    path("statements/", statements.statements, name="statements"),
    path("statements/<int:statement_id>/", statements.statement, name="statement"),
    path(
        "statements/<int:statement_id>/comparison/",
        comparing.comparison,
        name="statement_comparison",
    ),
    path(
        "statements/<int:statement_id>/lines/<int:number>/",
        statements.line,
        name="statement_line",
    ),
    path(
        "statements/<int:statement_id>/lines/<int:number>/events/",
        statements.events,
        name="statement_events",
    ),
    path(
        "statements/<int:statement_id>/lines/<int:number>/reports/",
        reported.rows,
        name="statement_reported_rows",
    ),
    path(
        "statements/<int:statement_id>/lines/<int:number>/events.csv",
        row_files.events_csv,
        name="statement_events_csv",
    ),
    path(
        "statements/<int:statement_id>/lines/<int:number>/reports.csv",
        row_files.reported_csv,
        name="statement_reported_csv",
    ),
    path("statements/<int:statement_id>/csv/", downloads.csv, name="statement_csv"),
    path("statements/<int:statement_id>/xlsx/", downloads.xlsx, name="statement_xlsx"),
    path(
        "statements/<int:statement_id>/signature/",
        downloads.signature,
        name="statement_signature",
    ),
    path(
        "statements/<int:statement_id>/public-key/",
        downloads.public_key,
        name="statement_public_key",
    ),
    path("statements/<int:statement_id>/json/", downloads.bundle, name="statement_json"),
    path("statements/<int:statement_id>/pdf/", downloads.pdf, name="statement_pdf"),
]
