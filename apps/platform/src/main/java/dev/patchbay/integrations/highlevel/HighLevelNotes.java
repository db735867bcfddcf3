package dev.patchbay.integrations.highlevel;

import static dev.patchbay.integrations.highlevel.HighLevelContactsApi.RESPONSES;

import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort.NewNote;
import dev.patchbay.effects.spi.CrmPort.Note;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.kernel.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Adds notes to contacts (HighLevel API 2021-07-28, "Create Note"). HighLevel knows no key, so a note is found by its words. */
record HighLevelNotes(HighLevelContactsApi contacts) {

    /** Allowance for HighLevel's clock lagging behind. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(30);

    PortResult<Note> add(CallContext callContext, NewNote note) {
        return RESPONSES.effectResult(
                contacts.addNote(callContext, note.contact(), Json.object().put("body", note.text())),
                "the note",
                body -> id(body.path("note")).map(id -> new PortResult.Succeeded<>(new Note(id), id)));
    }

    LookupResult<Note> find(CallContext callContext, NewNote note) {
        Instant since = callContext.firstClaimedAt().minus(MAX_CLOCK_SKEW);
        return RESPONSES.lookupResult(contacts.listNotes(callContext, note.contact()), "to list notes", body -> {
            List<String> ids = body.path("notes")
                    .valueStream()
                    .filter(it -> it.path("body").asString("").equals(note.text()))
                    .filter(it -> !addedAt(it).isBefore(since))
                    .flatMap(it -> id(it).stream())
                    .toList();
            return Optional.of(
                    ids.isEmpty()
                            ? new LookupResult.Absent<>()
                            : new LookupResult.Found<>(new Note(ids.getFirst()), ids));
        });
    }

    private static Optional<String> id(JsonNode note) {
        return Optional.ofNullable(HighLevelContactReader.text(note, "id"));
    }

    /** A note without a readable time counts as new: taking it for this one is safer than adding it twice. */
    private static Instant addedAt(JsonNode note) {
        try {
            return Instant.parse(note.path("dateAdded").asString(""));
        } catch (DateTimeException unreadable) {
            return Instant.MAX;
        }
    }
}
