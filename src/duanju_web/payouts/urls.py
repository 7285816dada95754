"""Addresses of payouts and bank accounts."""

from django.urls import path

from duanju_web.payouts.pages import accounts, batches, statuses

urlpatterns = [
    path("", batches.payouts, name="payouts"),
    path("propose/", batches.propose, name="propose_payouts"),
    path("batches/<int:batch_pk>/", batches.batch, name="payout_batch"),
    path("batches/<int:batch_pk>/approve/", batches.approve, name="approve_payouts"),
    path("batches/<int:batch_pk>/withdraw/", batches.withdraw, name="withdraw_payouts"),
    path("batches/<int:batch_pk>/pain/", batches.pain, name="payouts_pain"),
    path("batches/<int:batch_pk>/csv/", batches.csv, name="payouts_csv"),
    path("statuses/", statuses.statuses, name="payout_statuses"),
    path("rules/", batches.rules, name="payout_rules"),
    path("bank-accounts/", accounts.bank_accounts, name="bank_accounts"),
    path("bank-accounts/new/", accounts.enter, name="enter_bank_account"),
    path("bank-accounts/<int:account_id>/stop/", accounts.stop, name="stop_bank_account"),
    path("stop/<str:token>/", accounts.stop_by_link, name="stop_bank_account_by_link"),
]
