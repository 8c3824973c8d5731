-- What counts against budgets and limits is not counted anew with every message: sums are kept of what is spent and of what
-- is held, by triggers, so that no way of changing a charge can pass them by, that of the code before included; and what
-- limits look at has indexes that end the search.

-- Credits spent by one person, in one group, and by all ('user', 'group', 'bot'), in each quarter of an hour and each day of
-- UTC (`span`, seconds, from `at` on): days begin at a quarter of an hour wherever the bot runs.
CREATE TABLE spent_sums (
    whose TEXT COLLATE "C" NOT NULL, platform TEXT COLLATE "C" NOT NULL, name TEXT COLLATE "C" NOT NULL,
    span BIGINT NOT NULL, at BIGINT NOT NULL, credits BIGINT NOT NULL, PRIMARY KEY (whose, platform, name, span, at)
);
CREATE INDEX spent_sums_at ON spent_sums (at);
-- Credits that are held for what is under way; `unknown` counts requests that hold as much as such a one usually costs.
CREATE TABLE held_sums (
    whose TEXT COLLATE "C" NOT NULL, platform TEXT COLLATE "C" NOT NULL, name TEXT COLLATE "C" NOT NULL,
    held BIGINT NOT NULL, plan TEXT COLLATE "C" NOT NULL, credits BIGINT NOT NULL, unknown BIGINT NOT NULL,
    PRIMARY KEY (whose, platform, name, held, plan)
);

CREATE FUNCTION count_charge(charge charges, sign BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    IF charge.held = 0 AND charge.credits != 0 THEN
        INSERT INTO spent_sums AS sums (whose, platform, name, span, at, credits)
        SELECT whose, place, name, span, CAST(floor(charge.at / span) AS BIGINT) * span, sign * charge.credits
        FROM (VALUES ('user', charge.platform, charge.who), ('group', charge.platform, charge.space), ('bot', '', ''))
            AS each (whose, place, name), (VALUES (900), (86400)) AS spans (span)
        WHERE whose != 'group' OR name != ''
        ON CONFLICT (whose, platform, name, span, at) DO UPDATE SET credits = sums.credits + excluded.credits;
    ELSIF charge.held != 0 THEN
        INSERT INTO held_sums AS sums (whose, platform, name, held, plan, credits, unknown)
        SELECT whose, place, name, charge.held, charge.plan, sign * COALESCE(charge.credits, 0),
            CASE WHEN charge.credits IS NULL THEN sign ELSE 0 END
        FROM (VALUES ('user', charge.platform, charge.who), ('group', charge.platform, charge.space), ('bot', '', ''))
            AS each (whose, place, name)
        WHERE whose != 'group' OR name != ''
        ON CONFLICT (whose, platform, name, held, plan)
        DO UPDATE SET credits = sums.credits + excluded.credits, unknown = sums.unknown + excluded.unknown;
        DELETE FROM held_sums WHERE credits = 0 AND unknown = 0 AND held = charge.held AND plan = charge.plan
        AND (whose, platform, name) IN
            (('user', charge.platform, charge.who), ('group', charge.platform, charge.space), ('bot', '', ''));
    END IF;
END $$;
CREATE FUNCTION charges_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP != 'INSERT' THEN
        PERFORM count_charge(OLD, -1);
    END IF;
    IF TG_OP != 'DELETE' THEN
        PERFORM count_charge(NEW, 1);
    END IF;
    RETURN NULL;
END $$;
LOCK TABLE charges IN SHARE ROW EXCLUSIVE MODE;
CREATE TRIGGER charges_come_and_go AFTER INSERT OR DELETE ON charges FOR EACH ROW EXECUTE FUNCTION charges_counted();
CREATE TRIGGER charges_change AFTER UPDATE ON charges FOR EACH ROW
    WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION charges_counted();
SELECT count_charge(charges, 1) FROM charges;

-- Requests that the limits count, and of these such as are paid for or may be.
CREATE INDEX jobs_tried_user ON jobs (platform, "user", created) WHERE plan IN ('edit', 'make');
CREATE INDEX jobs_tried_space ON jobs (platform, space, created) WHERE plan IN ('edit', 'make');
CREATE INDEX jobs_paid_user ON jobs (platform, "user", created)
    WHERE plan IN ('edit', 'make') AND (state = 'open' OR state = 'done' AND sent = 1);
CREATE INDEX jobs_paid_space ON jobs (platform, space, created)
    WHERE plan IN ('edit', 'make') AND (state = 'open' OR state = 'done' AND sent = 1);
CREATE INDEX forgotten_paid_who ON forgotten (platform, who, created) WHERE paid = 1;
CREATE INDEX forgotten_paid_space ON forgotten (platform, space, created) WHERE paid = 1;
-- What is under way is looked through by its numbers, past all that is over.
CREATE INDEX jobs_under_way ON jobs (id) WHERE state = 'open';
-- Who waits for news, but for those whom a pause of the whole bot holds up.
CREATE INDEX jobs_silent ON jobs (notified_at)
    WHERE state = 'open' AND notified_at > 0 AND step != 'gather' AND cancelled = 0 AND waits != 3;
