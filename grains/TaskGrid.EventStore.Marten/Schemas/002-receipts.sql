-- A receipt keeps the hash of what was sent, for ever, and the answer only where the log does not have it: of a rejected change.
-- What the log took in is answered from the feed.
alter table tg.receipts alter column result drop not null;
update tg.receipts set result = null where seq is not null;
alter table tg.receipts add constraint receipts_answer check ((seq is null) = (result is not null));
