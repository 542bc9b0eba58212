package io.trimtab.cost.ledger;

import io.trimtab.cost.allocation.AllocationRequest.Span;
import io.trimtab.cost.focus.FocusCharges;

/**
 * Charges of FOCUS 1.2 that are asked for.
 *
 * @param window of whole hours
 */
public record FocusExport(Span window, FocusCharges.Period period, Form form) {

    /** How they are written. */
    public enum Form {
        CSV("(FORMAT csv, HEADER true)"),
        /** Without the line that names the columns. */
        CSV_ROWS("(FORMAT csv, HEADER false)"),
        /** In small groups of rows: as many as are put together are in memory. */
        PARQUET("(FORMAT parquet, PARQUET_VERSION V1, COMPRESSION zstd, ROW_GROUP_SIZE 10240)");

        private final String options;

        Form(String options) {
            this.options = options;
        }

        String options() {
            return options;
        }
    }
}
