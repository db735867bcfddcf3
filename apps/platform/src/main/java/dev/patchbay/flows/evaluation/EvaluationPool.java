package dev.patchbay.flows.evaluation;

import dev.patchbay.flowlanguage.expression.CpuBudget;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Computes for tenants on platform threads of its own, which the operating system preempts; requests and runs, on virtual
 * threads, only wait for the result. Tenants compute in turns of a slice each.
 */
@Component
public class EvaluationPool implements DisposableBean {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final EvaluationSettings settings;
    private final MeterRegistry meters;
    private final TenantTurns turns;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("evaluation-", 0).daemon().factory());

    EvaluationPool(EvaluationSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.meters = meters;
        this.turns = new TenantTurns(settings.permits());
    }

    /** Opens the budget of a run's execution, whose expressions wait for their turns however long that takes. */
    public Evaluator forRun(TenantId tenant) {
        return new RunEvaluator(tenant, false);
    }

    /** Opens the budget of a run that is only simulated while a request waits for the answer. */
    public Evaluator forSimulation(TenantId tenant) {
        return new RunEvaluator(tenant, true);
    }

    private final class RunEvaluator implements Evaluator {

        private final TenantId tenant;
        private final boolean awaited;
        private final Slice slice;
        private final CpuBudget budget;

        RunEvaluator(TenantId tenant, boolean awaited) {
            this.tenant = tenant;
            this.awaited = awaited;
            this.slice = new Slice(tenant);
            this.budget = new CpuBudget(
                    settings.runLimit(),
                    "The expressions of this run take more than %d ms of computing."
                            .formatted(settings.runLimit().toMillis()),
                    slice);
        }

        @Override
        public <T> T evaluate(Supplier<T> expression) {
            Supplier<T> work = () -> slice.within(() -> budget.spend(expression));
            return awaited
                    ? computeForRequest(tenant, work)
                    : join(submit(tenant, work).result());
        }
    }

    /** Evaluates the condition of a trigger for one event. */
    public <T> T evaluateTrigger(TenantId tenant, Supplier<T> condition) {
        var slice = new Slice(tenant);
        var budget = new CpuBudget(settings.triggerLimit(), "The trigger's condition takes too long.", slice);
        return join(submit(tenant, () -> slice.within(() -> budget.spend(condition)))
                .result());
    }

    /**
     * Computes a result for which a request waits.
     *
     * @param work gets the checkpoint that it has to pass again and again
     * @throws Problem {@code 429.rate_limited} when the tenant's other evaluations leave no turn for it in time
     */
    public <T> T computeForRequest(TenantId tenant, Function<Runnable, T> work) {
        var slice = new Slice(tenant);
        return computeForRequest(tenant, () -> slice.within(() -> work.apply(slice)));
    }

    private <T> T computeForRequest(TenantId tenant, Supplier<T> work) {
        var submitted = submit(tenant, work);
        try {
            return submitted.result().get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            if (turns.withdraw(tenant, submitted.begin())) {
                throw new Problem(
                        ProblemType.RATE_LIMITED,
                        "Other flows of this agency are computing; send the request again in a few seconds.");
            }
            return join(submitted.result());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an expression was evaluated", stopping);
        } catch (ExecutionException failed) {
            throw unwrap(failed);
        }
    }

    private record Submitted<T>(Runnable begin, CompletableFuture<T> result) {}

    private <T> Submitted<T> submit(TenantId tenant, Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a transaction must not hold its connection while it waits for a turn");
        }
        var result = new CompletableFuture<T>();
        Runnable begin = () -> threads.execute(() -> compute(tenant, work, result));
        turns.submit(tenant, begin);
        return new Submitted<>(begin, result);
    }

    private <T> void compute(TenantId tenant, Supplier<T> work, CompletableFuture<T> result) {
        long before = THREADS.getCurrentThreadCpuTime();
        T value;
        try {
            value = work.get();
        } catch (RuntimeException | Error failure) {
            end(tenant, before);
            result.completeExceptionally(failure);
            return;
        }
        end(tenant, before);
        result.complete(value);
    }

    private void end(TenantId tenant, long cpuBefore) {
        turns.end(tenant);
        meters.timer("tenant.computing", "tenant", tenant.value())
                .record(THREADS.getCurrentThreadCpuTime() - cpuBefore, TimeUnit.NANOSECONDS);
    }

    private static <T> T join(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException failed) {
            throw unwrap(failed);
        }
    }

    private static RuntimeException unwrap(Exception failed) {
        return switch (failed.getCause()) {
            case RuntimeException failure -> failure;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(failed);
        };
    }

    /** Limits the slice of a tenant's turn; it is the checkpoint of work on one thread. */
    private final class Slice implements Runnable {

        private final TenantId tenant;
        private volatile long endNanos;

        Slice(TenantId tenant) {
            this.tenant = tenant;
        }

        <T> T within(Supplier<T> work) {
            begin();
            return work.get();
        }

        private void begin() {
            endNanos = System.nanoTime() + settings.slice().toNanos();
        }

        @Override
        public void run() {
            if (System.nanoTime() - endNanos > 0) {
                turns.pause(tenant);
                begin();
            }
        }
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }
}
