"""How platforms close, the steps of months, and what two people said of a close."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from duanju_web.settlement.keeping import keep_for_ever


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0004_amendments'),
        ('settlement', '0006_rates_taxes_and_terms'),
        ('shared', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='close',
            name='asked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='CloseProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=7)),
                ('number', models.PositiveIntegerField()),
                ('lake_position', models.BigIntegerField()),
                ('known_at', models.DateTimeField()),
                ('without_blocked', models.BooleanField()),
                ('totals', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='close_proposals', to='shared.organisation')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['platform', 'period', '-number'],
            },
        ),
        migrations.CreateModel(
            name='ClosingRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('calendar', models.JSONField()),
                ('second_above', models.JSONField(default=list)),
                ('set_at', models.DateTimeField()),
                ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closing_rules', to='shared.organisation')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='MonthStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=7)),
                ('number', models.PositiveIntegerField()),
                ('stage', models.CharField(choices=[('open', 'open'), ('pushed', 'pushed'), ('soft_closed', 'soft_closed'), ('closed', 'closed'), ('invoiced', 'invoiced'), ('paid', 'paid')], max_length=12)),
                ('is_push', models.BooleanField(default=False)),
                ('lake_position', models.BigIntegerField(null=True)),
                ('known_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='month_steps', to='shared.organisation')),
            ],
            options={
                'ordering': ['platform', 'period', 'number'],
            },
        ),
        migrations.CreateModel(
            name='ProposalVerdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_approved', models.BooleanField()),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('given_at', models.DateTimeField()),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='verdict', to='settlement.closeproposal')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ProvisionalStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=64)),
                ('totals', models.JSONField()),
                ('document', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='provisional_statements', to='deals.deal')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='provisional_statements', to='shared.organisation')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='settlement.monthstep')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddConstraint(
            model_name='closeproposal',
            constraint=models.UniqueConstraint(fields=('platform', 'period', 'number'), name='one_proposal_after_another'),
        ),
        migrations.AddIndex(
            model_name='closingrules',
            index=models.Index(fields=['platform', '-id'], name='closing_rules_by_platform'),
        ),
        migrations.AddConstraint(
            model_name='monthstep',
            constraint=models.UniqueConstraint(fields=('platform', 'period', 'number'), name='one_step_after_another'),
        ),
        migrations.AddIndex(
            model_name='provisionalstatement',
            index=models.Index(fields=['party', '-id'], name='provisional_by_party'),
        ),
        migrations.AddConstraint(
            model_name='provisionalstatement',
            constraint=models.UniqueConstraint(fields=('step', 'deal', 'party', 'role'), name='one_provisional_statement_a_role'),
        ),
        keep_for_ever(
            "ClosingRules",
            "MonthStep",
            "ProvisionalStatement",
            "CloseProposal",
            "ProposalVerdict",
        ),
    ]
