-- What a turn has cost is asked while its state is looked at: there is no step of its own for it any more.
UPDATE jobs SET step = 'check', body = json_set(body, '$.step', 'check') WHERE step = 'settle';
