package io.trimtab.service.account;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.focus.FocusCharges.Period;
import io.trimtab.cost.ledger.FocusExport;
import io.trimtab.cost.ledger.FocusExport.Form;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Charges of FOCUS 1.2 as a stream: lines a period at a time, so that neither memory nor disk ever hold more of them; Parquet, which is small, as one file. */
public final class FocusStream {
    private final CostAccount account;
    private final Period period;

    private FocusStream(CostAccount account, Period period) {
        this.account = account;
        this.period = period;
    }

    /**
     * @param window of the account, as people write it
     * @return to be closed; what fails after its first part ends it with an {@link IOException}
     * @throws AccountException if there is no account, or it cannot be read
     * @throws IllegalArgumentException if the window is wrong; the message begins with its name
     */
    public static InputStream open(CostAccount account, String window, Period period, boolean parquet)
            throws AccountException {
        Span span = Windows.parse(window, account.now());
        FocusStream stream = new FocusStream(account, period);
        if (parquet) return stream.written(new FocusExport(span, period, Form.PARQUET));
        Iterator<Span> parts = stream.parts(span).iterator();
        return stream.new Lines(stream.written(new FocusExport(parts.next(), period, Form.CSV)), parts);
    }

    private List<Span> parts(Span span) {
        ChronoUnit unit = period == Period.HOUR ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        List<Span> parts = new ArrayList<>();
        for (Instant from = span.start(); from.isBefore(span.end()); ) {
            Instant to = from.truncatedTo(unit).plus(1, unit);
            parts.add(new Span(from, to.isBefore(span.end()) ? to : span.end()));
            from = to;
        }
        return parts;
    }

    /** One part after the other, each made when the one before it has been read. */
    private final class Lines extends InputStream {
        private final Iterator<Span> rest;
        private InputStream part;

        Lines(InputStream first, Iterator<Span> rest) {
            this.part = first;
            this.rest = rest;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            for (int read = part.read(bytes, offset, length); ; read = part.read(bytes, offset, length)) {
                if (read >= 0 || !rest.hasNext()) return read;
                part.close();
                try {
                    part = written(new FocusExport(rest.next(), period, Form.CSV_ROWS));
                } catch (AccountException e) {
                    throw new IOException(e);
                }
            }
        }

        @Override
        public void close() throws IOException {
            part.close();
        }
    }

    /** A file that goes when it has been read. */
    private InputStream written(FocusExport export) throws AccountException {
        try {
            Path file = account.exported(export);
            return new FilterInputStream(Files.newInputStream(file)) {
                @Override
                public void close() throws IOException {
                    super.close();
                    Files.deleteIfExists(file);
                }
            };
        } catch (IOException e) {
            throw new AccountException("the export cannot be written: " + e.getMessage(), e);
        }
    }
}
