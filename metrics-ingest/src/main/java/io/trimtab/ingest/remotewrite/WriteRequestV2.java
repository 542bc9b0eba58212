package io.trimtab.ingest.remotewrite;

import java.util.Arrays;

/**
 * Remote write 2.0, in which labels are numbers of texts in a table of the request's own.
 *
 * @see "Prometheus Remote-Write 2.0 specification; prometheus/prometheus, prompb/io/prometheus/write/v2/types.proto"
 */
final class WriteRequestV2 implements Message {
    private static final int SYMBOL = 4 << 3 | Wire.LENGTH;
    private static final int SERIES = 5 << 3 | Wire.LENGTH;
    private static final int LABEL_REFERENCE = 1 << 3 | Wire.VARINT;
    private static final int LABEL_REFERENCES = 1 << 3 | Wire.LENGTH;
    private static final int SAMPLE = 2 << 3 | Wire.LENGTH;
    private static final int HISTOGRAM = 3 << 3 | Wire.LENGTH;
    private static final int EXEMPLAR = 4 << 3 | Wire.LENGTH;

    @Override
    public void read(Wire wire, int end, Fingerprints fingerprints, Delivery delivery) throws MalformedException {
        int start = wire.position();
        Symbols symbols = Symbols.in(wire, end, fingerprints);
        Sending sending = delivery.sending();
        DecodedSeries series = new DecodedSeries(wire.bytes(), fingerprints, sending);
        wire.jump(start);
        while (wire.position() < end) {
            int tag = wire.tag(end);
            if (tag != SERIES) {
                wire.skip(tag, end);
                continue;
            }
            int seriesEnd = wire.endOfNext(end);
            if (!sending.isKnown()) {
                int seriesStart = wire.position();
                readLabels(wire, seriesEnd, symbols, sending);
                sending.decide();
                wire.jump(seriesStart);
            }
            series.begin();
            readSeries(wire, seriesEnd, symbols, series, delivery);
            delivery.deliver(series);
        }
    }

    private static void readLabels(Wire wire, int end, Symbols symbols, LabelReader reader) throws MalformedException {
        symbols.noName();
        while (wire.position() < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case LABEL_REFERENCES -> readReferences(wire, wire.endOfNext(end), symbols, reader);
                case LABEL_REFERENCE -> symbols.reference(wire.varint(end), reader, wire.position());
                default -> wire.skip(tag, end);
            }
        }
    }

    private static void readReferences(Wire wire, int end, Symbols symbols, LabelReader reader)
            throws MalformedException {
        while (wire.position() < end) symbols.reference(wire.varint(end), reader, wire.position());
    }

    private static void readSeries(Wire wire, int end, Symbols symbols, DecodedSeries series, Delivery delivery)
            throws MalformedException {
        symbols.noName();
        while (wire.position() < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case LABEL_REFERENCES -> readReferences(wire, wire.endOfNext(end), symbols, series);
                case LABEL_REFERENCE -> symbols.reference(wire.varint(end), series, wire.position());
                case SAMPLE -> Message.sample(wire, wire.endOfNext(end), series);
                case HISTOGRAM -> {
                    wire.skip(tag, end);
                    delivery.histogram();
                }
                case EXEMPLAR -> {
                    wire.skip(tag, end);
                    delivery.exemplar();
                }
                default -> wire.skip(tag, end);
            }
        }
        symbols.requirePair(end);
    }

    /** Where the texts are, and their fingerprints once they were asked for. */
    private static final class Symbols {
        /** 10,000 series with 25 texts each that no other has; 2 bytes can stand for a text, of which 16 bytes are noted. */
        private static final int MOST = 1 << 18;

        private final Fingerprints fingerprints;
        private final byte[] bytes;
        private int[] starts = new int[256];
        private int[] ends = new int[256];
        private long[] hashes = new long[0];
        private int size;
        private int name = -1;

        private Symbols(byte[] bytes, Fingerprints fingerprints) {
            this.bytes = bytes;
            this.fingerprints = fingerprints;
        }

        static Symbols in(Wire wire, int end, Fingerprints fingerprints) throws MalformedException {
            Symbols symbols = new Symbols(wire.bytes(), fingerprints);
            while (wire.position() < end) {
                int tag = wire.tag(end);
                if (tag != SYMBOL) {
                    wire.skip(tag, end);
                    continue;
                }
                int symbolEnd = wire.endOfNext(end);
                symbols.add(wire.position(), symbolEnd);
                wire.jump(symbolEnd);
            }
            symbols.hashes = new long[symbols.size];
            return symbols;
        }

        private void add(int start, int end) throws MalformedException {
            if (size == MOST)
                throw new MalformedException(
                        "it has more than %d texts; send fewer samples at once".formatted(MOST), start);
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, 2 * size);
                ends = Arrays.copyOf(ends, 2 * size);
            }
            starts[size] = start;
            ends[size++] = end;
        }

        void noName() {
            name = -1;
        }

        /** Names and values come in turn. */
        void reference(long reference, LabelReader reader, int position) throws MalformedException {
            if (reference < 0 || reference >= size)
                throw new MalformedException("label %d is not in the table of %d".formatted(reference, size), position);
            int symbol = (int) reference;
            if (name < 0) {
                name = symbol;
                return;
            }
            if (reader.isOpen())
                reader.label(starts[name], ends[name], hash(name), starts[symbol], ends[symbol], hash(symbol));
            else reader.passedOver();
            name = -1;
        }

        void requirePair(int position) throws MalformedException {
            if (name >= 0) throw new MalformedException("a label has a name and no value", position);
        }

        private long hash(int symbol) {
            if (hashes[symbol] == 0) hashes[symbol] = fingerprints.of(bytes, starts[symbol], ends[symbol]);
            return hashes[symbol];
        }
    }
}
