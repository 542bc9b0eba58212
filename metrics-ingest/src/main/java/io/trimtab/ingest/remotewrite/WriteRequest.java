package io.trimtab.ingest.remotewrite;

import io.trimtab.ingest.pushed.PushedSeries;

/** Remote write 1.0. @see "prometheus/prometheus, prompb/remote.proto and prompb/types.proto: prometheus.WriteRequest" */
final class WriteRequest implements Message {
    private static final int SERIES = 1 << 3 | Wire.LENGTH;
    private static final int LABEL = 1 << 3 | Wire.LENGTH;
    private static final int SAMPLE = 2 << 3 | Wire.LENGTH;
    private static final int EXEMPLAR = 3 << 3 | Wire.LENGTH;
    private static final int HISTOGRAM = 4 << 3 | Wire.LENGTH;
    private static final int NAME = 1 << 3 | Wire.LENGTH;
    private static final int VALUE = 2 << 3 | Wire.LENGTH;

    /** The longest name and value, with their tags and lengths. */
    private static final int LONGEST_LABEL = DecodedSeries.LONGEST_NAME + DecodedSeries.LONGEST_VALUE + 8;

    private final Recognised recognised;

    WriteRequest(Recognised recognised) {
        this.recognised = recognised;
    }

    @Override
    public void read(Wire wire, int end, Fingerprints fingerprints, Delivery delivery) throws MalformedException {
        DecodedSeries series = new DecodedSeries(wire.bytes(), fingerprints, delivery.sending());
        Window found = new Window(recognised);
        try {
            find(wire, end, fingerprints, series, found, delivery);
        } catch (MalformedException e) {
            readFound(wire, fingerprints, series, found, delivery);
            throw e;
        }
        readFound(wire, fingerprints, series, found, delivery);
    }

    /** Finds the wanted series, and reads them when there are many; counts the others at once. */
    private void find(
            Wire wire, int end, Fingerprints fingerprints, DecodedSeries series, Window found, Delivery delivery)
            throws MalformedException {
        Sending sending = delivery.sending();
        long[] raw = new long[2];
        while (wire.position() < end) {
            int tag = wire.tag(end);
            if (tag != SERIES) {
                wire.skip(tag, end);
                continue;
            }
            int seriesEnd = wire.endOfNext(end);
            int start = wire.position();
            int labelsEnd = wire.endOfAll(LABEL, seriesEnd);
            if (!sending.isKnown()) {
                readLabels(wire, labelsEnd, fingerprints, sending);
                sending.decide();
                wire.jump(start);
            }
            series.begin();
            if (start < labelsEnd) {
                wire.tag(labelsEnd);
                readLabel(wire, wire.endOfNext(labelsEnd), fingerprints, series);
            }
            if (series.isWanted()) {
                fingerprints.of(wire.bytes(), start, labelsEnd, raw);
                // The same bytes are another series where the label of the replica belongs to it.
                if (sending.isElected()) raw[0] = ~raw[0];
                found.add(start, labelsEnd, seriesEnd, raw);
                wire.jump(seriesEnd);
                if (found.isFull()) readFound(wire, fingerprints, series, found, delivery);
            } else {
                readLabels(wire, labelsEnd, fingerprints, series);
                readRest(wire, seriesEnd, fingerprints, series, delivery);
                delivery.deliver(series);
            }
        }
    }

    private void readFound(Wire wire, Fingerprints fingerprints, DecodedSeries series, Window found, Delivery delivery)
            throws MalformedException {
        int position = wire.position();
        found.recognise();
        DecodedSeries.Names again = (of, from, to) -> readAgain(wire, from, to, fingerprints, of);
        int count = found.size();
        // What follows one that cannot be read is not read either.
        found.clear();
        for (int i = 0; i < count; i++) {
            series.begin();
            Recognised.Labels known = found.known(i);
            if (known == null) {
                wire.jump(found.starts[i]);
                readLabels(wire, found.labelsEnds[i], fingerprints, series);
            } else {
                wire.jump(found.labelsEnds[i]);
                series.recognise(known, found.starts[i], found.labelsEnds[i], again);
            }
            boolean moreLabels = readRest(wire, found.ends[i], fingerprints, series, delivery);
            PushedSeries keptIn = delivery.deliver(series);
            if (keptIn == null || moreLabels || (known != null && known.keptIn() == keptIn)) continue;
            recognised.put(series.recognisable(found.rawHighs[i], found.rawLows[i], keptIn));
        }
        wire.jump(position);
    }

    private static void readAgain(
            Wire wire, int start, int labelsEnd, Fingerprints fingerprints, DecodedSeries series) {
        int position = wire.position();
        try {
            wire.jump(start);
            readLabels(wire, labelsEnd, fingerprints, series);
        } catch (MalformedException e) {
            throw new IllegalStateException("labels that were read before cannot be read again", e);
        } finally {
            wire.jump(position);
        }
    }

    private static void readLabels(Wire wire, int end, Fingerprints fingerprints, LabelReader reader)
            throws MalformedException {
        while (wire.position() < end) {
            wire.tag(end);
            readLabel(wire, wire.endOfNext(end), fingerprints, reader);
        }
    }

    /** @return whether there were more labels */
    private static boolean readRest(
            Wire wire, int end, Fingerprints fingerprints, DecodedSeries series, Delivery delivery)
            throws MalformedException {
        boolean moreLabels = false;
        while (wire.position() < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case LABEL -> {
                    moreLabels = true;
                    series.readNames();
                    readLabel(wire, wire.endOfNext(end), fingerprints, series);
                }
                case SAMPLE -> Message.sample(wire, wire.endOfNext(end), series);
                case EXEMPLAR -> {
                    wire.skip(tag, end);
                    delivery.exemplar();
                }
                case HISTOGRAM -> {
                    wire.skip(tag, end);
                    delivery.histogram();
                }
                default -> wire.skip(tag, end);
            }
        }
        return moreLabels;
    }

    private static void readLabel(Wire wire, int end, Fingerprints fingerprints, LabelReader reader)
            throws MalformedException {
        boolean tooLong = end - wire.position() > LONGEST_LABEL;
        if (tooLong) reader.tooLong();
        if (!reader.isOpen()) {
            reader.passedOver();
            wire.jump(end);
            return;
        }
        int nameStart = 0;
        int nameEnd = 0;
        int valueStart = 0;
        int valueEnd = 0;
        while (wire.position() < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case NAME -> {
                    nameEnd = wire.endOfNext(end);
                    nameStart = wire.position();
                    wire.jump(nameEnd);
                }
                case VALUE -> {
                    valueEnd = wire.endOfNext(end);
                    valueStart = wire.position();
                    wire.jump(valueEnd);
                }
                default -> wire.skip(tag, end);
            }
        }
        reader.label(
                nameStart,
                nameEnd,
                fingerprints.of(wire.bytes(), nameStart, nameEnd),
                valueStart,
                valueEnd,
                fingerprints.of(wire.bytes(), valueStart, valueEnd));
    }
}
