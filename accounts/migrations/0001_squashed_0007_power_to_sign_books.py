"""The tables as they are, made at once in a new database; one that has the steps before only notes it."""

import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from accounts.tables import CreateModels


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_units_and_delegations'), ('accounts', '0003_security'), ('accounts', '0004_units'), ('accounts', '0005_share_phrases'), ('accounts', '0006_seals'), ('accounts', '0007_power_to_sign_books')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name='AuditEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                        ('actor_id', models.BigIntegerField(null=True)),
                        ('actor_name', models.CharField(max_length=120)),
                        ('verb', models.CharField(db_index=True, max_length=60)),
                        ('target_type', models.CharField(blank=True, max_length=60)),
                        ('target_id', models.BigIntegerField(null=True)),
                        ('target_name', models.CharField(blank=True, max_length=200)),
                        ('particulars', models.JSONField(default=dict)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['target_type', 'target_id'], name='accounts_audit_target'), models.Index(fields=['actor_id', 'at'], name='accounts_audit_actor')],
                    },
                ),
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('username', models.CharField(max_length=60, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='user name')),
                        ('full_name', models.CharField(max_length=120, verbose_name='full name')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                        ('staff_code', models.CharField(blank=True, help_text="the ministry's code of a member of staff", max_length=20, verbose_name='staff code')),
                        ('is_active', models.BooleanField(default=True, verbose_name='active')),
                        ('password_changed_at', models.DateTimeField(blank=True, null=True)),
                        ('one_time_until', models.DateTimeField(blank=True, null=True)),
                        ('reminded_at', models.DateTimeField(blank=True, null=True)),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ],
                    options={
                        'verbose_name': 'account',
                        'verbose_name_plural': 'accounts',
                        'ordering': ['username'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('is_superuser', False)), name='accounts_user_no_superuser'), models.UniqueConstraint(condition=models.Q(('staff_code', ''), _negated=True), fields=('staff_code',), name='accounts_user_staff_code')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalHeldRole',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('history_origin', models.CharField(blank=True, max_length=80)),
                        ('history_change_reason', models.TextField(blank=True, default='')),
                        ('role', models.CharField(choices=[('principal', 'Principal'), ('vice_principal', 'Vice-principal'), ('administrator', 'IT administrator'), ('clerk', 'Clerk'), ('department_head', 'Department head'), ('homeroom_teacher', 'Homeroom teacher'), ('subject_teacher', 'Subject teacher')], max_length=20)),
                        ('since', models.DateField()),
                        ('until', models.DateField(blank=True, help_text='last day on which it is held', null=True)),
                        ('is_withdrawn', models.BooleanField(default=False)),
                        ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical held role',
                        'verbose_name_plural': 'historical held roles',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='HeldRole',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held_roles', to=settings.AUTH_USER_MODEL)),
                        ('role', models.CharField(choices=[('principal', 'Principal'), ('vice_principal', 'Vice-principal'), ('administrator', 'IT administrator'), ('clerk', 'Clerk'), ('department_head', 'Department head'), ('homeroom_teacher', 'Homeroom teacher'), ('subject_teacher', 'Subject teacher')], max_length=20)),
                        ('since', models.DateField()),
                        ('until', models.DateField(blank=True, help_text='last day on which it is held', null=True)),
                        ('is_withdrawn', models.BooleanField(default=False)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('user', 'role'), name='accounts_heldrole_one_open'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='accounts_heldrole_dates')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalDelegation',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('history_origin', models.CharField(blank=True, max_length=80)),
                        ('history_change_reason', models.TextField(blank=True, default='')),
                        ('permission', models.CharField(choices=[('read_school', 'Read every class book of the school'), ('read_accounts', 'See accounts and their roles'), ('manage_accounts', 'Create and manage accounts'), ('set_security', 'Set the rules of sign-in'), ('delegate_powers', "Delegate the principal's powers"), ('issue_decisions', "Enter decisions, appoint the board, choose the school's policy"), ('answer_incidents', 'Answer incident reports'), ('set_up_year', 'Set up years, classes and teaching'), ('manage_pupils', 'Keep the profiles of pupils'), ('record_movements', 'Record pupils who come, leave or change class'), ('turn_year', 'Close a year and carry its pupils to the next'), ('import_pupils', 'Import class lists'), ('read_lock_board', 'See which books are open'), ('order_lock', 'Order books opened and locked'), ('execute_lock', 'Open and lock books on order'), ('read_corrections', 'Read every correction request'), ('decide_correction', 'Decide on correction requests'), ('execute_correction', 'Execute approved corrections'), ('choose_rules', 'Choose where the assessment rules leave room'), ('decide_results', 'Decide on results, promotion and awards'), ('share_phrases', "Keep the school's comment bank"), ('issue_transcript', 'Issue transcripts'), ('sign_book', "Sign the school's books as principal"), ('keep_seal', "Put the school's seal on books, keep the register of printing and sealing"), ('request_book', 'Print class books'), ('read_archive', 'Read and verify the archive')], max_length=30)),
                        ('since', models.DateField()),
                        ('until', models.DateField(help_text='last day; a delegation always ends')),
                        ('decision_number', models.CharField(max_length=40, verbose_name='number of the decision')),
                        ('decision_dated', models.DateField(verbose_name='date of the decision')),
                        ('ended_at', models.DateTimeField(blank=True, help_text='when it was taken back, before its last day; it ends at once', null=True)),
                        ('giver', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('receiver', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical delegation',
                        'verbose_name_plural': 'historical delegations',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='Delegation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given_delegations', to=settings.AUTH_USER_MODEL)),
                        ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='received_delegations', to=settings.AUTH_USER_MODEL)),
                        ('permission', models.CharField(choices=[('read_school', 'Read every class book of the school'), ('read_accounts', 'See accounts and their roles'), ('manage_accounts', 'Create and manage accounts'), ('set_security', 'Set the rules of sign-in'), ('delegate_powers', "Delegate the principal's powers"), ('issue_decisions', "Enter decisions, appoint the board, choose the school's policy"), ('answer_incidents', 'Answer incident reports'), ('set_up_year', 'Set up years, classes and teaching'), ('manage_pupils', 'Keep the profiles of pupils'), ('record_movements', 'Record pupils who come, leave or change class'), ('turn_year', 'Close a year and carry its pupils to the next'), ('import_pupils', 'Import class lists'), ('read_lock_board', 'See which books are open'), ('order_lock', 'Order books opened and locked'), ('execute_lock', 'Open and lock books on order'), ('read_corrections', 'Read every correction request'), ('decide_correction', 'Decide on correction requests'), ('execute_correction', 'Execute approved corrections'), ('choose_rules', 'Choose where the assessment rules leave room'), ('decide_results', 'Decide on results, promotion and awards'), ('share_phrases', "Keep the school's comment bank"), ('issue_transcript', 'Issue transcripts'), ('sign_book', "Sign the school's books as principal"), ('keep_seal', "Put the school's seal on books, keep the register of printing and sealing"), ('request_book', 'Print class books'), ('read_archive', 'Read and verify the archive')], max_length=30)),
                        ('since', models.DateField()),
                        ('until', models.DateField(help_text='last day; a delegation always ends')),
                        ('decision_number', models.CharField(max_length=40, verbose_name='number of the decision')),
                        ('decision_dated', models.DateField(verbose_name='date of the decision')),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(blank=True, help_text='when it was taken back, before its last day; it ends at once', null=True)),
                    ],
                    options={
                        'ordering': ['-since', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='accounts_delegation_ended_pair'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='accounts_delegation_dates'), models.CheckConstraint(condition=models.Q(('giver', models.F('receiver')), _negated=True), name='accounts_delegation_two_people')],
                    },
                ),
                migrations.CreateModel(
                    name='Seal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(help_text='without gaps', unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('reason', models.CharField(choices=[('lock_order', 'Lock order carried out'), ('correction', 'Correction carried out'), ('edition', 'Edition stored'), ('daily', 'Daily'), ('pack', 'Evidence pack made')], max_length=12)),
                        ('reference', models.CharField(blank=True, help_text='of the order, the request, the edition', max_length=120)),
                        ('rows', models.PositiveIntegerField(help_text='that it covers')),
                        ('facts', models.TextField(help_text='canonical JSON, hashed byte for byte')),
                        ('sha256', models.CharField(help_text='of the facts', max_length=64, unique=True)),
                    ],
                    options={
                        'ordering': ['-number'],
                    },
                ),
                migrations.CreateModel(
                    name='Verification',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('queued', 'waiting for the worker'), ('running', 'under way'), ('done', 'done'), ('failed', 'failed')], default='queued', max_length=8)),
                        ('heartbeat', models.DateTimeField(help_text='last sign of life')),
                        ('attempt', models.PositiveSmallIntegerField(default=0)),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('total', models.PositiveIntegerField(default=0)),
                        ('detail', models.CharField(blank=True, help_text='why it failed, for the administrator', max_length=300)),
                        ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('requested_at', models.DateTimeField()),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('seals', models.PositiveIntegerField(default=0)),
                        ('rows', models.PositiveIntegerField(default=0)),
                        ('faults', models.PositiveIntegerField(default=0, help_text='all of them; the first ones are kept in `findings`')),
                        ('findings', models.JSONField(default=list)),
                    ],
                    options={
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalSecuritySettings',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('history_origin', models.CharField(blank=True, max_length=80)),
                        ('history_change_reason', models.TextField(blank=True, default='')),
                        ('second_factor_required', models.BooleanField(default=False)),
                        ('password_max_age_days', models.PositiveSmallIntegerField(default=180)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical security settings',
                        'verbose_name_plural': 'historical security settingss',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='SecuritySettings',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('second_factor_required', models.BooleanField(default=False)),
                        ('password_max_age_days', models.PositiveSmallIntegerField(default=180)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='accounts_securitysettings_one_row')],
                    },
                ),
                migrations.CreateModel(
                    name='OpenSession',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='open_sessions', to=settings.AUTH_USER_MODEL)),
                        ('session_key', models.CharField(max_length=40, unique=True)),
                        ('browser', models.CharField(max_length=80)),
                        ('address', models.GenericIPAddressField(null=True)),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('last_seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'ordering': ['-last_seen_at'],
                    },
                ),
                migrations.CreateModel(
                    name='KnownDevice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='known_devices', to=settings.AUTH_USER_MODEL)),
                        ('digest', models.CharField(max_length=64)),
                        ('browser', models.CharField(max_length=80)),
                        ('address', models.GenericIPAddressField(null=True)),
                        ('first_seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('is_confirmed', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ['-first_seen_at'],
                        'constraints': [models.UniqueConstraint(fields=('user', 'digest'), name='accounts_knowndevice_once')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalDepartment',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('history_origin', models.CharField(blank=True, max_length=80)),
                        ('history_change_reason', models.TextField(blank=True, default='')),
                        ('name', models.CharField(db_index=True, max_length=80, verbose_name='department')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical department',
                        'verbose_name_plural': 'historical departments',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='Department',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True, verbose_name='department')),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalMembership',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('history_origin', models.CharField(blank=True, max_length=80)),
                        ('history_change_reason', models.TextField(blank=True, default='')),
                        ('is_head', models.BooleanField(default=False, verbose_name='head')),
                        ('since', models.DateField()),
                        ('until', models.DateField(blank=True, null=True)),
                        ('department', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.department')),
                        ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'historical membership',
                        'verbose_name_plural': 'historical memberships',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.department')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                        ('is_head', models.BooleanField(default=False, verbose_name='head')),
                        ('since', models.DateField()),
                        ('until', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('department', 'user'), name='accounts_membership_one_open'), models.UniqueConstraint(condition=models.Q(('is_head', True), ('until', None)), fields=('department',), name='accounts_membership_one_head'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='accounts_membership_dates')],
                    },
                ),
            ],
        ),
    ]
