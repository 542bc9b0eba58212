package io.trimtab.ingest.model;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A ScalingPolicy or ClusterScalingPolicy.
 *
 * @param generation of its spec
 * @param unreadable what of it has no meaning by itself; its other fields hold the defaults there. What contradicts something else is found later
 * @param status as it was last written; empty before the first time
 */
public record Policy(
        PolicyId id,
        long generation,
        Instant createdAt,
        Map<String, String> annotations,
        Spec spec,
        List<Problem> unreadable,
        Optional<PolicyStatus> status) {
    public Policy {
        annotations = Map.copyOf(annotations);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * @param path such as {@code spec.acts.windows[0].schedule}
     * @param what it is and what it must be
     */
    public record Problem(String path, String what) {
        /** Path and what. */
        @Override
        public String toString() {
            return path + " " + what;
        }
    }

    /** What a policy asks for. */
    public record Spec(
            Mode mode, Scope scope, Objective objective, Requests requests, Replicas replicas, Zero zero, Acts acts) {}

    /**
     * What is accepted of each pod for the sake of money.
     *
     * @param oomPerWeek chance in 0..1 that it is killed for memory within 7 days
     * @param throttledMinutesPerDay in which it gets less CPU than it wants
     */
    public record Objective(double oomPerWeek, double throttledMinutesPerDay) {
        public static final Objective DEFAULT = new Objective(0.01, 5);
    }

    /**
     * Which workloads of its namespace, or of the cluster.
     *
     * @param kinds empty: every kind
     * @param selector on the labels of the workload itself
     */
    public record Scope(Set<String> kinds, LabelSelector selector) {
        public static final Scope EVERYTHING = new Scope(Set.of(), LabelSelector.EVERYTHING);

        public Scope {
            kinds = Set.copyOf(kinds);
        }

        /** Whether a workload of its namespace is meant. */
        public boolean covers(Workload workload) {
            return (kinds.isEmpty() || kinds.contains(workload.id().kind())) && selector.test(workload.labels());
        }
    }

    /**
     * Bounds for the requests of each container, not yet known to be in order, and what becomes of its limits.
     *
     * @param byHour whether the CPU request may follow the hours of the day
     * @param startupBoost whether it is said what containers want while they start
     */
    public record Requests(
            Optional<MilliCores> minCpu,
            Optional<MilliCores> maxCpu,
            Optional<Bytes> minMemory,
            Optional<Bytes> maxMemory,
            LimitRule cpuLimit,
            LimitRule memoryLimit,
            boolean byHour,
            boolean startupBoost) {
        public static final Requests DEFAULT = new Requests(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new LimitRule.Ratio(),
                new LimitRule.Ratio(),
                true,
                true);
    }

    /**
     * Bounds for the replica count, not yet known to be in order.
     *
     * @param predictive whether a forecast may add replicas
     * @param floors at set times
     * @param hpa what becomes of an autoscaler's targets
     */
    public record Replicas(OptionalInt min, OptionalInt max, boolean predictive, List<Floor> floors, HpaRule hpa) {
        public static final Replicas UNBOUND = new Replicas(OptionalInt.empty(), OptionalInt.empty());

        public Replicas {
            floors = List.copyOf(floors);
        }

        /** Bounds alone. */
        public Replicas(OptionalInt min, OptionalInt max) {
            this(min, max, true, List.of(), HpaRule.RETUNE);
        }
    }

    /** At least so many replicas while a window is open. */
    public record Floor(Window window, int min) {}

    /**
     * Down to zero and back.
     *
     * @param cooldown empty: learned from idle times
     */
    public record Zero(
            boolean enabled, Optional<Duration> cooldown, List<TriggerSpec> triggers, List<SleepWindow> sleep) {
        public static final Zero OFF = new Zero(false, Optional.empty(), List.of(), List.of());

        public Zero {
            triggers = List.copyOf(triggers);
            sleep = List.copyOf(sleep);
        }
    }

    /**
     * When, how often and for what acts are done.
     *
     * @param windows empty: at any time
     * @param podsPer10Minutes share of the cluster's pods, in 0..1
     * @param minSavingPerMonth in US dollars
     */
    public record Acts(
            List<Window> windows,
            double podsPer10Minutes,
            int perWorkloadPerDay,
            Duration minHistory,
            BigDecimal minSavingPerMonth) {
        /** The defaults of the schema. */
        public static final Acts DEFAULT = new Acts(List.of(), 0.05, 2, Duration.ofHours(24), BigDecimal.ZERO);

        public Acts {
            windows = List.copyOf(windows);
        }
    }

    /**
     * Open for some time from each moment of a cron line on.
     *
     * @param schedule a cron line, as written
     * @param timezone as written
     */
    public record Window(String schedule, Duration length, String timezone) {}
}
