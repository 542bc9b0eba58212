package io.trimtab.service.loop;

import java.util.Optional;
import java.util.function.Supplier;

/** Is made when it is first asked for, and only then. Safe for threads: who asks meanwhile waits. */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> made;
    private Optional<T> value = Optional.empty();

    Once(Supplier<T> made) {
        this.made = made;
    }

    @Override
    public synchronized T get() {
        if (value.isEmpty()) value = Optional.of(made.get());
        return value.get();
    }
}
