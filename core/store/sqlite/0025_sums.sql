-- What counts against budgets and limits is not counted anew with every message: sums are kept of what is spent and of what
-- is held, by triggers, so that no way of changing a charge can pass them by; and what limits look at has indexes that end
-- the search.

-- Credits spent by one person, in one group, and by all ('user', 'group', 'bot'), in each quarter of an hour and each day of
-- UTC (`span`, seconds, from `at` on): days begin at a quarter of an hour wherever the bot runs.
CREATE TABLE spent_sums (
    whose TEXT NOT NULL, platform TEXT NOT NULL, name TEXT NOT NULL, span INTEGER NOT NULL, at INTEGER NOT NULL,
    credits INTEGER NOT NULL, PRIMARY KEY (whose, platform, name, span, at)
) WITHOUT ROWID;
CREATE INDEX spent_sums_at ON spent_sums (at);
-- Credits that are held for what is under way; `unknown` counts requests that hold as much as such a one usually costs.
CREATE TABLE held_sums (
    whose TEXT NOT NULL, platform TEXT NOT NULL, name TEXT NOT NULL, held INTEGER NOT NULL, plan TEXT NOT NULL,
    credits INTEGER NOT NULL, unknown INTEGER NOT NULL, PRIMARY KEY (whose, platform, name, held, plan)
) WITHOUT ROWID;

CREATE VIEW charge_counts AS SELECT *, 1 AS sign FROM charges;
CREATE TRIGGER charge_counted INSTEAD OF INSERT ON charge_counts BEGIN
    INSERT INTO spent_sums (whose, platform, name, span, at, credits)
    SELECT whose, platform, name, span, CAST(NEW.at AS INTEGER) / span * span, NEW.sign * NEW.credits FROM (
        SELECT 'user' AS whose, NEW.platform AS platform, NEW.who AS name
        UNION ALL SELECT 'group', NEW.platform, NEW.space UNION ALL SELECT 'bot', '', ''
    ), (SELECT 900 AS span UNION ALL SELECT 86400)
    WHERE NEW.held = 0 AND NEW.credits != 0 AND (whose != 'group' OR name != '')
    ON CONFLICT (whose, platform, name, span, at) DO UPDATE SET credits = spent_sums.credits + excluded.credits;
    INSERT INTO held_sums (whose, platform, name, held, plan, credits, unknown)
    SELECT whose, platform, name, NEW.held, NEW.plan, NEW.sign * COALESCE(NEW.credits, 0), NEW.sign * (NEW.credits IS NULL)
    FROM (
        SELECT 'user' AS whose, NEW.platform AS platform, NEW.who AS name
        UNION ALL SELECT 'group', NEW.platform, NEW.space UNION ALL SELECT 'bot', '', ''
    )
    WHERE NEW.held != 0 AND (whose != 'group' OR name != '')
    ON CONFLICT (whose, platform, name, held, plan)
    DO UPDATE SET credits = held_sums.credits + excluded.credits, unknown = held_sums.unknown + excluded.unknown;
    DELETE FROM held_sums WHERE credits = 0 AND unknown = 0 AND held = NEW.held AND plan = NEW.plan AND (
        whose = 'user' AND platform = NEW.platform AND name = NEW.who
        OR whose = 'group' AND platform = NEW.platform AND name = NEW.space
        OR whose = 'bot' AND platform = '' AND name = ''
    );
END;
CREATE TRIGGER charges_more AFTER INSERT ON charges BEGIN
    INSERT INTO charge_counts VALUES
        (NEW.job, NEW.platform, NEW.who, NEW.space, NEW.plan, NEW.held, NEW.at, NEW.credits, 1);
END;
CREATE TRIGGER charges_less AFTER DELETE ON charges BEGIN
    INSERT INTO charge_counts VALUES
        (OLD.job, OLD.platform, OLD.who, OLD.space, OLD.plan, OLD.held, OLD.at, OLD.credits, -1);
END;
CREATE TRIGGER charges_other AFTER UPDATE ON charges
WHEN (OLD.space, OLD.plan, OLD.held, OLD.at) != (NEW.space, NEW.plan, NEW.held, NEW.at) OR OLD.credits IS NOT NEW.credits
BEGIN
    INSERT INTO charge_counts VALUES
        (OLD.job, OLD.platform, OLD.who, OLD.space, OLD.plan, OLD.held, OLD.at, OLD.credits, -1);
    INSERT INTO charge_counts VALUES
        (NEW.job, NEW.platform, NEW.who, NEW.space, NEW.plan, NEW.held, NEW.at, NEW.credits, 1);
END;
INSERT INTO charge_counts SELECT job, platform, who, space, plan, held, at, credits, 1 FROM charges;

-- Requests that the limits count, and of these such as are paid for or may be.
DROP INDEX jobs_of_user;
DROP INDEX jobs_of_space;
CREATE INDEX jobs_of_user ON jobs (platform, user, created, spent);
CREATE INDEX jobs_of_space ON jobs (platform, space, created, spent);
CREATE INDEX jobs_tried_user ON jobs (platform, user, created) WHERE plan IN ('edit', 'make');
CREATE INDEX jobs_tried_space ON jobs (platform, space, created) WHERE plan IN ('edit', 'make');
CREATE INDEX jobs_paid_user ON jobs (platform, user, created)
    WHERE plan IN ('edit', 'make') AND (state = 'open' OR state = 'done' AND sent = 1);
CREATE INDEX jobs_paid_space ON jobs (platform, space, created)
    WHERE plan IN ('edit', 'make') AND (state = 'open' OR state = 'done' AND sent = 1);
CREATE INDEX forgotten_paid_who ON forgotten (platform, who, created) WHERE paid = 1;
CREATE INDEX forgotten_paid_space ON forgotten (platform, space, created) WHERE paid = 1;
-- What is under way is looked through by its numbers, past all that is over.
CREATE INDEX jobs_under_way ON jobs (id) WHERE state = 'open';
-- Who waits for news, but for those whom a pause of the whole bot holds up.
DROP INDEX jobs_notified;
CREATE INDEX jobs_silent ON jobs (notified_at)
    WHERE state = 'open' AND notified_at > 0 AND step != 'gather' AND cancelled = 0 AND waits != 3;
