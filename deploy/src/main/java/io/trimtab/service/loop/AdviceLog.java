package io.trimtab.service.loop;

import io.trimtab.recommend.Recommendation;
import io.trimtab.recommend.cycle.CycleObserver;
import io.trimtab.recommend.cycle.CycleReport;
import io.trimtab.service.evaluate.ReasonWords;
import io.trimtab.service.loop.Advice.Part;
import io.trimtab.service.loop.Advice.Past;
import io.trimtab.service.loop.Advice.What;
import io.trimtab.service.state.Section;
import io.trimtab.service.view.ReasonView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Remembers since when each advice has been given, and what was said before; over a restart too. Written by the loop, read by anybody. */
final class AdviceLog implements CycleObserver {
    private volatile Map<String, Advice> known = Map.of();

    /** What is said under an id; empty before the round that says it has ended. */
    Optional<Advice> advice(String id) {
        return Optional.ofNullable(known.get(id));
    }

    /** What is not said any more is forgotten. */
    @Override
    public void done(CycleReport report) {
        if (report.decision().isEmpty()) return;
        Map<String, Advice> now = new HashMap<>();
        for (Recommendation recommendation : report.decision().get().plan().recommendations()) {
            ReasonView reason =
                    ReasonWords.of(recommendation.reasons().subList(0, 1)).getFirst();
            String id = Rendering.id(recommendation);
            Advice said = Advice.begin(recommendation, reason, report.at());
            Advice before = known.get(id);
            now.put(id, before == null ? said : before.followedBy(said));
        }
        known = now;
    }

    Section section() {
        return Section.ofData(
                "advice",
                "recommendations that were given before seem to begin with this start",
                1,
                this::write,
                from -> known = read(from));
    }

    private void write(DataOutput to) throws IOException {
        Map<String, Advice> ordered = new TreeMap<>(known);
        to.writeInt(ordered.size());
        for (Map.Entry<String, Advice> entry : ordered.entrySet()) {
            Advice advice = entry.getValue();
            to.writeUTF(entry.getKey());
            write(to, advice.kind(), advice.parts(), advice.reason(), advice.since());
            to.writeBoolean(advice.before().isPresent());
            if (advice.before().isEmpty()) continue;
            Past past = advice.before().get();
            write(to, past.kind(), past.parts(), past.reason(), past.since());
            write(to, past.until());
        }
    }

    private static void write(DataOutput to, String kind, List<Part> parts, ReasonView reason, Instant since)
            throws IOException {
        to.writeUTF(kind);
        to.writeUTF(reason.code());
        to.writeUTF(reason.message());
        write(to, since);
        to.writeInt(parts.size());
        for (Part part : parts) {
            to.writeUTF(part.what().name());
            to.writeUTF(part.of());
            write(to, part.from());
            write(to, part.to());
        }
    }

    private static void write(DataOutput to, Instant moment) throws IOException {
        to.writeLong(moment.getEpochSecond());
        to.writeInt(moment.getNano());
    }

    private static void write(DataOutput to, Optional<Long> amount) throws IOException {
        to.writeBoolean(amount.isPresent());
        if (amount.isPresent()) to.writeLong(amount.get());
    }

    private static Map<String, Advice> read(DataInput from) throws IOException {
        Map<String, Advice> read = new HashMap<>();
        for (int left = from.readInt(); left > 0; left--) {
            String id = from.readUTF();
            Advice advice = advice(from);
            if (from.readBoolean()) {
                Advice past = advice(from);
                advice = new Advice(
                        advice.kind(),
                        advice.parts(),
                        advice.reason(),
                        advice.since(),
                        Optional.of(new Past(past.kind(), past.parts(), past.reason(), past.since(), moment(from))));
            }
            read.put(id, advice);
        }
        return read;
    }

    private static Advice advice(DataInput from) throws IOException {
        String kind = from.readUTF();
        ReasonView reason = new ReasonView(from.readUTF(), from.readUTF());
        Instant since = moment(from);
        List<Part> parts = new ArrayList<>();
        for (int left = from.readInt(); left > 0; left--)
            parts.add(new Part(What.valueOf(from.readUTF()), from.readUTF(), amount(from), amount(from)));
        return new Advice(kind, parts, reason, since, Optional.empty());
    }

    private static Instant moment(DataInput from) throws IOException {
        return Instant.ofEpochSecond(from.readLong(), from.readInt());
    }

    private static Optional<Long> amount(DataInput from) throws IOException {
        return from.readBoolean() ? Optional.of(from.readLong()) : Optional.empty();
    }
}
