package io.trimtab.service.notify;

import io.trimtab.service.state.Section;
import io.trimtab.service.view.BudgetsView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Tells of each alarm once, for as long as the same goes on; over a restart, too. */
public final class Notifier implements Consumer<BudgetsView> {
    private static final int VERSION = 1;

    /** As many as a cluster has spenders, and some. */
    private static final int MOST = 100_000;

    private final Optional<Webhook> webhook;

    /** What was told, and when it is forgotten unless it is seen again. */
    private final Map<String, Instant> known = new TreeMap<>();

    /** @param webhook empty: nobody is told, and what is known stays known */
    public Notifier(Optional<Webhook> webhook) {
        this.webhook = webhook;
    }

    @Override
    public synchronized void accept(BudgetsView view) {
        known.values().removeIf(forgotten -> forgotten.isBefore(view.until()));
        for (Alarm alarm : Alarm.of(view)) {
            if (known.put(alarm.key(), alarm.at().plus(alarm.quiet())) == null) webhook.ifPresent(it -> it.send(alarm));
        }
    }

    /** What was told, for the process after this one. */
    public Section section() {
        return Section.ofData(
                "alarms", "what is wrong with budgets and spends is told once more", VERSION, this::save, this::read);
    }

    private synchronized void save(DataOutput output) throws IOException {
        output.writeInt(known.size());
        for (var entry : known.entrySet()) {
            output.writeUTF(entry.getKey());
            output.writeLong(entry.getValue().getEpochSecond());
        }
    }

    private synchronized void read(DataInput input) throws IOException {
        Map<String, Instant> found = new TreeMap<>();
        int count = input.readInt();
        if (count < 0 || count > MOST) throw new IOException("%d alarms".formatted(count));
        for (int i = 0; i < count; i++) found.put(input.readUTF(), Instant.ofEpochSecond(input.readLong()));
        known.putAll(found);
    }
}
