package io.trimtab.service.loop;

import io.trimtab.forecast.DemandSubject;
import io.trimtab.forecast.FurtherSeries;
import io.trimtab.recommend.Outcome;
import io.trimtab.service.zero.ZeroObserver;
import java.time.Instant;

/** Lets what triggers read be learned. */
record FedByTriggers(ZeroObserver inner, FurtherSeries to) implements ZeroObserver {
    @Override
    public void objects(int objects, int readers) {
        inner.objects(objects, readers);
    }

    @Override
    public void read(boolean answered) {
        inner.read(answered);
    }

    @Override
    public void wrote(Outcome outcome) {
        inner.wrote(outcome);
    }

    @Override
    public void measured(DemandSubject subject, Instant at, double value) {
        to.feed(subject, at, value);
    }
}
