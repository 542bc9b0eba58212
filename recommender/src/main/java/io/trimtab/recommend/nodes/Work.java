package io.trimtab.recommend.nodes;

/** The steps that a search may still take. Counted instead of timed, so that the same problem has the same answer on every machine. */
final class Work {
    private final long given;
    private long left;

    Work(long given) {
        this.given = given;
        left = given;
    }

    /** For what must be finished. */
    static Work unlimited() {
        return new Work(Long.MAX_VALUE);
    }

    /** A part of what is left, to be spent by itself; what came of it is then taken off here. */
    Work part(int parts) {
        return new Work(left / parts);
    }

    /** No more of it than this. */
    Work atMost(long steps) {
        return new Work(Math.min(left, steps));
    }

    long left() {
        return left;
    }

    long spent() {
        return given - left;
    }

    void spend(long steps) {
        left = Math.max(0, left - steps);
    }

    boolean isSpent() {
        return left == 0;
    }
}
