package io.trimtab.ingest.remotewrite;

/** A form of request. The order of fields, and fields that are not known, do not matter. */
interface Message {
    /** @throws MalformedException at the first byte that does not fit; what came before it has been delivered */
    void read(Wire wire, int end, Fingerprints fingerprints, Delivery delivery) throws MalformedException;

    /** Reads a sample, which both forms write alike, up to its end. */
    static void sample(Wire wire, int end, DecodedSeries series) throws MalformedException {
        double amount = 0;
        long atMillis = 0;
        while (wire.position() < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 1 << 3 | Wire.FIXED_64 -> amount = wire.fixed64(end);
                case 2 << 3 | Wire.VARINT -> atMillis = wire.varint(end);
                default -> wire.skip(tag, end);
            }
        }
        series.sample(atMillis, amount);
    }
}
