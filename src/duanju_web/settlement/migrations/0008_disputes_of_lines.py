"""What partners dispute, step by step, kept by the database."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from duanju_web.settlement.keeping import keep_for_ever


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0004_amendments'),
        ('settlement', '0007_stages_of_a_month'),
        ('shared', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=64)),
                ('period', models.CharField(max_length=7)),
                ('clause_id', models.CharField(max_length=200)),
                ('title_id', models.CharField(blank=True, max_length=40)),
                ('currency', models.CharField(max_length=3)),
                ('seen_minor', models.BigIntegerField()),
                ('seen_digest', models.CharField(max_length=64)),
                ('expected_minor', models.BigIntegerField(null=True)),
                ('reason', models.CharField(choices=[('quantity', 'What was counted'), ('rate', 'The rate or the tier'), ('deduction', 'A fee or deduction'), ('missing', 'Something is missing'), ('other', 'Something else')], max_length=12)),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='deals.deal')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_disputes', to='shared.organisation')),
                ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='shared.organisation')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='DisputeStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('side', models.CharField(choices=[('partner', 'partner'), ('platform', 'platform')], max_length=8)),
                ('action', models.CharField(choices=[('raise', 'raise'), ('ask', 'ask'), ('answer', 'answer'), ('accept', 'accept'), ('decline', 'decline'), ('contest', 'contest'), ('withdraw', 'withdraw')], max_length=8)),
                ('state', models.CharField(choices=[('open', 'open'), ('asked', 'asked'), ('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], max_length=9)),
                ('remedy', models.CharField(blank=True, choices=[('before_close', 'before_close'), ('next_month', 'next_month')], max_length=12)),
                ('text', models.CharField(max_length=2000)),
                ('request_id', models.CharField(max_length=64)),
                ('said_at', models.DateTimeField()),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='settlement.dispute')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['dispute', 'number'],
            },
        ),
        migrations.CreateModel(
            name='DisputeFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('size_bytes', models.BigIntegerField()),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='settlement.disputestep')),
            ],
            options={
                'ordering': ['step', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(fields=['platform', 'period', '-id'], name='dispute_by_month'),
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(fields=['party', '-id'], name='dispute_by_party'),
        ),
        migrations.AddConstraint(
            model_name='disputestep',
            constraint=models.UniqueConstraint(fields=('dispute', 'number'), name='one_word_after_another'),
        ),
        migrations.AddConstraint(
            model_name='disputestep',
            constraint=models.UniqueConstraint(fields=('said_by', 'request_id'), name='one_word_a_request'),
        ),
        keep_for_ever("Dispute", "DisputeStep", "DisputeFile"),
    ]
