package io.trimtab.service.zero;

import static io.trimtab.service.zero.ScaledObjects.cron;
import static io.trimtab.service.zero.ScaledObjects.scaledObject;
import static io.trimtab.service.zero.ScaledObjects.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trimtab.ingest.IngestException;
import io.trimtab.ingest.model.TriggerSpec;
import io.trimtab.ingest.model.TriggerSpec.AuthenticationRef;
import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.triggers.TriggerReader;
import io.trimtab.recommend.zero.ZeroInput.Holds;
import io.trimtab.recommend.zero.ZeroInput.Paused;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {
    private static final Binder BINDER = new Binder(
            (spec, namespace, parameters) -> {
                throw new IllegalArgumentException("type (%s) is not read here".formatted(spec.type()));
            },
            new NoSecrets());

    private record NoSecrets() implements Authentication {
        @Override
        public Map<String, String> parameters(String namespace, AuthenticationRef reference) throws IngestException {
            throw new IngestException(IngestException.Kind.REJECTED, "Secret shop/gone does not exist", null);
        }

        @Override
        public void forget(String namespace, AuthenticationRef reference) {}
    }

    private static Bound bind(TriggeredScaling object) {
        return BINDER.bind(object, BINDER.credentials(object));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0 8 * * *  | 0 18 * * * | Mars/Base     | 3  | spec.triggers[0].metadata.timezone (Mars/Base) must be an IANA time zone such as Europe/Berlin
        0 8 * *    | 0 18 * * * | Europe/Berlin | 3  | spec.triggers[0].metadata.start (0 8 * *) a cron line has five fields
        0 8 31 2 * | 0 18 * * * | Europe/Berlin | 3  | spec.triggers[0].metadata.start (0 8 31 2 *) it never fires
        0 8 * * *  | 0 8 * * *  | Europe/Berlin | 3  | spec.triggers[0].metadata.start and end (0 8 * * *) must differ
        0 8 * * *  | 0 18 * * * | Europe/Berlin | -1 | spec.triggers[0].metadata.desiredReplicas (-1) must be a whole number of replicas
        """)
    void refusesACronThatMeansNothing(String start, String end, String zone, String replicas, String message) {
        assertThatThrownBy(() -> bind(scaledObject("web", cron(start, end, zone, replicas))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesAnUnknownTypeByItsPlace() {
        TriggerSpec good = cron("0 8 * * *", "0 18 * * *", "UTC", "1");

        assertThatThrownBy(() -> bind(scaledObject("web", good, trigger("pigeon-post", Map.of()))))
                .hasMessage("spec.triggers[1].type (pigeon-post) is not read here");
    }

    @Test
    void refusesEventsWithoutAType() {
        assertThatThrownBy(() -> bind(scaledObject("web", trigger("cloudevents", Map.of("source", "/shop")))))
                .hasMessage("spec.triggers[0].metadata.type is required");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        window    | 2h   | must be above 0 and 1h at most
        window    | soon | must be a duration such as 90s or 5m
        threshold | 0    | must be a number of at least 0.001
        threshold | 1e500000000 | must be a number of at least 0.001
        threshold | NaN  | must be a number of at least 0.001
        """)
    void refusesEventsThatMeanNothing(String key, String value, String message) {
        TriggerSpec events = trigger("cloudevents", Map.of("type", "order", key, value));

        assertThatThrownBy(() -> bind(scaledObject("web", events)))
                .hasMessage("spec.triggers[0].metadata.%s (%s) %s".formatted(key, value, message));
    }

    @Test
    void refusesAnObjectWithoutATrigger() {
        assertThatThrownBy(() -> bind(scaledObject("web"))).hasMessage("spec.triggers must not be empty");
    }

    @Test
    void refusesAFormulaThatDoesNotParse() {
        TriggeredScaling plain = scaledObject("web", cron("0 8 * * *", "0 18 * * *", "UTC", "1"));
        TriggeredScaling object = new TriggeredScaling(
                plain.owner(),
                plain.target(),
                plain.pollingInterval(),
                plain.cooldown(),
                plain.initialCooldown(),
                plain.idleReplicas(),
                plain.minReplicas(),
                plain.maxReplicas(),
                plain.triggers(),
                plain.fallback(),
                Optional.of(
                        new TriggeredScaling.Modifiers("s0-cron +", BigDecimal.ONE, BigDecimal.ZERO, Optional.empty())),
                plain.annotations(),
                plain.createdAt(),
                plain.lastActive(),
                plain.notSupported());

        assertThatThrownBy(() -> bind(object)).hasMessageStartingWith("spec.advanced.scalingModifiers (s0-cron +): ");
    }

    @Test
    void namesWhatItDoesNotRead() {
        TriggerSpec cron = trigger(
                "cron",
                Map.of(
                        "start", "0 8 * * *",
                        "end", "0 18 * * *",
                        "timezone", "UTC",
                        "desiredReplicas", "1",
                        "colour", "green"));

        assertThat(bind(scaledObject("web", cron)).notSupported())
                .containsExactly("spec.triggers[0].metadata.colour is not known and not read");
    }

    @Test
    void credentialsThatAreMissingMakeAReadThatFailsAndNotAZero() {
        TriggerSpec spec = new TriggerSpec(
                "prometheus",
                Optional.empty(),
                Optional.empty(),
                Map.of("threshold", "5"),
                Optional.of(new AuthenticationRef("gone", false)));
        Bound bound = bind(scaledObject("web", spec));
        TriggerReader reader = bound.readers().iterator().next();

        assertThatThrownBy(() -> reader.read(Instant.EPOCH))
                .isInstanceOf(IngestException.class)
                .hasMessage("Secret shop/gone does not exist");
        assertThat(bind(scaledObject("web", spec)).readers())
                .as("bound again, its failures are counted on")
                .isEqualTo(bound.readers());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        autoscaling.keda.sh/paused           | true  | paused
        autoscaling.keda.sh/paused           | false | free
        autoscaling.keda.sh/paused-replicas  | 3     | paused at 3
        autoscaling.keda.sh/paused-scale-in  | true  | no scale-in
        autoscaling.keda.sh/paused-scale-out | TRUE  | no scale-out
        autoscaling.keda.sh/force-activation | true  | forced
        """)
    void readsWhatPeopleHold(String annotation, String value, String expected) {
        var object = scaledObject("web", Map.of(annotation, value), cron("0 8 * * *", "0 18 * * *", "UTC", "1"));

        assertThat(bind(object).holds())
                .isEqualTo(
                        switch (expected) {
                            case "paused" ->
                                new Holds(Optional.of(new Paused(OptionalInt.empty())), false, false, false);
                            case "paused at 3" ->
                                new Holds(Optional.of(new Paused(OptionalInt.of(3))), false, false, false);
                            case "no scale-in" -> new Holds(Optional.empty(), true, false, false);
                            case "no scale-out" -> new Holds(Optional.empty(), false, true, false);
                            case "forced" -> new Holds(Optional.empty(), false, false, true);
                            default -> Holds.NONE;
                        });
    }

    @Test
    void refusesAPauseAtACountThatIsNone() {
        var object = scaledObject(
                "web",
                Map.of("autoscaling.keda.sh/paused-replicas", "many"),
                cron("0 8 * * *", "0 18 * * *", "UTC", "1"));

        assertThatThrownBy(() -> bind(object))
                .hasMessage("metadata.annotations[autoscaling.keda.sh/paused-replicas] (many) must be a whole number of"
                        + " replicas");
    }
}
