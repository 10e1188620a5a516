
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gradebook', '0008_turn'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='course',
            name='gradebook_course_unique',
        ),
        migrations.RemoveConstraint(
            model_name='schoolclass',
            name='gradebook_class_unique',
        ),
        migrations.AddField(
            model_name='course',
            name='is_thematic',
            field=models.BooleanField(default=False, help_text='with its thematic studies (TT 22/2021, article 6, clause 3)'),
        ),
        migrations.AddField(
            model_name='course',
            name='is_withdrawn',
            field=models.BooleanField(default=False, help_text='never had a mark, and is not taught or was laid out anew'),
        ),
        migrations.AddField(
            model_name='historicalcourse',
            name='is_thematic',
            field=models.BooleanField(default=False, help_text='with its thematic studies (TT 22/2021, article 6, clause 3)'),
        ),
        migrations.AddField(
            model_name='historicalcourse',
            name='is_withdrawn',
            field=models.BooleanField(default=False, help_text='never had a mark, and is not taught or was laid out anew'),
        ),
        migrations.AddField(
            model_name='historicalschoolclass',
            name='is_withdrawn',
            field=models.BooleanField(default=False, help_text='never had a pupil, and is not needed'),
        ),
        migrations.AddField(
            model_name='schoolclass',
            name='is_withdrawn',
            field=models.BooleanField(default=False, help_text='never had a pupil, and is not needed'),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.UniqueConstraint(condition=models.Q(('is_withdrawn', False)), fields=('school_class', 'subject'), name='gradebook_course_unique'),
        ),
        migrations.AddConstraint(
            model_name='schoolclass',
            constraint=models.UniqueConstraint(condition=models.Q(('is_withdrawn', False)), fields=('year', 'name'), name='gradebook_class_unique'),
        ),
    ]
