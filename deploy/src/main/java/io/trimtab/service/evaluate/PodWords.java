package io.trimtab.service.evaluate;

import io.trimtab.cost.units.MilliCores;
import io.trimtab.recommend.PodReason.GroupLabel;
import io.trimtab.recommend.PodReason.PodGroup;
import io.trimtab.recommend.PodReason.StartUpBoost;
import io.trimtab.recommend.PodReason.TwoGroups;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/** Sentences for what is said of single pods. */
final class PodWords {
    private PodWords() {}

    /** The name may come first in a sentence and stays as it is. */
    static String explain(StartUpBoost it) {
        return "in the first %s, until it is ready, container %s wants %s CPU%s in place of %s: %s; %s, with what it has later a start takes %s longer. Set it when the pod is made and lower it in place once it is ready; Trimtab does not do this itself"
                .formatted(
                        span(it.lasts()),
                        it.container(),
                        it.request(),
                        it.limit().map(limit -> " with a limit of " + limit).orElse(""),
                        it.later(),
                        seen(it),
                        it.always() ? "held by its limit" : "on a full node",
                        span(it.slower()));
    }

    private static String seen(StartUpBoost it) {
        return it.request().compareTo(it.used()) > 0 && 2 * it.atLimit() > it.starts()
                ? "%d of %d starts used what the limit allowed, %s, so more is to be tried"
                        .formatted(it.atLimit(), it.starts(), it.used())
                : "three of four of %d starts used no more than %s".formatted(it.starts(), it.used());
    }

    static String explain(TwoGroups it) {
        return "the pods differ for good: %s, %s%s. They have one template, so the request follows the busier%s"
                .formatted(
                        group(it.busier()),
                        group(it.quieter()),
                        it.by().map(PodWords::label).orElse(""),
                        it.saving()
                                .map(saving ->
                                        "; were the others a workload of their own, %s %s a month less would be requested"
                                                .formatted(
                                                        saving.amount()
                                                                .setScale(2, RoundingMode.DOWN)
                                                                .toPlainString(),
                                                        saving.currency()))
                                .orElse(""));
    }

    private static String group(PodGroup it) {
        MilliCores usual = it.usual();
        String more = it.pods() > it.names().size() ? ", ..." : "";
        return "%s (%s%s) %s %s CPU half of the time and %s %s"
                .formatted(
                        PodReasonWords.counted(it.pods(), "pod"),
                        String.join(", ", it.names()),
                        more,
                        it.pods() == 1 ? "uses" : "use",
                        usual,
                        it.pods() == 1 ? "needs" : "need",
                        it.needed());
    }

    private static String label(GroupLabel it) {
        return " (their nodes' label %s is %s, and %s of the others)"
                .formatted(it.key(), values(it.busier()), values(it.quieter()));
    }

    private static String values(List<String> all) {
        return String.join(" or ", all);
    }

    /** To the second, as starts are short. */
    private static String span(Duration it) {
        return it.toMinutes() < 10 ? it.toSeconds() + " s" : PodReasonWords.span(it);
    }
}
