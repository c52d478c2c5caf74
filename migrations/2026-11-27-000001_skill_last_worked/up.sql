-- The last day of work in the field; empty where nobody said it.
ALTER TABLE staff_skills ADD COLUMN last_worked DATE;
