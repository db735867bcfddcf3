-- A person's data can be taken out of the journal and of live calls.
GRANT UPDATE (exchanges) ON patchbay.attempt TO patchbay_app;
GRANT UPDATE (input, output, caller) ON patchbay.live_invocation TO patchbay_app;
