"""The tables as they are, made at once in a new database; one that has the steps before only notes it."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('archive', '0001_initial'), ('archive', '0002_interim_editions')]

    initial = True

    dependencies = [
        ('accounts', '0005_share_phrases'),
        ('gradebook', '0015_class_book'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gradebook.schoolclass')),
                ('kind', models.CharField(choices=[('class_book', 'Class book')], default='class_book', max_length=20)),
                ('number', models.PositiveIntegerField()),
                ('previous', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next', to='archive.edition')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requested_at', models.DateTimeField()),
                ('payload', models.TextField()),
                ('fingerprint', models.CharField(help_text='sha256 of the payload', max_length=64, unique=True)),
                ('content', models.CharField(help_text='sha256 of the book alone, without the edition', max_length=64)),
                ('is_interim', models.BooleanField(default=False, help_text="made while a window was open or the year's results were incomplete")),
                ('code', models.CharField(help_text='printed on every page', max_length=16, unique=True)),
                ('sha256', models.CharField(blank=True, help_text='of the file; empty until rendered', max_length=64)),
                ('size', models.PositiveBigIntegerField(null=True)),
                ('pages', models.PositiveIntegerField(null=True)),
                ('path', models.CharField(blank=True, help_text='below the file store', max_length=120)),
            ],
            options={
                'verbose_name': 'edition',
                'verbose_name_plural': 'editions',
                'ordering': ['school_class', 'kind', 'number'],
                'constraints': [models.UniqueConstraint(fields=('school_class', 'kind', 'number'), name='archive_edition_number'), models.CheckConstraint(condition=models.Q(models.Q(('number', 1), ('previous', None)), models.Q(('number__gt', 1), ('previous__isnull', False)), _connector='OR'), name='archive_edition_refers_to_previous'), models.CheckConstraint(condition=models.Q(models.Q(('pages', None), ('path', ''), ('sha256', ''), ('size', None)), models.Q(models.Q(('sha256', ''), _negated=True), models.Q(('path', ''), _negated=True), ('pages__isnull', False), ('size__isnull', False)), _connector='OR'), name='archive_edition_whole_file')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalEdition',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('history_origin', models.CharField(blank=True, max_length=80)),
                ('history_change_reason', models.TextField(blank=True, default='')),
                ('kind', models.CharField(choices=[('class_book', 'Class book')], default='class_book', max_length=20)),
                ('number', models.PositiveIntegerField()),
                ('requested_at', models.DateTimeField()),
                ('payload', models.TextField()),
                ('fingerprint', models.CharField(db_index=True, help_text='sha256 of the payload', max_length=64)),
                ('content', models.CharField(help_text='sha256 of the book alone, without the edition', max_length=64)),
                ('is_interim', models.BooleanField(default=False, help_text="made while a window was open or the year's results were incomplete")),
                ('code', models.CharField(db_index=True, help_text='printed on every page', max_length=16)),
                ('sha256', models.CharField(blank=True, help_text='of the file; empty until rendered', max_length=64)),
                ('size', models.PositiveBigIntegerField(null=True)),
                ('pages', models.PositiveIntegerField(null=True)),
                ('path', models.CharField(blank=True, help_text='below the file store', max_length=120)),
                ('school_class', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='gradebook.schoolclass')),
                ('previous', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='archive.edition')),
                ('requested_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical edition',
                'verbose_name_plural': 'historical editions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Rendering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rendering', to='archive.edition')),
                ('state', models.CharField(choices=[('queued', 'waiting to be printed'), ('running', 'being printed'), ('done', 'printed'), ('failed', 'failed')], default='queued', max_length=8)),
                ('heartbeat', models.DateTimeField(help_text='last sign of life')),
                ('attempt', models.PositiveSmallIntegerField(default=0)),
                ('done', models.PositiveSmallIntegerField(default=0)),
                ('total', models.PositiveSmallIntegerField(default=0)),
                ('failure', models.CharField(blank=True, choices=[('fonts', 'The document fonts are not installed on the server. Tell the IT administrator.'), ('store', 'The file could not be stored: the disk may be full. Tell the IT administrator.'), ('killed', 'The printing was interrupted several times. Tell the IT administrator.'), ('unexpected', 'The book could not be printed. Try again; if it fails again, report it.')], max_length=12)),
                ('detail', models.CharField(blank=True, help_text='for the administrator', max_length=300)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'heartbeat'], name='archive_rendering_stale')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('failure', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('failure', '')), _connector='OR'), name='archive_rendering_failure')],
            },
        ),
    ]
