package io.trimtab.service.zero;

import io.trimtab.forecast.DemandKind;
import io.trimtab.forecast.DemandSubject;
import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.triggers.TriggerReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is asked of a workload, as its triggers read it. Cron lines and events ask for nothing that could be measured. */
final class TriggerDemand {
    /** Both of PromQL's rates are per second; what else a query makes of them is not understood. */
    private static final Pattern RATE = Pattern.compile("\\bi?rate\\s*\\(");

    private TriggerDemand() {}

    /** What a read says, by trigger; empty where it failed, as what was read before says nothing of now. */
    static Map<DemandSubject, Double> of(Bound bound, TriggerReader reader, Poller.Read read) {
        Map<DemandSubject, Double> found = new TreeMap<>();
        TriggeredScaling object = bound.object();
        List<TriggerSpec> specs = object.triggers();
        for (int i = 0; i < specs.size(); i++) {
            boolean asks = bound.bindings().get(i) instanceof Binding.Polled polled
                    && polled.reader().equals(reader);
            if (!asks) continue;
            DemandSubject subject = DemandSubject.of(object.target(), kind(specs.get(i)), Binder.name(specs.get(i), i));
            read.value().map(BigDecimal::doubleValue).ifPresent(value -> found.put(subject, value));
        }
        return found;
    }

    private static DemandKind kind(TriggerSpec spec) {
        return RATE.matcher(spec.metadata().getOrDefault("query", "")).find()
                ? DemandKind.REQUEST_RATE
                : DemandKind.QUEUE_LENGTH;
    }
}
