from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gradebook", "0006_parents_and_ethnic_codes")]

    operations = [
        migrations.RemoveField(
            model_name='student',
            name='father_name',
        ),
        migrations.RemoveField(
            model_name='student',
            name='mother_name',
        ),
        migrations.RemoveField(
            model_name='historicalstudent',
            name='father_name',
        ),
        migrations.RemoveField(
            model_name='historicalstudent',
            name='mother_name',
        ),
        migrations.AddConstraint(
            model_name='student',
            constraint=models.UniqueConstraint(condition=models.Q(('citizen_number', ''), _negated=True), fields=('citizen_number',), name='gradebook_student_citizen_number'),
        ),
    ]
