-- A person's data can be taken out of the journal.
GRANT UPDATE (exchanges) ON patchbay.attempt TO patchbay_app;
