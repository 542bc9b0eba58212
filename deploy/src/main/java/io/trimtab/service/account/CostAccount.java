package io.trimtab.service.account;

import io.trimtab.cost.account.ClosedHour;
import io.trimtab.cost.account.CollectedHour;
import io.trimtab.cost.account.HourCollector;
import io.trimtab.cost.account.Observation;
import io.trimtab.cost.allocation.AllocationRequest.ComponentRatio;
import io.trimtab.cost.ledger.LedgerException;
import io.trimtab.cost.ledger.Retention;
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
     * @param retention what of it is kept
     */
    public static CostAccount in(
            Path folder, PriceBook prices, Duration cycle, InstantSource clock, Retention retention) {
        HourWriter writer = new HourWriter(folder, false, retention);
        writer.check();
        return new CostAccount(prices, cycle, clock, Optional.of(writer), "");
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

    /** Takes what runs now. */
    public void observe(Observation seen) {
        synchronized (collector) {
            List<ClosedHour> closed = resumed().observe(seen);
            soFar = Optional.empty();
            latest = Optional.of(seen);
            unused.seen(seen);
            // Here, so that no question finds an hour neither under way nor closed; it only joins a queue.
            writer.ifPresent(it -> it.write(closed));
        }
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
        List<String> written = writer.map(HourWriter::troubles).orElse(List.of());
        synchronized (collector) {
            return Stream.concat(written.stream(), unused.trouble().stream()).toList();
        }
    }

    /** Hours that are closed and not on the disk yet. */
    public int hoursWaiting() {
        return writer.map(HourWriter::waiting).orElse(0);
    }

    /** What was seen last; empty before the first round. */
    public Optional<Observation> latest() {
        synchronized (collector) {
            return latest;
        }
    }

    /**
     * What there is now.
     *
     * @throws AccountException if none is kept, or if it cannot be read
     */
    public AccountSnapshot snapshot() throws AccountException {
        HourWriter kept = kept();
        Optional<ClosedHour> underWay;
        Optional<Instant> seenUntil;
        synchronized (collector) {
            HourCollector all = resumed();
            if (soFar.isEmpty()) soFar = all.soFar();
            underWay = soFar;
            seenUntil = latest.map(Observation::at);
        }
        try {
            return new AccountSnapshot(kept, kept.beside(underWay), clock.instant(), seenUntil);
        } catch (LedgerException e) {
            throw new AccountException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Puts exports in Parquet together.
     *
     * @return a file that the caller deletes
     * @throws AccountException if it cannot be written
     */
    public Path joined(List<Path> parts) throws AccountException {
        try {
            return kept().join(parts);
        } catch (LedgerException e) {
            throw new AccountException(String.valueOf(e.getMessage()), e);
        }
    }

    private HourWriter kept() throws AccountException {
        return writer.orElseThrow(() -> new AccountException(why));
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
