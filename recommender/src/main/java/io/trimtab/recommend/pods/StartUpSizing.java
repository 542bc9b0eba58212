package io.trimtab.recommend.pods;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.forecast.starts.StartUse;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.recommend.PodReason.StartUpBoost;
import java.time.Duration;
import java.util.Optional;

/**
 * What a container should request while it starts. Its work until it is ready is what its starts used for as long as they took; with less CPU the same work takes longer in proportion. Only
 * where that is worth the room: a quarter more than later, and a start that would else take {@value #LEAST_SECONDS} seconds longer.
 */
public final class StartUpSizing {
    private static final double LEAST_MORE = 1.25;
    private static final long LEAST_SECONDS = 10;

    /** What was cut off by a limit wanted more than can be seen; what comes of it is seen with the next starts. */
    private static final double CUT_OFF = 2;

    private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();
    private static final double LEAST_CORES = 0.001;

    private StartUpSizing() {}

    /**
     * What it would request if that is to be had: within the policy's bounds, and no more than a limit that stays.
     *
     * @param later requirements once it is ready
     * @return empty where it does not pay, or nothing is requested
     */
    public static Optional<MilliCores> wanted(StartUse use, Requirements later, PodPolicy policy) {
        Sizing free = new Sizing(Optional.of(Range.only(milli(wantedCores(use)))), Optional.empty());
        MilliCores wanted = policy.limits()
                .cap(policy.bounds().clamp(free), later)
                .cpu()
                .orElseThrow()
                .target();
        Requirements starting = policy.limits().applied(later, Optional.of(wanted), Optional.empty());
        return boost("", use, later, starting).map(StartUpBoost::request);
    }

    /**
     * @param later requirements once it is ready
     * @param starting what is to be had of them
     * @return empty where that does not pay, or nothing is requested later
     */
    public static Optional<StartUpBoost> boost(
            String container, StartUse use, Requirements later, Requirements starting) {
        if (later.cpuRequest().isEmpty() || starting.cpuRequest().isEmpty()) return Optional.empty();
        MilliCores before = later.cpuRequest().get();
        MilliCores request = starting.cpuRequest().get();
        double wanted = wantedCores(use);
        long always = slowerSeconds(use, within(later.cpuLimit(), wanted), within(starting.cpuLimit(), wanted));
        long onFullNode = slowerSeconds(use, within(Optional.of(before), wanted), within(Optional.of(request), wanted));
        boolean pays = Math.max(always, onFullNode) >= LEAST_SECONDS;
        if (before.isZero() || request.value() < LEAST_MORE * before.value() || !pays) return Optional.empty();
        boolean held = always >= LEAST_SECONDS;
        return Optional.of(new StartUpBoost(
                container,
                request,
                starting.cpuLimit(),
                use.lasts(),
                before,
                milli(use.cores()),
                use.starts(),
                use.atLimit(),
                Duration.ofSeconds(held ? always : onFullNode),
                held));
    }

    private static double wantedCores(StartUse use) {
        return use.isCutOff() ? CUT_OFF * use.cores() : use.cores();
    }

    /** What it gets of what it wants. */
    private static double within(Optional<MilliCores> most, double wanted) {
        return most.map(it -> Math.min(it.value() / 1000.0, wanted)).orElse(wanted);
    }

    private static long slowerSeconds(StartUse use, double before, double after) {
        double workSeconds = use.cores() * use.lasts().toSeconds();
        double slower = workSeconds / Math.max(LEAST_CORES, before) - workSeconds / Math.max(LEAST_CORES, after);
        return Math.round(Math.clamp(slower, 0, MOST_SECONDS));
    }

    private static MilliCores milli(double cores) {
        return new MilliCores((long) Math.ceil(cores * 1000));
    }
}
