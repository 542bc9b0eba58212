package io.trimtab.service.budget;

import io.trimtab.cost.account.Observation;
import io.trimtab.cost.budget.Budget;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.service.account.AccountException;
import io.trimtab.service.account.CostAccount;
import io.trimtab.service.view.BudgetsView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at budgets when an hour is over, on a thread of its own; whoever asks in between is told the same. */
public final class BudgetDesk implements CycleObserver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetDesk.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final CostAccount account;
    private final Supplier<List<Budget>> source;
    private final Consumer<BudgetsView> listener;
    private final BudgetReport report;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("budgets").daemon().factory());
    private List<Budget> budgets;
    private volatile Optional<Told> told = Optional.empty();

    /** The hour that was looked at last, whatever came of it. Of the loop's thread. */
    private Optional<Instant> looked = Optional.empty();

    /** What the budgets were, what was told of them, and whether of all of its last hour. */
    private record Told(List<Budget> budgets, BudgetsView view, boolean seen) {}

    /**
     * @param source of budgets, such as a file; throws an IllegalArgumentException where they are not understood
     * @param listener is told of each new view, and returns at once
     * @throws IllegalArgumentException if they are not now
     */
    public BudgetDesk(CostAccount account, Supplier<List<Budget>> source, Consumer<BudgetsView> listener) {
        this.listener = listener;
        this.account = account;
        this.source = source;
        this.report = new BudgetReport();
        this.budgets = List.copyOf(source.get());
    }

    @Override
    public void done(CycleReport round) {
        Instant until = hour();
        if (looked.filter(until::equals).isPresent() || thread.isShutdown()) return;
        looked = Optional.of(until);
        thread.execute(this::look);
    }

    private void look() {
        try {
            view().troubles().forEach(trouble -> LOG.warn("{}", trouble));
        } catch (AccountException e) {
            LOG.debug("no budgets: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("budgets cannot be looked at", e);
        }
    }

    /** As it was looked at last; empty before. Returns at once. */
    public Optional<BudgetsView> latest() {
        return told.map(Told::view);
    }

    /**
     * As it is now. The budgets are read again, so that changed ones count at once; what is wrong with them leaves those of before.
     *
     * @throws AccountException if there is no account to look at, or it cannot be read
     */
    public synchronized BudgetsView view() throws AccountException {
        List<String> troubles = reread();
        Instant until = hour();
        // Before the first round, as after a restart, nobody knows how much of the last hour was seen.
        boolean seen = account.latest().isPresent();
        Optional<BudgetsView> same = told.filter(it -> it.seen() && it.budgets().equals(budgets))
                .map(Told::view)
                .filter(it -> it.until().equals(until) && it.troubles().equals(troubles));
        if (same.isPresent()) return same.get();
        BudgetsView view = report.of(account.snapshot(), budgets, until, troubles);
        told = Optional.of(new Told(budgets, view, seen));
        listener.accept(view);
        return view;
    }

    private List<String> reread() {
        try {
            budgets = List.copyOf(source.get());
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of("the budgets stay as they were: " + e.getMessage());
        }
    }

    /** The last hour that was seen to its end: with the clock's, its last minutes would be missing for the whole hour after. */
    private Instant hour() {
        Instant now = account.now();
        return account.latest()
                .map(Observation::at)
                .filter(seen -> seen.isBefore(now))
                .orElse(now)
                .truncatedTo(ChronoUnit.HOURS);
    }

    /** Before the account is closed. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                LOG.warn("budgets: the end does not wait longer than {}", PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
