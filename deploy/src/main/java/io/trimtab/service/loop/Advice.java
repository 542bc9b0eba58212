package io.trimtab.service.loop;

import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.MilliCores;
import io.trimtab.ingest.model.Requirements;
import io.trimtab.ingest.model.RetunedTargets;
import io.trimtab.recommend.Recommendation;
import io.trimtab.service.view.ReasonView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is said about one subject of a workload, as it was when it began to be said.
 *
 * @param kind Resize, Retune, Scale or Hold
 * @param reason the decisive one
 * @param before what was said until then; empty where nothing is remembered
 */
record Advice(String kind, List<Part> parts, ReasonView reason, Instant since, Optional<Past> before) {
    /** So much an amount may drift, as a share of what it was, and still be the same advice: as near as a request may be to its target. */
    private static final double DRIFT = 0.1;

    Advice {
        parts = List.copyOf(parts);
    }

    /** What an amount is of. */
    enum What {
        CPU_REQUEST("cpu request"),
        MEMORY_REQUEST("memory request"),
        CPU_LIMIT("cpu limit"),
        MEMORY_LIMIT("memory limit"),
        /** Of an autoscaler, in percent. */
        TARGET("target"),
        /** The least replicas of an autoscaler. */
        MINIMUM("minimum"),
        REPLICAS("replicas");

        final String words;

        What(String words) {
            this.words = words;
        }
    }

    /**
     * One amount that is to change, in millicores, bytes, percent or replicas; empty where it is unset.
     *
     * @param of whose it is, beside the subject's own
     */
    record Part(What what, String of, Optional<Long> from, Optional<Long> to) {
        Part(What what, Optional<Long> from, Optional<Long> to) {
            this(what, "", from, to);
        }

        private Part of(String other) {
            return new Part(what, other, from, to);
        }

        String words() {
            return of.isEmpty() ? what.words : what.words + " of " + of;
        }

        /** Up, down, set or removed. */
        private int direction() {
            return Long.compare(to.orElse(Long.MAX_VALUE), from.orElse(Long.MAX_VALUE));
        }

        private boolean continues(Part other) {
            if (what != other.what || !of.equals(other.of) || direction() != other.direction()) return false;
            if (to.isEmpty() || other.to.isEmpty()) return to.equals(other.to);
            return Math.abs(to.get() - other.to.get()) <= DRIFT * other.to.get();
        }
    }

    /** Advice that is not given any more, and when it ended. */
    record Past(String kind, List<Part> parts, ReasonView reason, Instant since, Instant until) {
        Past {
            parts = List.copyOf(parts);
        }
    }

    /** @param reason the decisive one of the recommendation, in words */
    static Advice begin(Recommendation recommendation, ReasonView reason, Instant now) {
        return new Advice(
                recommendation.getClass().getSimpleName(), parts(recommendation), reason, now, Optional.empty());
    }

    /** This one again where what is said now is the same but for a drift, else what is said now, with this one before it. */
    Advice followedBy(Advice now) {
        if (continues(now)) return this;
        return new Advice(
                now.kind,
                now.parts,
                now.reason,
                now.since,
                Optional.of(new Past(kind, parts, reason, since, now.since)));
    }

    /** What stays may do so for another reason; what changes has several, and their order is of no weight. */
    private boolean continues(Advice now) {
        if (!kind.equals(now.kind) || parts.size() != now.parts.size()) return false;
        if (parts.isEmpty() && !reason.code().equals(now.reason.code())) return false;
        for (int i = 0; i < parts.size(); i++) if (!now.parts.get(i).continues(parts.get(i))) return false;
        return true;
    }

    static List<Part> parts(Recommendation recommendation) {
        return switch (recommendation) {
            case Recommendation.Resize resize -> parts(resize.from(), resize.to());
            case Recommendation.Retune retune -> parts(retune);
            case Recommendation.Scale scale ->
                List.of(new Part(What.REPLICAS, Optional.of((long) scale.from()), Optional.of((long) scale.to())));
            case Recommendation.Hold _ -> List.of();
        };
    }

    /** Where several containers change, those after the first are named. */
    private static List<Part> parts(Recommendation.Retune retune) {
        List<Part> parts = new ArrayList<>();
        for (Recommendation.Resize resize : retune.resizes()) {
            String of = resize.container().equals(retune.subject()) ? "" : resize.container();
            parts(resize.from(), resize.to()).forEach(part -> parts.add(part.of(of)));
        }
        for (Recommendation.Retune.Target target : retune.targets()) {
            if (target.from() == target.to()) continue;
            String of = RetunedTargets.word(target.resource())
                    + target.container().map(name -> " of " + name).orElse("")
                    + " by " + retune.autoscaler();
            parts.add(new Part(What.TARGET, of, Optional.of((long) target.from()), Optional.of((long) target.to())));
        }
        retune.minimum()
                .filter(minimum -> minimum.from() != minimum.to())
                .ifPresent(minimum -> parts.add(new Part(
                        What.MINIMUM, retune.autoscaler(), Optional.of((long) minimum.from()), Optional.of((long)
                                minimum.to()))));
        return parts;
    }

    private static List<Part> parts(Requirements from, Requirements to) {
        List<Part> parts = new ArrayList<>();
        cpu(parts, What.CPU_REQUEST, from.cpuRequest(), to.cpuRequest());
        memory(parts, What.MEMORY_REQUEST, from.memoryRequest(), to.memoryRequest());
        cpu(parts, What.CPU_LIMIT, from.cpuLimit(), to.cpuLimit());
        memory(parts, What.MEMORY_LIMIT, from.memoryLimit(), to.memoryLimit());
        return parts;
    }

    private static void cpu(List<Part> parts, What what, Optional<MilliCores> from, Optional<MilliCores> to) {
        if (!from.equals(to)) parts.add(new Part(what, from.map(MilliCores::value), to.map(MilliCores::value)));
    }

    private static void memory(List<Part> parts, What what, Optional<Bytes> from, Optional<Bytes> to) {
        if (!from.equals(to)) parts.add(new Part(what, from.map(Bytes::value), to.map(Bytes::value)));
    }
}
