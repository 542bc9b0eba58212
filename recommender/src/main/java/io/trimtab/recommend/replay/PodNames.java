package io.trimtab.recommend.replay;

/** Pod names as the controllers of Kubernetes make them; no two pods of a workload share one, but a StatefulSet's successors. */
final class PodNames {
    /** What k8s.io/apimachinery's random strings are made of: no vowels, nothing that looks like another. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final long SUFFIXES = 14_348_907; // 27 to the 5th

    private PodNames() {}

    /**
     * @param revision of the pod template
     * @param ordinal of the pod among all that the workload ever had
     * @param run the scheduled minute of a CronJob's run, since the epoch
     */
    static String of(WorkloadPlan plan, int revision, long ordinal, long run) {
        String suffix = suffix(plan.seed(), ordinal);
        String name = plan.id().name();
        return switch (plan.kind().kubernetesKind) {
            case "DaemonSet" -> name + "-" + suffix;
            case "CronJob" -> name + "-" + run + "-" + suffix;
            default -> name + "-" + templateHash(plan.seed(), revision) + "-" + suffix;
        };
    }

    /** An odd factor walks through every suffix before it repeats one. */
    private static String suffix(long seed, long ordinal) {
        return word(Math.floorMod(ordinal * 5_754_853 + Math.floorMod(seed, SUFFIXES), SUFFIXES), 5);
    }

    static String templateHash(long seed, int revision) {
        return word(Seeds.mix(seed, -revision) >>> 1, 10);
    }

    private static String word(long number, int length) {
        StringBuilder word = new StringBuilder(length);
        long rest = number;
        for (int i = 0; i < length; i++) {
            word.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
            rest /= ALPHABET.length();
        }
        return word.toString();
    }
}
