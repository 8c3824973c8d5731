-- Of a message that is ready it is told when it may go, and of which rank it is: only who takes that looks, and not before.

CREATE OR REPLACE FUNCTION tell_posts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('bot_posts', NEW.ready_at || ' ' || NEW.rank || ' ' || NEW.platform);
    RETURN NULL;
END $$;
