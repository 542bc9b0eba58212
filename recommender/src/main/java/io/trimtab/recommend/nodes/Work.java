package io.trimtab.recommend.nodes;

/** The steps that a search may still take. Counted instead of timed, so that the same problem has the same answer on every machine. */
final class Work {
    private long left;

    Work(long left) {
        this.left = left;
    }

    /** For what must be finished. */
    static Work unlimited() {
        return new Work(Long.MAX_VALUE);
    }

    void spend(long steps) {
        left = Math.max(0, left - steps);
    }

    boolean isSpent() {
        return left == 0;
    }
}
