-- An effect whose result was there before: a flow that books the time which the agent booked in the call takes that booking.
-- Nothing was sent for it, so compensating the flow must not cancel it.
ALTER TABLE patchbay.effect ADD COLUMN adopted boolean NOT NULL DEFAULT false;
