package io.trimtab.ingest.pushed;

import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.PodId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Series as bytes, for what survives a restart: 12 bytes a sample. Each follows a 1, and a 0 follows the last, since nobody knows how many there are while
 * senders go on.
 */
final class PushedData {
    private PushedData() {}

    /** Nothing of a series without samples since then. */
    static void write(PushedSeries series, long sinceMillis, DataOutput to) throws IOException {
        RecentSamples samples = series.samples;
        int first = samples.firstFrom(sinceMillis);
        if (first == samples.size()) return;
        to.writeBoolean(true);
        to.writeLong(series.high);
        to.writeLong(series.low);
        to.writeUTF(series.metric.name());
        to.writeUTF(series.container.pod().namespace());
        to.writeUTF(series.container.pod().name());
        to.writeUTF(series.container.container());
        to.writeShort(samples.size() - first);
        long before = samples.atMillis(first);
        to.writeLong(before);
        for (int i = first; i < samples.size(); i++) {
            to.writeInt((int) (samples.atMillis(i) - before));
            to.writeDouble(samples.amount(i));
            before = samples.atMillis(i);
        }
    }

    static void end(DataOutput to) throws IOException {
        to.writeBoolean(false);
    }

    /** @throws IOException if it is no such list */
    static List<PushedSeries> read(DataInput from) throws IOException {
        List<PushedSeries> found = new ArrayList<>();
        while (from.readBoolean()) found.add(series(from));
        return found;
    }

    private static PushedSeries series(DataInput from) throws IOException {
        long high = from.readLong();
        long low = from.readLong();
        PushedMetric metric = metric(from.readUTF());
        ContainerId container = new ContainerId(new PodId(from.readUTF(), from.readUTF()), from.readUTF());
        PushedSeries series = new PushedSeries(high, low, metric, container);
        int count = from.readShort();
        long at = from.readLong();
        if (count < 1 || count > RecentSamples.MOST) throw new IOException("%d samples of a series".formatted(count));
        for (int i = 0; i < count; i++) {
            int step = from.readInt();
            if (i > 0 && step < 1) throw new IOException("samples of a series out of order");
            at += step;
            series.samples.append(at, from.readDouble(), Long.MIN_VALUE);
        }
        series.writtenMillis = at;
        return series;
    }

    private static PushedMetric metric(String name) throws IOException {
        try {
            return PushedMetric.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("metric %s is not known".formatted(name), e);
        }
    }
}
