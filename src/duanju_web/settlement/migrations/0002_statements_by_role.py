"""A statement for each role of an organisation in a deal, and room for clauses of amendments."""

from django.db import migrations, models


def name_roles(apps, schema_editor):
    """Name the role that each statement was issued to, as the statement itself does."""
    records = apps.get_model("settlement", "StatementRecord").objects
    for own in records.only("pk", "document").iterator():
        role = own.document["payee"].partition(":")[0]
        if role != "studio":
            records.filter(pk=own.pk).update(role=role)


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="ledgertransaction",
            name="clause_id",
            field=models.CharField(max_length=129),
        ),
        migrations.AddField(
            model_name="statementrecord",
            name="role",
            field=models.CharField(default="studio", max_length=64),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="statementrecord", name="one_statement_a_deal"),
        migrations.AddConstraint(
            model_name="statementrecord",
            constraint=models.UniqueConstraint(
                fields=("close", "deal", "party", "role"), name="one_statement_a_role"
            ),
        ),
        migrations.RunPython(name_roles, migrations.RunPython.noop),
    ]
