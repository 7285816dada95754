"""Accounts, transfers and their legs, kept by the database as the closed months are."""

import django.db.models.deletion
from django.db import migrations, models

from duanju_web.settlement.keeping import balance_legs, keep_for_ever


class Migration(migrations.Migration):

    dependencies = [
        ('settlement', '0003_kept_by_the_database'),
        ('shared', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('title_id', models.CharField(blank=True, max_length=40)),
                ('currency', models.CharField(max_length=3)),
                ('may_be_negative', models.BooleanField()),
                ('opened_at', models.DateTimeField()),
                ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='shared.organisation')),
            ],
            options={
                'ordering': ['name', 'title_id', 'currency'],
            },
        ),
        migrations.CreateModel(
            name='LedgerTransfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transfer_id', models.CharField(max_length=64)),
                ('action', models.CharField(choices=[('move', 'move'), ('hold', 'hold'), ('post', 'post'), ('void', 'void')], max_length=4)),
                ('purpose', models.CharField(blank=True, max_length=120)),
                ('made_at', models.DateTimeField()),
                ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='shared.organisation')),
                ('resolves', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolution', to='settlement.ledgertransfer')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='LedgerTransferLeg',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('amount_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('posted_minor', models.BigIntegerField()),
                ('pending_in_minor', models.BigIntegerField()),
                ('pending_out_minor', models.BigIntegerField()),
                ('left_minor', models.BigIntegerField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legs', to='settlement.ledgeraccount')),
                ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legs', to='settlement.ledgertransfer')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='ledgeraccount',
            constraint=models.UniqueConstraint(fields=('platform', 'name', 'title_id', 'currency'), name='one_account_each'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.UniqueConstraint(fields=('platform', 'transfer_id'), name='one_transfer_an_id'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransfer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('action__in', ['move', 'hold']), ('resolves', None)), models.Q(('action__in', ['post', 'void']), ('resolves__isnull', False)), _connector='OR'), name='only_a_resolution_resolves'),
        ),
        migrations.AddIndex(
            model_name='ledgertransferleg',
            index=models.Index(fields=['account', 'at', 'sequence'], name='leg_by_time'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransferleg',
            constraint=models.UniqueConstraint(fields=('account', 'sequence'), name='one_leg_a_place'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransferleg',
            constraint=models.CheckConstraint(condition=models.Q(('pending_in_minor__gte', 0), ('pending_out_minor__gte', 0)), name='nothing_pending_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='ledgertransferleg',
            constraint=models.CheckConstraint(condition=models.Q(('left_minor', None), ('left_minor__gte', 0), _connector='OR'), name='no_account_overdrawn'),
        ),
        keep_for_ever("LedgerAccount", "LedgerTransfer", "LedgerTransferLeg"),
        balance_legs("LedgerTransferLeg", belonging_to="transfer"),
    ]
