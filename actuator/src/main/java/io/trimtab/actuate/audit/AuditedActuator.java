package io.trimtab.actuate.audit;

import io.trimtab.recommend.Actuator;
import io.trimtab.recommend.Outcome;
import io.trimtab.recommend.Recommendation;
import java.time.InstantSource;

/** Writes down what became of every recommendation that is no hold. Stands inside the guards: what they hold back every cycle is no act. */
public final class AuditedActuator implements Actuator {
    private final Actuator inner;
    private final AuditLog log;
    private final InstantSource clock;

    public AuditedActuator(Actuator inner, AuditLog log, InstantSource clock) {
        this.inner = inner;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Outcome apply(Recommendation recommendation) {
        Outcome outcome = inner.apply(recommendation);
        boolean hold = recommendation instanceof Recommendation.Hold;
        if (!hold) log.append(new AuditEntry(clock.instant(), recommendation, outcome));
        return outcome;
    }
}
