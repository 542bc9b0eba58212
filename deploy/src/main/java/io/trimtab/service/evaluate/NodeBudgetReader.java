package io.trimtab.service.evaluate;

import io.trimtab.recommend.consolidation.NodeBudget;
import io.trimtab.recommend.consolidation.NodeBudget.Cause;
import io.trimtab.recommend.cron.CronPeriod;
import io.trimtab.recommend.cron.CronSchedule;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a budget for nodes as a Karpenter NodePool has it. */
final class NodeBudgetReader {
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
    private static final Pattern PERCENT = Pattern.compile("(100|\\d{1,2})%");

    private NodeBudgetReader() {}

    static NodeBudget read(JsonObject object) {
        JsonValue nodes = object.required("nodes");
        String text = nodes.node().isNumber() ? Integer.toString(nodes.integer(0)) : nodes.text();
        boolean percent = PERCENT.matcher(text).matches();
        if (!percent && !COUNT.matcher(text).matches())
            throw nodes.wrong("(%s) must be a count or a percentage from 0%% to 100%%".formatted(text));
        NodeBudget budget = new NodeBudget(
                Integer.parseInt(percent ? text.substring(0, text.length() - 1) : text),
                percent,
                causes(object),
                period(object));
        object.end();
        return budget;
    }

    private static Set<Cause> causes(JsonObject object) {
        Set<Cause> causes = EnumSet.noneOf(Cause.class);
        for (JsonValue value : object.list("reasons")) causes.add(cause(value));
        return causes;
    }

    private static Cause cause(JsonValue value) {
        for (Cause cause : Cause.values()) if (cause.word.equals(value.text())) return cause;
        throw value.wrong("(%s) must be Empty, Underutilized or Drifted".formatted(value.text()));
    }

    /** In UTC, as Karpenter reads it; one of the two alone is an error there too. */
    private static Optional<CronPeriod> period(JsonObject object) {
        Optional<JsonValue> schedule = object.optional("schedule");
        Optional<JsonValue> duration = object.optional("duration");
        if (schedule.isEmpty() && duration.isEmpty()) return Optional.empty();
        if (duration.isEmpty()) throw object.wrong("duration", "is required with a schedule");
        if (schedule.isEmpty()) throw object.wrong("schedule", "is required with a duration");
        Duration length = duration.get().duration();
        if (!length.isPositive()) throw duration.get().wrong("must be above 0");
        return Optional.of(new CronPeriod(cron(schedule.get()), length, ZoneOffset.UTC));
    }

    private static CronSchedule cron(JsonValue value) {
        try {
            return NodeBudget.schedule(value.text());
        } catch (IllegalArgumentException e) {
            throw value.wrong("(%s) is not understood: %s".formatted(value.text(), e.getMessage()));
        }
    }
}
