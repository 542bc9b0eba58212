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

    /** What is being told, likewise. What is not taken in the end is told anew with the next view in which it is. */
    private final Map<String, Instant> underWay = new TreeMap<>();

    /** @param webhook empty: nobody is told, so that who is named later is told of all */
    public Notifier(Optional<Webhook> webhook) {
        this.webhook = webhook;
    }

    @Override
    public synchronized void accept(BudgetsView view) {
        known.values().removeIf(forgotten -> forgotten.isBefore(view.until()));
        for (Alarm alarm : Alarm.of(view)) {
            String key = alarm.key();
            Instant forgotten = alarm.at().plus(alarm.quiet());
            if (known.replace(key, forgotten) != null || underWay.replace(key, forgotten) != null || webhook.isEmpty())
                continue;
            underWay.put(key, forgotten);
            webhook.get().send(alarm, taken -> ended(key, taken));
        }
    }

    private synchronized void ended(String key, boolean taken) {
        Instant forgotten = underWay.remove(key);
        if (taken && forgotten != null) known.put(key, forgotten);
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
