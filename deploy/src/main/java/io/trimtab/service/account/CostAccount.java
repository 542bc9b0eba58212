package io.trimtab.service.account;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.account.CollectedHour;
import io.trimtab.cost.account.HourCollector;
import io.trimtab.cost.account.Observation;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.ledger.Account;
import io.trimtab.cost.ledger.Account.NodeStep;
import io.trimtab.cost.ledger.AccountQuery;
import io.trimtab.cost.ledger.FocusExport;
import io.trimtab.cost.ledger.LedgerException;
import io.trimtab.cost.prices.PriceBook;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.service.state.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the cluster cost, hour by hour. The loop fills it, and anybody may ask; the hour under way counts as far as it was seen. */
public final class CostAccount implements CycleObserver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CostAccount.class);
    private static final int VERSION = 3;

    /** Three rounds that fail do not make a gap; nor does a restart. */
    private static final int ROUNDS = 3;

    private static final Duration USUAL = Duration.ofMinutes(5);

    /** Prices and pods seldom change within it. */
    static final Duration CARRIED = Duration.ofHours(3);

    private final HourCollector collector;
    private final Observations observations;
    private final InstantSource clock;
    private final Optional<HourWriter> writer;
    private final String why;
    private final UnusedPods unused = new UnusedPods();
    private Optional<Observation> latest = Optional.empty();

    /** The hour under way, made once for each round. */
    private Optional<ClosedHour> soFar = Optional.empty();

    /** What a process before this one collected, until somebody needs it: it is hundreds of bytes for each pod, and nobody needs it while the service starts. */
    private Optional<byte[]> kept = Optional.empty();

    private CostAccount(
            PriceBook prices, Duration cycle, InstantSource clock, Optional<HourWriter> writer, String why) {
        Duration rounds = cycle.multipliedBy(ROUNDS);
        this.collector = new HourCollector(
                ComponentRatio.DEFAULT,
                new HourCollector.Limits(rounds.compareTo(USUAL) > 0 ? rounds : USUAL, CARRIED),
                prices.tariff().commitments());
        this.observations = new Observations(prices);
        this.clock = clock;
        this.writer = writer;
        this.why = why;
    }

    /**
     * One that is kept.
     *
     * @param folder is made when the first hour is over
     * @param cycle from the start of one round to the start of the next
     * @param clock of the cluster
     */
    public static CostAccount in(Path folder, PriceBook prices, Duration cycle, InstantSource clock) {
        return new CostAccount(prices, cycle, clock, Optional.of(new HourWriter(folder, false)), "");
    }

    /** One that is gone when it is closed. */
    public static CostAccount passing(PriceBook prices, Duration cycle, InstantSource clock) {
        return new CostAccount(prices, cycle, clock, Optional.of(HourWriter.inTemporaryFolder()), "");
    }

    /** None is kept. */
    public static CostAccount off(String why, InstantSource clock) {
        return new CostAccount(PriceBook.shipped(), USUAL, clock, Optional.empty(), why);
    }

    /** By the cluster's clock. */
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void done(CycleReport report) {
        if (writer.isEmpty() || report.decision().isEmpty() || isTooOld(report)) return;
        try {
            observe(observations.of(report, report.decision().get()));
        } catch (RuntimeException e) {
            // What cannot be accounted for must not keep the loop from its work; the next round covers this one's time.
            LOG.error("the account leaves this round out", e);
        }
    }

    void observe(Observation seen) {
        List<ClosedHour> closed;
        synchronized (collector) {
            closed = resumed().observe(seen);
            soFar = Optional.empty();
            latest = Optional.of(seen);
            unused.seen(seen);
        }
        writer.ifPresent(it -> it.write(closed));
    }

    /** What a source said long ago is not what runs. */
    private static boolean isTooOld(CycleReport report) {
        return report.inventory()
                .failure()
                .filter(failure -> failure.since().plus(CARRIED).isBefore(report.at()))
                .isPresent();
    }

    /** What is wrong, one line each; also where the account goes on. */
    public List<String> troubles() {
        Optional<String> unwritten = writer.flatMap(HourWriter::trouble);
        synchronized (collector) {
            return Stream.of(unwritten, unused.trouble())
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /** Hours that are closed and not on the disk yet. */
    public int hoursWaiting() {
        return writer.map(HourWriter::waiting).orElse(0);
    }

    /** Up to when it was seen; empty before the first round. */
    public Optional<Instant> seenUntil() {
        return latest().map(Observation::at);
    }

    /** What was seen last; empty before the first round. */
    public Optional<Observation> latest() {
        synchronized (collector) {
            return latest;
        }
    }

    /** @throws AccountException if none is kept, or if it cannot be read */
    public Account ask(AccountQuery query) throws AccountException {
        return asked(it -> it.ask(query, underWay(query.window())));
    }

    /**
     * What each node cost.
     *
     * @throws AccountException as above
     */
    public List<NodeStep> nodes(AccountQuery query) throws AccountException {
        return asked(it -> it.nodes(query, underWay(query.window())));
    }

    /**
     * Writes charges of FOCUS 1.2.
     *
     * @return a file that the caller deletes
     * @throws AccountException as above
     */
    Path exported(FocusExport export) throws AccountException {
        return asked(it -> it.export(export, underWay(export.window())));
    }

    private interface Question<T> {
        T of(HourWriter writer) throws LedgerException;
    }

    private <T> T asked(Question<T> question) throws AccountException {
        if (writer.isEmpty()) throw new AccountException(why);
        try {
            return question.of(writer.get());
        } catch (LedgerException e) {
            throw new AccountException(String.valueOf(e.getMessage()), e);
        }
    }

    private List<ClosedHour> underWay(Span window) {
        synchronized (collector) {
            HourCollector all = resumed();
            if (soFar.isEmpty()) soFar = all.soFar();
            return soFar.filter(hour -> meets(hour, window)).stream().toList();
        }
    }

    static boolean meets(ClosedHour hour, Span window) {
        return hour.start().isBefore(window.end()) && !hour.start().isBefore(window.start());
    }

    /** The hour under way, for the process after this one. */
    public Section section() {
        return new Section(
                "account",
                "the account of the hour under way begins anew with this start",
                VERSION,
                () -> {
                    synchronized (collector) {
                        return kept.orElseGet(
                                () -> collector.collected().map(HourForm::bytes).orElse(new byte[0]));
                    }
                },
                (version, content) -> {
                    if (version != VERSION)
                        throw new IllegalArgumentException(
                                "version %d is not known, only %d is".formatted(version, VERSION));
                    synchronized (collector) {
                        kept = Optional.of(content);
                    }
                });
    }

    /** To be called by who holds the collector. */
    private HourCollector resumed() {
        Optional<byte[]> content = kept;
        kept = Optional.empty();
        try {
            content.filter(it -> it.length > 0).map(HourForm::read).ifPresent(this::resume);
        } catch (IllegalArgumentException e) {
            LOG.warn("the account of the hour under way begins anew: {}", e.getMessage());
        }
        return collector;
    }

    private void resume(CollectedHour hour) {
        collector.resume(hour);
        // The process before this one saw more of it than it had saved.
        writer.ifPresent(it -> it.leaveOut(hour.hour()));
        LOG.info(
                "the account goes on with the hour {}, seen until {}",
                hour.hour(),
                hour.last().at());
    }

    @Override
    public void close() {
        writer.ifPresent(HourWriter::close);
    }
}
