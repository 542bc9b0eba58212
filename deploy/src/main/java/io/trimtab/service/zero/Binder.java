package io.trimtab.service.zero;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.triggers.Trigger;
import io.trimtab.ingest.triggers.TriggerReader;
import io.trimtab.recommend.cron.CronSchedule;
import io.trimtab.recommend.cron.CronWindow;
import io.trimtab.recommend.zero.Fallback;
import io.trimtab.recommend.zero.Modifiers;
import io.trimtab.recommend.zero.Target;
import io.trimtab.recommend.zero.ZeroInput.Holds;
import io.trimtab.recommend.zero.ZeroInput.Paused;
import io.trimtab.recommend.zero.formula.Formula;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Makes sense of an object's words. */
final class Binder {
    private static final Map<String, Fallback.Behavior> FALLBACKS = Map.of(
            "static", Fallback.Behavior.STATIC,
            "currentReplicas", Fallback.Behavior.CURRENT_REPLICAS,
            "currentReplicasIfHigher", Fallback.Behavior.CURRENT_REPLICAS_IF_HIGHER,
            "currentReplicasIfLower", Fallback.Behavior.CURRENT_REPLICAS_IF_LOWER,
            "scalingModifiers", Fallback.Behavior.SCALING_MODIFIERS);
    private static final Target ONE_EACH = new Target(BigDecimal.ONE, Target.Type.AVERAGE_VALUE);
    private static final String PAUSED = "autoscaling.keda.sh/paused";

    private final TriggerOpening triggers;
    private final Authentication authentication;

    Binder(TriggerOpening triggers, Authentication authentication) {
        this.triggers = triggers;
        this.authentication = authentication;
    }

    /** What a trigger authenticates with, or why that is not known; hidden from texts. */
    record Credentials(Map<String, String> parameters, Optional<IngestException> missing) {
        static final Credentials NONE = new Credentials(Map.of(), Optional.empty());

        /** One reason is as good as another while the words are the same. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Credentials that
                    && that.parameters.equals(parameters)
                    && words(that).equals(words(this));
        }

        @Override
        public int hashCode() {
            return parameters.hashCode();
        }

        @Override
        public String toString() {
            return "Credentials[hidden]";
        }

        private static Optional<String> words(Credentials of) {
            return of.missing.map(why -> String.valueOf(why.getMessage()));
        }
    }

    /** Asks for those of each trigger, in order; may wait for the API server. */
    List<Credentials> credentials(TriggeredScaling object) {
        return object.triggers().stream()
                .map(trigger -> trigger.authentication()
                        .map(reference -> credentials(object.owner().namespace(), reference))
                        .orElse(Credentials.NONE))
                .toList();
    }

    private Credentials credentials(String namespace, TriggerSpec.AuthenticationRef reference) {
        try {
            return new Credentials(authentication.parameters(namespace, reference), Optional.empty());
        } catch (IngestException e) {
            return new Credentials(Map.of(), Optional.of(e));
        }
    }

    /**
     * @param credentials of each trigger
     * @throws IllegalArgumentException naming the path of the field, its value and what it must be
     */
    Bound bind(TriggeredScaling object, List<Credentials> credentials) {
        List<Binding> bindings = new ArrayList<>();
        List<String> notSupported = new ArrayList<>(object.notSupported());
        Set<String> names = new HashSet<>();
        for (int i = 0; i < object.triggers().size(); i++) {
            TriggerSpec spec = object.triggers().get(i);
            String path = "spec.triggers[%d]".formatted(i);
            String name = name(spec, i);
            if (!names.add(name))
                throw new IllegalArgumentException("%s.name (%s) is there twice".formatted(path, name));
            try {
                bindings.add(bind(object, spec, credentials.get(i), new Place(name, path), notSupported));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("%s.%s".formatted(path, e.getMessage()), e);
            }
        }
        List<CronWindow> sleep = sleep(object);
        if (bindings.isEmpty() && sleep.isEmpty())
            throw new IllegalArgumentException("spec.triggers must not be empty");
        return new Bound(
                object,
                credentials,
                bindings,
                sleep,
                object.fallback().map(Binder::fallback),
                modifiers(object, names),
                holds(object),
                notSupported);
    }

    /** KEDA's name for a trigger that has none. */
    static String name(TriggerSpec spec, int index) {
        return spec.name().orElse("s%d-%s".formatted(index, spec.type()));
    }

    private record Place(String name, String path) {}

    private Binding bind(
            TriggeredScaling object,
            TriggerSpec spec,
            Credentials credentials,
            Place place,
            List<String> notSupported) {
        return switch (spec.type()) {
            case "cron" -> cron(place.name(), new Words(spec, place.path(), notSupported));
            case "cloudevents" -> events(place.name(), new Words(spec, place.path(), notSupported));
            default ->
                credentials
                        .missing()
                        .<Binding>map(why -> new Binding.Polled(
                                place.name(),
                                ONE_EACH,
                                BigDecimal.ZERO,
                                new Unauthenticated(object.id(), place.name(), why)))
                        .orElseGet(() -> polled(object, spec, credentials.parameters(), place, notSupported));
        };
    }

    private Binding polled(
            TriggeredScaling object,
            TriggerSpec spec,
            Map<String, String> parameters,
            Place place,
            List<String> notSupported) {
        Trigger trigger = triggers.open(spec, object.owner().namespace(), parameters);
        trigger.notSupported().forEach(line -> notSupported.add(place.path() + "." + line));
        Target.Type type = switch (trigger.metricType()) {
            case AVERAGE_VALUE -> Target.Type.AVERAGE_VALUE;
            case VALUE -> Target.Type.VALUE;
        };
        return new Binding.Polled(
                place.name(), new Target(trigger.threshold(), type), trigger.activationThreshold(), trigger.reader());
    }

    private static Binding cron(String name, Words words) {
        CronSchedule start = words.required("start", CronSchedule::parse);
        CronSchedule end = words.required("end", CronSchedule::parse);
        var zone = words.required("timezone", CronWindow::zone);
        int replicas = words.required("desiredReplicas", Words::count);
        words.end();
        try {
            return new Binding.Cron(name, new CronWindow(start, end, zone), replicas);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("metadata." + e.getMessage(), e);
        }
    }

    /** A ScaledObject has none; a policy's lines were checked with the policy. */
    private static List<CronWindow> sleep(TriggeredScaling object) {
        return object.sleep().stream()
                .map(window -> new CronWindow(
                        CronSchedule.parse(window.schedule()),
                        CronSchedule.parse(window.until()),
                        CronWindow.zone(window.timezone())))
                .toList();
    }

    private static Binding events(String name, Words words) {
        EventFilter filter = new EventFilter(
                words.required("type", text -> text),
                words.optional("source", text -> text),
                words.optional("subject", text -> text));
        var window = words.optional("window", Words::span).orElse(Words.EVENT_WINDOW);
        // Without a threshold any number of events needs one replica.
        BigDecimal threshold = words.optional("threshold", Words::amount).orElse(BigDecimal.valueOf(Integer.MAX_VALUE));
        words.end();
        return new Binding.Events(name, new Target(threshold, Target.Type.AVERAGE_VALUE), filter, window);
    }

    private static Fallback fallback(TriggeredScaling.Fallback fallback) {
        Fallback.Behavior behavior = FALLBACKS.get(fallback.behavior());
        if (behavior == null)
            throw new IllegalArgumentException("spec.fallback.behavior (%s) must be one of %s"
                    .formatted(fallback.behavior(), String.join(", ", new TreeSet<>(FALLBACKS.keySet()))));
        try {
            return new Fallback(fallback.failureThreshold(), fallback.replicas(), behavior);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("spec.fallback: " + e.getMessage(), e);
        }
    }

    private static Optional<Modifiers> modifiers(TriggeredScaling object, Set<String> names) {
        return object.modifiers().map(modifiers -> {
            Target.Type type = modifiers
                    .metricType()
                    .map(word -> switch (word) {
                        case "AverageValue" -> Target.Type.AVERAGE_VALUE;
                        case "Value" -> Target.Type.VALUE;
                        default ->
                            throw new IllegalArgumentException(
                                    "spec.advanced.scalingModifiers.metricType (%s) must be AverageValue or Value"
                                            .formatted(word));
                    })
                    .orElse(Target.Type.AVERAGE_VALUE);
            try {
                return new Modifiers(
                        Formula.parse(modifiers.formula(), names),
                        new Target(modifiers.target(), type),
                        modifiers.activationTarget());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "spec.advanced.scalingModifiers (%s): %s".formatted(modifiers.formula(), e.getMessage()), e);
            }
        });
    }

    private static Holds holds(TriggeredScaling object) {
        Map<String, String> annotations = object.annotations();
        Optional<Paused> paused = Optional.empty();
        String count = annotations.get(PAUSED + "-replicas");
        if (count != null) paused = Optional.of(new Paused(OptionalInt.of(replicas(count))));
        else if (isSet(annotations, PAUSED)) paused = Optional.of(new Paused(OptionalInt.empty()));
        return new Holds(
                paused,
                isSet(annotations, PAUSED + "-scale-in"),
                isSet(annotations, PAUSED + "-scale-out"),
                isSet(annotations, "autoscaling.keda.sh/force-activation"));
    }

    private static int replicas(String count) {
        try {
            return Words.count(count);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "metadata.annotations[%s-replicas] (%s) %s".formatted(PAUSED, count, e.getMessage()), e);
        }
    }

    private static boolean isSet(Map<String, String> annotations, String name) {
        return "true".equalsIgnoreCase(annotations.getOrDefault(name, "").strip());
    }

    /** Stands where the credentials are missing: every read of it fails, and says why. */
    private record Unauthenticated(TriggeredScaling.Id owner, String trigger, IngestException why)
            implements TriggerReader {
        @Override
        public String source() {
            return "authentication of %s for %s, trigger %s".formatted(owner.owner(), owner.target(), trigger);
        }

        @Override
        public BigDecimal read(Instant now) throws IngestException {
            throw new IngestException(why.kind(), String.valueOf(why.getMessage()), why);
        }

        /** One is as good as another while the reason is the same, so that its failures are counted on. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Unauthenticated that
                    && that.owner.equals(owner)
                    && that.trigger.equals(trigger)
                    && String.valueOf(that.why.getMessage()).equals(String.valueOf(why.getMessage()));
        }

        @Override
        public int hashCode() {
            return owner.hashCode() + trigger.hashCode();
        }
    }
}
