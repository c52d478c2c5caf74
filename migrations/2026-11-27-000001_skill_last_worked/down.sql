ALTER TABLE staff_skills DROP COLUMN last_worked;
