package io.trimtab.service.zero;

import io.trimtab.ingest.model.TriggeredScaling;
import io.trimtab.ingest.triggers.TriggerReader;
import io.trimtab.recommend.cron.CronWindow;
import io.trimtab.recommend.zero.Fallback;
import io.trimtab.recommend.zero.Modifiers;
import io.trimtab.recommend.zero.ZeroInput.Holds;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An object whose every word is understood.
 *
 * @param credentials of each trigger, in order
 * @param sleep when it rests whatever its triggers say
 * @param holds what its annotations ask for
 * @param notSupported what it sets and nothing here reads, one line each
 */
record Bound(
        TriggeredScaling object,
        List<Binder.Credentials> credentials,
        List<Binding> bindings,
        List<CronWindow> sleep,
        Optional<Fallback> fallback,
        Optional<Modifiers> modifiers,
        Holds holds,
        List<String> notSupported) {
    Bound {
        credentials = List.copyOf(credentials);
        bindings = List.copyOf(bindings);
        sleep = List.copyOf(sleep);
        notSupported = List.copyOf(notSupported);
    }

    Set<TriggerReader> readers() {
        return bindings.stream()
                .flatMap(binding -> binding instanceof Binding.Polled polled
                        ? java.util.stream.Stream.of(polled.reader())
                        : java.util.stream.Stream.empty())
                .collect(Collectors.toSet());
    }
}
