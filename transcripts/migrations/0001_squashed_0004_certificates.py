"""The tables as they are, made at once in a new database; one that has the steps before only notes it."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from accounts.tables import CreateModels


class Migration(migrations.Migration):

    replaces = [('transcripts', '0001_initial'), ('transcripts', '0002_withdrawn_editions'), ('transcripts', '0003_received_transcripts'), ('transcripts', '0004_certificates')]

    initial = True

    dependencies = [
        ('gradebook', '0025_phrase_offers'),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name='HistoricalTranscript',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('history_origin', models.CharField(blank=True, max_length=80)),
                        ('history_change_reason', models.TextField(blank=True, default='')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('payload', models.TextField(help_text='canonical JSON: sorted keys, versioned')),
                        ('fingerprint', models.CharField(help_text='SHA-256 of the payload', max_length=64)),
                        ('issued_at', models.DateTimeField()),
                        ('enrolment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='gradebook.enrolment')),
                        ('refers_to', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='transcripts.transcript')),
                        ('issued_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical transcript',
                        'verbose_name_plural': 'historical transcripts',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='Transcript',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gradebook.enrolment')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('refers_to', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='transcripts.transcript')),
                        ('payload', models.TextField(help_text='canonical JSON: sorted keys, versioned')),
                        ('fingerprint', models.CharField(help_text='SHA-256 of the payload', max_length=64)),
                        ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('issued_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['enrolment', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('enrolment', 'number'), name='transcripts_transcript_number')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalWithdrawal',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('history_origin', models.CharField(blank=True, max_length=80)),
                        ('history_change_reason', models.TextField(blank=True, default='')),
                        ('reason', models.CharField(max_length=300, verbose_name='reason')),
                        ('withdrawn_at', models.DateTimeField()),
                        ('transcript', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='transcripts.transcript')),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical withdrawal',
                        'verbose_name_plural': 'historical withdrawals',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='Withdrawal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('transcript', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='transcripts.transcript')),
                        ('reason', models.CharField(max_length=300, verbose_name='reason')),
                        ('withdrawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='transcripts_withdrawal_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalReceivedTranscript',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('history_origin', models.CharField(blank=True, max_length=80)),
                        ('history_change_reason', models.TextField(blank=True, default='')),
                        ('from_school', models.CharField(max_length=160, verbose_name='the other school')),
                        ('years', models.CharField(help_text='as in 2024-2025, 2025-2026', max_length=80, verbose_name='school years')),
                        ('name', models.CharField(max_length=150)),
                        ('sha256', models.CharField(help_text='of the file as it came', max_length=64)),
                        ('path', models.CharField(help_text='below the file store', max_length=200)),
                        ('data', models.TextField(blank=True)),
                        ('fingerprint', models.CharField(blank=True, help_text='SHA-256 of the data', max_length=64)),
                        ('received_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                        ('student', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='gradebook.student')),
                        ('received_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical received transcript',
                        'verbose_name_plural': 'historical received transcripts',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='ReceivedTranscript',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gradebook.student')),
                        ('from_school', models.CharField(max_length=160, verbose_name='the other school')),
                        ('years', models.CharField(help_text='as in 2024-2025, 2025-2026', max_length=80, verbose_name='school years')),
                        ('name', models.CharField(max_length=150)),
                        ('sha256', models.CharField(help_text='of the file as it came', max_length=64)),
                        ('path', models.CharField(help_text='below the file store', max_length=200)),
                        ('data', models.TextField(blank=True)),
                        ('fingerprint', models.CharField(blank=True, help_text='SHA-256 of the data', max_length=64)),
                        ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('received_at', models.DateTimeField()),
                        ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('student', 'sha256'), name='transcripts_received_once'), models.CheckConstraint(condition=models.Q(models.Q(('data', ''), ('fingerprint', '')), models.Q(models.Q(('data', ''), _negated=True), models.Q(('fingerprint', ''), _negated=True)), _connector='OR'), name='transcripts_received_data_pair'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='transcripts_received_withdrawn_pair')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalCertificate',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('history_origin', models.CharField(blank=True, max_length=80)),
                        ('history_change_reason', models.TextField(blank=True, default='')),
                        ('level', models.CharField(choices=[('primary', 'Primary'), ('lower_secondary', 'Lower secondary'), ('upper_secondary', 'Upper secondary')], max_length=20, verbose_name='level')),
                        ('number', models.CharField(max_length=40, verbose_name='number of the certificate')),
                        ('register_entry', models.CharField(blank=True, max_length=40, verbose_name='number in the register of certificates')),
                        ('dated', models.DateField(verbose_name='date of the certificate')),
                        ('recorded_at', models.DateTimeField()),
                        ('student', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='gradebook.student')),
                        ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical certificate',
                        'verbose_name_plural': 'historical certificates',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='Certificate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gradebook.student')),
                        ('level', models.CharField(choices=[('primary', 'Primary'), ('lower_secondary', 'Lower secondary'), ('upper_secondary', 'Upper secondary')], max_length=20, verbose_name='level')),
                        ('number', models.CharField(max_length=40, verbose_name='number of the certificate')),
                        ('register_entry', models.CharField(blank=True, max_length=40, verbose_name='number in the register of certificates')),
                        ('dated', models.DateField(verbose_name='date of the certificate')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('student', 'level'), name='transcripts_certificate_one_per_level'), models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='transcripts_certificate_number')],
                    },
                ),
            ],
        ),
    ]
