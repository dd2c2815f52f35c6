-- Guards: the log only grows, nothing is deleted, a frozen round stands still. They stop mistakes of our own code and of
-- support tools; they do not stop somebody who drops them, which is what the hash chain is for.

CREATE TRIGGER batch_no_update BEFORE UPDATE ON batch BEGIN SELECT RAISE(ABORT, 'batch: rows never change'); END;
CREATE TRIGGER change_no_update BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'change: rows never change'); END;
CREATE TRIGGER pack_no_update BEFORE UPDATE ON pack BEGIN SELECT RAISE(ABORT, 'pack: rows never change'); END;
CREATE TRIGGER workspace_no_update BEFORE UPDATE ON workspace BEGIN SELECT RAISE(ABORT, 'workspace: rows never change'); END;
CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch BEGIN SELECT RAISE(ABORT, 'batch: rows are never deleted'); END;
CREATE TRIGGER change_no_delete BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'change: rows are never deleted'); END;
CREATE TRIGGER pack_no_delete BEFORE DELETE ON pack BEGIN SELECT RAISE(ABORT, 'pack: rows are never deleted'); END;
CREATE TRIGGER workspace_no_delete BEFORE DELETE ON workspace BEGIN SELECT RAISE(ABORT, 'workspace: rows are never deleted'); END;
CREATE TRIGGER assessment_no_delete BEFORE DELETE ON assessment BEGIN SELECT RAISE(ABORT, 'assessment: rows are never deleted'); END;
CREATE TRIGGER answer_no_delete BEFORE DELETE ON answer BEGIN SELECT RAISE(ABORT, 'answer: rows are never deleted'); END;
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'evidence: rows are never deleted'); END;
CREATE TRIGGER link_no_delete BEFORE DELETE ON link BEGIN SELECT RAISE(ABORT, 'link: rows are never deleted'); END;
CREATE TRIGGER finding_no_delete BEFORE DELETE ON finding BEGIN SELECT RAISE(ABORT, 'finding: rows are never deleted'); END;
CREATE TRIGGER task_no_delete BEFORE DELETE ON task BEGIN SELECT RAISE(ABORT, 'task: rows are never deleted'); END;
CREATE TRIGGER sign_off_no_delete BEFORE DELETE ON sign_off BEGIN SELECT RAISE(ABORT, 'sign_off: rows are never deleted'); END;
CREATE TRIGGER report_no_delete BEFORE DELETE ON report BEGIN SELECT RAISE(ABORT, 'report: rows are never deleted'); END;
CREATE TRIGGER answer_frozen_insert BEFORE INSERT ON answer
    WHEN (SELECT frozen FROM assessment WHERE id = NEW.assessment) = 1
    BEGIN SELECT RAISE(ABORT, 'answer: round is frozen'); END;
CREATE TRIGGER answer_frozen_update BEFORE UPDATE ON answer
    WHEN (SELECT frozen FROM assessment WHERE id = OLD.assessment) = 1
    BEGIN SELECT RAISE(ABORT, 'answer: round is frozen'); END;
CREATE TRIGGER evidence_frozen_insert BEFORE INSERT ON evidence
    WHEN (SELECT frozen FROM assessment WHERE id = NEW.assessment) = 1
    BEGIN SELECT RAISE(ABORT, 'evidence: round is frozen'); END;
CREATE TRIGGER evidence_frozen_update BEFORE UPDATE ON evidence
    WHEN (SELECT frozen FROM assessment WHERE id = OLD.assessment) = 1
    BEGIN SELECT RAISE(ABORT, 'evidence: round is frozen'); END;
CREATE TRIGGER link_frozen_insert BEFORE INSERT ON link
    WHEN (SELECT frozen FROM assessment WHERE id = NEW.assessment) = 1
    BEGIN SELECT RAISE(ABORT, 'link: round is frozen'); END;
CREATE TRIGGER link_frozen_update BEFORE UPDATE ON link
    WHEN (SELECT frozen FROM assessment WHERE id = OLD.assessment) = 1
    BEGIN SELECT RAISE(ABORT, 'link: round is frozen'); END;
CREATE TRIGGER finding_frozen_insert BEFORE INSERT ON finding
    WHEN (SELECT frozen FROM assessment WHERE id = NEW.assessment) = 1
    BEGIN SELECT RAISE(ABORT, 'finding: round is frozen'); END;
CREATE TRIGGER finding_frozen_update BEFORE UPDATE ON finding
    WHEN (SELECT frozen FROM assessment WHERE id = OLD.assessment) = 1
    BEGIN SELECT RAISE(ABORT, 'finding: round is frozen'); END;
CREATE TRIGGER task_frozen_insert BEFORE INSERT ON task
    WHEN (SELECT frozen FROM assessment WHERE id = NEW.assessment) = 1
    BEGIN SELECT RAISE(ABORT, 'task: round is frozen'); END;
CREATE TRIGGER task_frozen_update BEFORE UPDATE ON task
    WHEN (SELECT frozen FROM assessment WHERE id = OLD.assessment) = 1
    BEGIN SELECT RAISE(ABORT, 'task: round is frozen'); END;
