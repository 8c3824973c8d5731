-- after procrastinate
-- procrastinate says when a job is looked at, and to whom: an open job that nobody has and that waits for no other has one task
-- there, due when the job is. The task is written with the job, at the end of the same transaction; whoever carries a job on
-- until it must wait leaves none in between.

-- Filled at each start by the code, which decides what a step takes and what goes first.
CREATE TABLE steps (
    step TEXT COLLATE "C" PRIMARY KEY, queue TEXT COLLATE "C" NOT NULL, priority INTEGER NOT NULL
);

CREATE FUNCTION look_again(me BIGINT, seconds DOUBLE PRECISION) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    job RECORD;
    task RECORD;
    at TIMESTAMPTZ;
BEGIN
    SELECT j.due, COALESCE(s.queue, 'call') AS queue, COALESCE(s.priority, 0) AS priority INTO job
        FROM jobs j LEFT JOIN steps s ON s.step = j.step
        WHERE j.id = me AND j.state = 'open' AND j.claimed = 0 AND j.waits = 0;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    at := to_timestamp(LEAST(job.due, 1e11));
    IF seconds > 0 THEN
        at := GREATEST(at, clock_timestamp() + make_interval(secs => seconds));
    END IF;
    SELECT id, scheduled_at, queue_name INTO task FROM procrastinate_jobs
        WHERE queueing_lock = 'job-' || me AND status = 'todo';
    IF FOUND THEN
        IF task.scheduled_at = at AND task.queue_name = job.queue THEN
            RETURN;
        END IF;
        PERFORM procrastinate_cancel_job_v1(task.id, false, true);  -- a new one is heard of, a changed one is not
    END IF;
    PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW(
        job.queue, 'carry', job.priority, NULL, 'job-' || me, jsonb_build_object('job', me), at
    )::procrastinate_job_to_defer_v1]);
END $$;

CREATE FUNCTION wake_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM look_again(NEW.id, 0);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER jobs_wake_new AFTER INSERT ON jobs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'open' AND NEW.claimed = 0 AND NEW.waits = 0) EXECUTE FUNCTION wake_job();
CREATE CONSTRAINT TRIGGER jobs_wake AFTER UPDATE ON jobs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'open' AND NEW.claimed = 0 AND NEW.waits = 0
          AND (NEW.state, NEW.step, NEW.due, NEW.claimed, NEW.waits)
              IS DISTINCT FROM (OLD.state, OLD.step, OLD.due, OLD.claimed, OLD.waits))
    EXECUTE FUNCTION wake_job();
