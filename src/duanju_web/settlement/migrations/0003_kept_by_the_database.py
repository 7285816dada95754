"""The database refuses to change a closed month, and to keep legs that do not balance."""

from django.db import migrations

from duanju_web.settlement.keeping import balance_legs, keep_for_ever


class Migration(migrations.Migration):
    dependencies = [("settlement", "0002_statements_by_role")]

    operations = [
        keep_for_ever("Close", "LedgerTransaction", "LedgerPosting", "StatementRecord"),
        balance_legs("LedgerPosting", belonging_to="transaction"),
    ]
