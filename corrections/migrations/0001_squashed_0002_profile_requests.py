"""The tables as they are, made at once in a new database; one that has the steps before only notes it."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('corrections', '0001_initial'), ('corrections', '0002_profile_requests')]

    initial = True

    dependencies = [
        ('accounts', '0005_share_phrases'),
        ('gradebook', '0015_class_book'),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalCorrectionRequest',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_origin', models.CharField(blank=True, max_length=80)),
                ('history_change_reason', models.TextField(blank=True, default='')),
                ('number', models.PositiveIntegerField(help_text='without gaps within the year')),
                ('kind', models.CharField(choices=[('entry_error', 'Wrong entry'), ('remarking', 'Re-marking'), ('make_up', 'Make-up test'), ('new_fact', 'The facts have changed'), ('other', 'Other')], max_length=12)),
                ('reason', models.TextField(verbose_name='reason')),
                ('requested_at', models.DateTimeField()),
                ('year', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='gradebook.schoolyear')),
                ('course', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='gradebook.course')),
                ('student', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='gradebook.student')),
                ('requested_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical correction request',
                'verbose_name_plural': 'historical correction requests',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='CorrectionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gradebook.schoolyear')),
                ('number', models.PositiveIntegerField(help_text='without gaps within the year')),
                ('course', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gradebook.course')),
                ('student', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gradebook.student')),
                ('kind', models.CharField(choices=[('entry_error', 'Wrong entry'), ('remarking', 'Re-marking'), ('make_up', 'Make-up test'), ('new_fact', 'The facts have changed'), ('other', 'Other')], max_length=12)),
                ('reason', models.TextField(verbose_name='reason')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requested_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'correction request',
                'verbose_name_plural': 'correction requests',
                'indexes': [models.Index(fields=['-requested_at', '-id'], name='corrections_request_newest')],
                'constraints': [models.UniqueConstraint(fields=('year', 'number'), name='corrections_request_number'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='corrections_request_number_positive'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='corrections_request_reason'), models.CheckConstraint(condition=models.Q(models.Q(('course__isnull', False), ('student', None)), models.Q(('course', None), ('student__isnull', False)), _connector='OR'), name='corrections_request_about_one')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalCorrectionLine',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_origin', models.CharField(blank=True, max_length=80)),
                ('history_change_reason', models.TextField(blank=True, default='')),
                ('old_text', models.TextField(blank=True)),
                ('new_text', models.TextField(blank=True)),
                ('seen_version', models.PositiveIntegerField(help_text='of the mark; 0 for a cell never filled')),
                ('is_open', models.BooleanField(default=True)),
                ('request', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='corrections.correctionrequest')),
                ('enrolment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='gradebook.enrolment')),
                ('column', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='gradebook.column')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical correction line',
                'verbose_name_plural': 'historical correction lines',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='CorrectionLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='corrections.correctionrequest')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gradebook.enrolment')),
                ('column', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gradebook.column')),
                ('old_text', models.TextField(blank=True)),
                ('new_text', models.TextField(blank=True)),
                ('seen_version', models.PositiveIntegerField(help_text='of the mark; 0 for a cell never filled')),
                ('is_open', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['request', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('enrolment', 'column'), name='corrections_line_one_open_per_cell'), models.UniqueConstraint(fields=('request', 'enrolment', 'column'), name='corrections_line_cell_once'), models.CheckConstraint(condition=models.Q(('old_text', models.F('new_text')), _negated=True), name='corrections_line_differs')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalProfileLine',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_origin', models.CharField(blank=True, max_length=80)),
                ('history_change_reason', models.TextField(blank=True, default='')),
                ('field', models.CharField(help_text='key of gradebook.profile_fields', max_length=40)),
                ('old_text', models.CharField(blank=True, max_length=250)),
                ('new_text', models.CharField(blank=True, max_length=250)),
                ('is_open', models.BooleanField(default=True)),
                ('request', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='corrections.correctionrequest')),
                ('student', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='gradebook.student')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical profile line',
                'verbose_name_plural': 'historical profile lines',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ProfileLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='profile_lines', to='corrections.correctionrequest')),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gradebook.student')),
                ('field', models.CharField(help_text='key of gradebook.profile_fields', max_length=40)),
                ('old_text', models.CharField(blank=True, max_length=250)),
                ('new_text', models.CharField(blank=True, max_length=250)),
                ('is_open', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['request', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('student', 'field'), name='corrections_profileline_one_open'), models.UniqueConstraint(fields=('request', 'field'), name='corrections_profileline_once'), models.CheckConstraint(condition=models.Q(('old_text', models.F('new_text')), _negated=True), name='corrections_profileline_differs')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalEvidence',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_origin', models.CharField(blank=True, max_length=80)),
                ('history_change_reason', models.TextField(blank=True, default='')),
                ('file_name', models.CharField(help_text='as the requester named it', max_length=150)),
                ('content_type', models.CharField(help_text='as its bytes say, not its name', max_length=20)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('request', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='corrections.correctionrequest')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical evidence',
                'verbose_name_plural': 'historical evidence',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='corrections.correctionrequest')),
                ('file_name', models.CharField(help_text='as the requester named it', max_length=150)),
                ('content_type', models.CharField(help_text='as its bytes say, not its name', max_length=20)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['request', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('request', 'sha256'), name='corrections_evidence_once')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalDecision',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_origin', models.CharField(blank=True, max_length=80)),
                ('history_change_reason', models.TextField(blank=True, default='')),
                ('verdict', models.CharField(choices=[('approved', 'approved'), ('refused', 'not approved')], max_length=8)),
                ('note', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField()),
                ('request', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='corrections.correctionrequest')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical decision',
                'verbose_name_plural': 'historical decisions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='corrections.correctionrequest')),
                ('verdict', models.CharField(choices=[('approved', 'approved'), ('refused', 'not approved')], max_length=8)),
                ('note', models.TextField(blank=True)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict', 'approved'), models.Q(('verdict', 'refused'), models.Q(('note', ''), _negated=True)), _connector='OR'), name='corrections_decision_refusal_says_why')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalExecution',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_origin', models.CharField(blank=True, max_length=80)),
                ('history_change_reason', models.TextField(blank=True, default='')),
                ('executed_at', models.DateTimeField()),
                ('refusal', models.CharField(blank=True, help_text='code; empty: applied', max_length=30)),
                ('refused_field', models.CharField(blank=True, help_text='of a profile, by its key', max_length=40)),
                ('request', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='corrections.correctionrequest')),
                ('executed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('refused_line', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='corrections.correctionline')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical execution',
                'verbose_name_plural': 'historical executions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Execution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='execution', to='corrections.correctionrequest')),
                ('executed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('executed_at', models.DateTimeField()),
                ('refusal', models.CharField(blank=True, help_text='code; empty: applied', max_length=30)),
                ('refused_line', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='corrections.correctionline')),
                ('refused_field', models.CharField(blank=True, help_text='of a profile, by its key', max_length=40)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('refusal', ''), ('refused_field', ''), ('refused_line', None)), models.Q(models.Q(('refusal', ''), _negated=True), ('refused_field', ''), ('refused_line__isnull', False)), models.Q(models.Q(('refusal', ''), _negated=True), ('refused_line', None), models.Q(('refused_field', ''), _negated=True)), _connector='OR'), name='corrections_execution_refusal_pair')],
            },
        ),
    ]
