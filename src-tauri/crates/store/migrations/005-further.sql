-- The text that a verdict was given for, where the round's criteria say something else now and nobody has confirmed it yet.
ALTER TABLE answer ADD COLUMN given_for TEXT NOT NULL DEFAULT '';
