package io.trimtab.recommend.plan;

import io.trimtab.ingest.model.UtilizationTarget.Origin;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which requests and utilisation targets leave an autoscaler's replicas where they are. An autoscaler adds a replica where usage passes request x target, so that product stays: new target =
 * old target x old request / new request. Targets are whole percentages, so the request goes to where one of them fits it, between what it is and what is wanted and never beyond.
 */
final class Retuning {
    static final int LEAST_PERCENT = 50;
    static final int MOST_PERCENT = 90;

    /** How far request x target may be off for want of fractions: a fifth of the autoscaler's tolerance. Only requests of some 10 millicores come near it. */
    static final double DRIFT = 0.02;

    private static final int TRIES = 5;

    private Retuning() {}

    /** Requests of one pod, in thousandths of a core or in bytes, with the target that belongs to them. */
    record Pair(long request, int percent) {}

    /**
     * Target and request may go together to any of these.
     *
     * @param origin what the target stands for
     * @param from what is requested now
     * @param wanted what is needed
     * @return the nearest to {@code wanted} first; none where the target has no room
     */
    static List<Pair> pairs(Origin origin, long from, long wanted) {
        // Containers whose changes cancel out leave the sum, and so the target, as it is.
        if (from == wanted) return List.of(new Pair(from, percentFor(origin, from)));
        return IntStream.rangeClosed(least(origin), most(origin))
                .mapToObj(percent -> new Pair(request(origin, percent), percent))
                .filter(pair -> pair.request >= Math.min(from, wanted) && pair.request <= Math.max(from, wanted))
                .filter(pair -> pair.request != from)
                .filter(pair -> Math.abs(drift(origin, pair.request, pair.percent)) <= DRIFT)
                .sorted(Comparator.comparingLong((Pair pair) -> Math.abs(pair.request - wanted))
                        .thenComparingDouble(pair -> Math.abs(drift(origin, pair.request, pair.percent))))
                .toList();
    }

    /**
     * Pairs to try at a moment's samples, the best first. Where targets end too early on the way up, the only one is all of the request with the least target, which takes a minimum that keeps the
     * replicas.
     *
     * @param band the share of what is needed that may be missing
     */
    static List<Pair> candidates(Origin origin, long from, long wanted, double band) {
        List<Pair> pairs = pairs(origin, from, wanted);
        boolean near = !pairs.isEmpty() && Math.abs(wanted - pairs.getFirst().request) <= band * wanted;
        int least = least(origin);
        return !near && isBeyond(origin, wanted, least)
                ? List.of(new Pair(wanted, least))
                : pairs.stream().limit(TRIES).toList();
    }

    /** A target that its owner has set beyond the bounds may stay there, and go no further. */
    static int least(Origin origin) {
        return Math.min(LEAST_PERCENT, origin.percent());
    }

    static int most(Origin origin) {
        return Math.max(MOST_PERCENT, origin.percent());
    }

    /** By which share the amount that adds a replica is higher with this pair than it was. */
    static double drift(Origin origin, double request, int percent) {
        return request * percent / ((double) origin.request().value() * origin.percent()) - 1;
    }

    /** Whether so much is requested that the autoscaler, with its target as low as it may be, keeps fewer replicas than the origin would. */
    static boolean isBeyond(Origin origin, double request, int percent) {
        return percent <= least(origin) && drift(origin, request, percent) > DRIFT;
    }

    /** The target that belongs to requests as they are, rounded down: towards more replicas. */
    static int percentFor(Origin origin, double request) {
        double exact = (double) origin.request().value() * origin.percent() / request;
        return Math.clamp((long) exact, least(origin), most(origin));
    }

    /** The request that belongs to a target, rounded to the nearest. */
    static long request(Origin origin, int percent) {
        BigInteger twice =
                BigInteger.valueOf(origin.request().value()).multiply(BigInteger.valueOf(2L * origin.percent()));
        BigInteger rounded = twice.add(BigInteger.valueOf(percent)).divide(BigInteger.valueOf(2L * percent));
        return rounded.longValueExact();
    }
}
