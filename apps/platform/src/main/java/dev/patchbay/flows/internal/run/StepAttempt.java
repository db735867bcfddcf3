package dev.patchbay.flows.internal.run;

import dev.patchbay.flowlanguage.TaskMetadata;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.flows.internal.act.Acting;
import dev.patchbay.flows.internal.act.Notes;
import dev.patchbay.flows.internal.act.Outcome;
import dev.patchbay.flows.internal.act.PortFunction;
import dev.patchbay.flows.internal.act.Witness;
import dev.patchbay.flows.internal.effect.EffectKey;
import dev.patchbay.flows.internal.effect.EffectStates.EffectState;
import dev.patchbay.flows.internal.run.Journal.Attempted;
import dev.patchbay.flows.spi.Quota;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.kernel.Json;
import io.micrometer.observation.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One attempt at a step: the journal is kept in the very transactions in which the ledger decides. */
final class StepAttempt implements Witness {

    private static final int MOST_ATTEMPTS = 3;
    /** Looking changes nothing, and giving up leaves a person with the question. */
    private static final int MOST_LOOKS = 6;

    private final Walk walk;
    private final PortFunction<?, ?, ?> function;
    private final Deadline until;
    private final TaskMetadata metadata;
    private final Notes notes;
    private Line line;
    private boolean mine = true;
    private @Nullable Duration wait;
    private @Nullable String question;

    StepAttempt(Walk walk, PortFunction<?, ?, ?> function, Line line, Deadline until, TaskMetadata metadata) {
        this.walk = walk;
        this.function = function;
        this.line = line;
        this.until = until;
        this.metadata = metadata;
        this.notes = Notes.from(walk.now());
    }

    /**
     * Makes it.
     *
     * @return the line: ended, or ready for another attempt at once
     * @throws Suspended when something has to be waited for
     * @throws PersonNeeded when only a person can tell what came of it
     * @throws TurnLost when the run is somebody else's by now; what the ledger learnt is kept
     */
    Line make() {
        var span = Observation.createNotStarted("flow.step", walk.services().observations())
                .lowCardinalityKeyValue("call", function.name())
                .start();
        var outcome = walk.services().acts().attempt(acting(), line.attempts() + 1, line.renewed(), notes, this);
        span.lowCardinalityKeyValue("outcome", outcome.word()).stop();
        if (!mine) {
            throw new TurnLost();
        }
        if (question != null) {
            throw new PersonNeeded(line.step().name(), question);
        }
        if (wait != null) {
            throw new Suspended(wait);
        }
        return line;
    }

    private Acting acting() {
        var run = walk.run();
        var step = line.step();
        return new Acting(
                run.client().id(),
                run.client().zone(),
                run.correlation(),
                key(),
                step.pointer(),
                function,
                Objects.requireNonNull(line.input()),
                walk.services().timings().actWindow(),
                metadata.onUnknown().orElse(OnUnknown.LOOKUP),
                quotas(),
                !walk.isOver(until));
    }

    private EffectKey key() {
        var run = walk.run();
        var step = line.step();
        return Optional.ofNullable(line.effectKey())
                .map(text -> EffectKey.of(run.tenant(), run.runId(), text))
                .orElseGet(() -> new EffectKey(run.tenant(), run.runId(), step.name(), step.iteration()));
    }

    private List<Quota> quotas() {
        return metadata
                .rateLimit()
                .map(limit -> new Quota(
                        "flow:" + walk.run().flowId() + "/" + line.step().name(), limit.count(), limit.per()))
                .stream()
                .toList();
    }

    @Override
    public boolean claiming() {
        mine = walk.lines().find(line.step()).isPresent()
                ? walk.services().journal().mine(walk.run())
                : walk.storeHeld(line);
        return mine;
    }

    @Override
    public void settled(Outcome outcome) {
        Instant now = walk.now();
        line = unlessNobodyKnows(after(outcome, now));
        boolean silent = outcome instanceof Outcome.NotYet && notes.exchanges().isEmpty();
        mine = mine
                && (silent
                        ? walk.store(line)
                        : walk.store(line, new Attempted(notes.startedAt(), now, notes.exchanges(), outcome.text())));
        mine = mine && (wait == null || walk.services().journal().waits(walk.run(), wait));
    }

    private Line after(Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Done done -> line.ended("completed", done.value(), now);
            case Outcome.GaveUp gaveUp -> line.ended("failed", failure(gaveUp.reason(), gaveUp.sentence()), now);
            case Outcome.Ask ask -> asks(ask.sentence());
            case Outcome.NotYet later -> {
                wait = shortened(later.after(), now);
                yield line.waiting(line.output(), null);
            }
            case Outcome.Again again -> again(again, now);
        };
    }

    private Line again(Outcome.Again again, Instant now) {
        int most = again.reason() == Reason.UNKNOWN_OUTCOME ? MOST_LOOKS : MOST_ATTEMPTS;
        if (line.attempts() + 1 >= most) {
            return line.ended("failed", failure(again.reason(), tried(again.sentence(), most)), now);
        }
        if (again.after().isPositive()) {
            wait = shortened(again.after(), now);
        }
        return line.again(why(again.reason(), again.sentence()), again.reason() == Reason.AUTH_EXPIRED);
    }

    /** A wait ends with the time for the step, but what is found out after that keeps its pace. */
    private Duration shortened(Duration asked, Instant now) {
        return until.isOver(now) ? asked : until.within(asked, now);
    }

    private Line asks(String sentence) {
        question = sentence;
        return line.waiting(why(Reason.UNKNOWN_OUTCOME, sentence), null);
    }

    /**
     * A step must not count as failed while what it sent may yet have been done: another try of it would be another act.
     * Only who says so in the flow gives it up like that.
     */
    private Line unlessNobodyKnows(Line next) {
        boolean open = next.is("failed")
                && function.acts()
                && metadata.onUnknown().orElse(OnUnknown.LOOKUP) != OnUnknown.FAIL
                && walk.services()
                        .effects()
                        .of(key())
                        .filter(EffectState::isOpen)
                        .isPresent();
        return open ? asks(untold(Objects.requireNonNull(next.output()))) : next;
    }

    /** The sentence of a failure that is about something else says so as well. */
    private static String untold(JsonNode error) {
        String said = error.path("detail").asString("");
        return error.path("title").asString("").equals(Reason.UNKNOWN_OUTCOME.code())
                ? said
                : said + " Whether what was sent before was carried out is not known.";
    }

    private static String tried(String sentence, int times) {
        return sentence + (sentence.endsWith(".") ? "" : ".") + " It was tried " + times + " times.";
    }

    private static JsonNode why(Reason reason, String sentence) {
        return Json.object().put("reason", reason.code()).put("detail", sentence);
    }

    /** What ended it; when the time was over, that, and what stood in the way until then. */
    private JsonNode failure(Reason reason, String sentence) {
        if (!walk.isOver(until)) {
            return TaskFailed.because(reason, line.step().pointer(), sentence).error();
        }
        var before = Optional.ofNullable(line.output());
        return TaskFailed.timeout(
                        until,
                        before.flatMap(said ->
                                        TaskFailed.reasonOf(said.path("reason").asString("")))
                                .orElse(reason),
                        until.words() + " was over. "
                                + before.map(said -> sentence + " The attempt before: "
                                                + said.path("detail").asString(""))
                                        .orElse(sentence))
                .error();
    }
}
