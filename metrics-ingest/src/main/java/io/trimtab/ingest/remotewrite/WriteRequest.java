package io.trimtab.ingest.remotewrite;

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

    @Override
    public void read(Wire wire, int end, Fingerprints fingerprints, Delivery delivery) throws MalformedException {
        DecodedSeries series = new DecodedSeries(wire.bytes(), fingerprints);
        while (wire.position() < end) {
            int tag = wire.tag(end);
            if (tag != SERIES) {
                wire.skip(tag, end);
                continue;
            }
            series.begin();
            readSeries(wire, wire.endOfNext(end), fingerprints, series, delivery);
            delivery.deliver(series);
        }
    }

    private static void readSeries(
            Wire wire, int end, Fingerprints fingerprints, DecodedSeries series, Delivery delivery)
            throws MalformedException {
        while (wire.position() < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case LABEL -> readLabel(wire, wire.endOfNext(end), fingerprints, series);
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
    }

    private static void readLabel(Wire wire, int end, Fingerprints fingerprints, DecodedSeries series)
            throws MalformedException {
        boolean tooLong = end - wire.position() > LONGEST_LABEL;
        if (tooLong) series.tooLong();
        if (!series.isOpen()) {
            series.passedOver();
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
        series.label(
                nameStart,
                nameEnd,
                fingerprints.of(wire.bytes(), nameStart, nameEnd),
                valueStart,
                valueEnd,
                fingerprints.of(wire.bytes(), valueStart, valueEnd));
    }
}
